import type { Rng } from '#shared/base/rng.ts';
import type { Matrix } from '#shared/math/matrix.ts';
import type { Kraus } from '../../noise/channels.ts';
import { krausOf } from '../../noise/kraus.ts';
import type { NoiseStep } from '../../noise/model.ts';
import { type Amplitudes, applyMatrix, zeroState } from '../amplitudes.ts';
import { drawError, type PauliChannel, pauliChannelOf, stepsOfError } from '../pauli-channel.ts';
import { Statevector } from '../statevector.ts';

/** How a channel is drawn: as an error that does not depend on the state, or as one that does. */
type Drawn =
  | { readonly kind: 'pauli'; readonly channel: PauliChannel }
  | { readonly kind: 'kraus'; readonly operators: Kraus };

const drawn = new WeakMap<NoiseStep, Drawn>();

function drawnOf(step: NoiseStep): Drawn {
  const known = drawn.get(step);
  if (known !== undefined) return known;
  const channel = pauliChannelOf(step);
  const result: Drawn =
    channel === null
      ? { kind: 'kraus', operators: krausOf(step.superoperator) }
      : { kind: 'pauli', channel };
  drawn.set(step, result);
  return result;
}

/**
 * A pure state of one shot, which draws one Kraus operator of every channel (Dalibard, Castin and
 * Mølmer, PRL 68, 580). The mean over shots is the mixed state.
 */
export class Trajectory extends Statevector {
  readonly #rng: Rng;

  constructor(qubits: number, precision: 'f32' | 'f64', rng: Rng) {
    super(zeroState(qubits, precision));
    this.#rng = rng;
  }

  override applyChannel(step: NoiseStep): void {
    const how = drawnOf(step);
    if (how.kind === 'kraus') {
      this.#applyDrawn(step.qubits, how.operators);
      return;
    }
    if (this.#rng.uniform() >= how.channel.total) return;
    for (const gate of stepsOfError(how.channel, drawError(how.channel, this.#rng))) {
      this.applyUnitary(gate);
    }
  }

  #applyDrawn(qubits: readonly number[], operators: Kraus): void {
    const reduced = reducedState(this.state, qubits);
    const weights = operators.map((operator) => weightOf(operator, reduced));
    let rest = this.#rng.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    let chosen = weights.findIndex((weight) => {
      rest -= weight;
      return rest < 0;
    });
    if (chosen < 0) chosen = weights.length - 1;
    const factor = 1 / Math.sqrt(weights[chosen] as number);
    const operator = operators[chosen] as Matrix;
    const scaled = {
      size: operator.size,
      re: operator.re.map((x) => x * factor),
      im: operator.im.map((x) => x * factor),
    };
    applyMatrix(this.state, qubits, scaled, false);
  }
}

/** ρ of a few qubits: entry (r, c) = Σ ψ[r]·ψ*[c] over all values of the others. */
function reducedState(state: Amplitudes, qubits: readonly number[]): Matrix {
  const side = 2 ** qubits.length;
  const re = new Float64Array(side * side);
  const im = new Float64Array(side * side);
  const used = qubits.reduce((mask, qubit) => mask | (1 << qubit), 0);
  const offsets = Array.from({ length: side }, (_, entry) =>
    qubits.reduce((sum, qubit, j) => sum + (((entry >> j) & 1) === 1 ? 2 ** qubit : 0), 0),
  );
  for (let base = 0; base < state.re.length; base++) {
    if ((base & used) !== 0) continue;
    for (let r = 0; r < side; r++) {
      const ar = state.re[base + (offsets[r] as number)] as number;
      const ai = state.im[base + (offsets[r] as number)] as number;
      for (let c = 0; c < side; c++) {
        const br = state.re[base + (offsets[c] as number)] as number;
        const bi = state.im[base + (offsets[c] as number)] as number;
        re[r * side + c] = (re[r * side + c] as number) + ar * br + ai * bi;
        im[r * side + c] = (im[r * side + c] as number) + ai * br - ar * bi;
      }
    }
  }
  return { size: side, re, im };
}

/** tr(K ρ K†). */
function weightOf(operator: Matrix, { size, re, im }: Matrix): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const [ar, ai] = [
          operator.re[row * size + a] as number,
          operator.im[row * size + a] as number,
        ];
        const [br, bi] = [
          operator.re[row * size + b] as number,
          operator.im[row * size + b] as number,
        ];
        const factorRe = ar * br + ai * bi;
        const factorIm = ai * br - ar * bi;
        sum += factorRe * (re[a * size + b] as number) - factorIm * (im[a * size + b] as number);
      }
    }
  }
  return Math.max(0, sum);
}
