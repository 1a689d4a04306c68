import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import { qubitsOf } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { type NoiseModel, noiseModelSchema } from '#shared/jobs/noise.ts';
import { noiseFaults } from '../noise/faults.ts';
import { type CompiledNoise, compileNoise, type NoiseStep } from '../noise/model.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { operationLimit } from '../simulators/lowering.ts';
import { anticommute } from '../simulators/pauli-channel.ts';
import { transferMatrixOf } from '../simulators/pauli-transfer.ts';
import { averaged } from './averaged.ts';
import { drawInstance, type Quasi } from './instances.ts';
import type { Technique } from './technique.ts';

interface PecSettings {
  readonly samples: number;
  readonly noise?: unknown;
}

/** Probabilistic error cancellation (Temme, Bravyi, Gambetta, arXiv:1612.02058). */
export const pec: Technique = {
  id: 'pec',
  title: 'Probabilistic error cancellation',
  summary: 'Samples circuits whose weighted mean has no noise, as far as the noise is known.',
  parameters: [
    {
      kind: 'integer',
      id: 'samples',
      title: 'Samples',
      help: 'How many circuits are drawn; the standard error falls as gamma/√samples.',
      default: 200,
      min: 2,
      max: 1_000_000,
    },
    {
      kind: 'json',
      id: 'noise',
      title: 'Noise',
      help: 'The noise to take out, as in a noise file. Where left out, that of the backend as it is known.',
      default: null,
    },
  ],
  place: 'circuits',
  serves: ['expectations'],
  overhead: ({ samples }) => 1 + (samples as number),
  fault: ({ noise }) => (noise === undefined ? null : noiseFault(noise)),
  rewrite: (settings) => (program, context) => {
    const { samples, noise } = settings as unknown as PecSettings;
    return averaged(
      program,
      {
        technique: 'pec',
        count: samples,
        instances: ({ circuit, wires }) => {
          const inverses = new Inverses(compileNoise(knownNoise(noise, context, wires)));
          const gates = flattenOperations(circuit, operationLimit).filter(
            (one) => one.kind === 'gate',
          );
          const gamma = gates.reduce((product, one) => product * inverses.gammaOf(one), 1);
          requireWorth(gamma, samples);
          if (inverses.beyondPauli > 1e-9) context.warn(beyondWarning(inverses.beyondPauli));
          const draws = {
            before: () => 0,
            after: (one: GateOperation) => inverses.draw(one, context.rng),
          };
          return {
            draw: () => drawInstance(circuit, draws),
            facts: { gamma, samples },
          };
        },
      },
      context,
    );
  },
};

function noiseFault(noise: unknown) {
  const parsed = noiseModelSchema.safeParse(noise);
  const issue = parsed.success ? noiseFaults(parsed.data)[0] : parsed.error.issues[0];
  if (issue === undefined) return null;
  const path = typeof issue.path === 'string' ? issue.path : issue.path.join('.');
  return { path: `noise.${path}`, message: issue.message };
}

function knownNoise(
  own: unknown,
  { noise }: RewriteContext,
  wires: readonly number[] | undefined,
): NoiseModel {
  if (own !== undefined) return noiseModelSchema.parse(own);
  if (noise !== null) return noise(wires);
  throw new AppError(
    'bad-input',
    'pec takes out noise that it knows, and that of this backend is not known from the spec. Give the technique “noise” (as in a noise file), or use “zne”.',
    { path: 'mitigation' },
  );
}

/** A weight of gamma has values of spread gamma, so that many samples leave an error above 1. */
function requireWorth(gamma: number, samples: number): void {
  if (gamma * gamma <= samples) return;
  throw new AppError(
    'bad-input',
    `pec would need more than gamma² = ${(gamma * gamma).toPrecision(3)} samples for an error below the largest value of a Pauli observable; it has ${samples}. Use “zne”, or give it more samples.`,
    { path: 'mitigation', gamma, samples },
  );
}

function beyondWarning(part: number): string {
  return `pec: the noise is not of Pauli errors alone; the rest of it (up to ${part.toPrecision(2)} in an entry of its transfer matrix) stays in the values. “twirl” cannot turn it into Pauli errors behind gates on one qubit.`;
}

/** The inverse of a Pauli channel as signed rates of letters. */
interface Inverse {
  readonly rates: Float64Array;
  readonly gamma: number;
}

class Inverses {
  readonly #noise: CompiledNoise;
  readonly #known = new Map<unknown, Inverse>();
  /** The largest entry of a channel's transfer matrix that is not on its diagonal. */
  beyondPauli = 0;

  constructor(noise: CompiledNoise) {
    this.#noise = noise;
  }

  gammaOf(one: GateOperation): number {
    return this.#steps(one).reduce((product, step) => product * this.#inverse(step).gamma, 1);
  }

  /** Letters for each channel behind a gate, with the weight of what was drawn. */
  draw(one: GateOperation, rng: Rng): Quasi[] {
    return this.#steps(one).map((step) => {
      const { rates, gamma } = this.#inverse(step);
      let rest = rng.uniform() * gamma;
      let letters = 0;
      while (letters < rates.length - 1) {
        rest -= Math.abs(rates[letters] as number);
        if (rest < 0) break;
        letters++;
      }
      return { qubits: step.qubits, letters, weight: gamma * Math.sign(rates[letters] as number) };
    });
  }

  #steps(one: GateOperation): readonly NoiseStep[] {
    return this.#noise.after(one.gate, qubitsOf(one), one.power);
  }

  #inverse({ superoperator }: NoiseStep): Inverse {
    const before = this.#known.get(superoperator);
    if (before !== undefined) return before;
    const { entries } = transferMatrixOf(superoperator);
    const strings = superoperator.size;
    entries.forEach((entry, k) => {
      if (k % (strings + 1) !== 0) this.beyondPauli = Math.max(this.beyondPauli, Math.abs(entry));
    });
    const rates = Float64Array.from({ length: strings }, (_, letters) => {
      let sum = 0;
      for (let q = 0; q < strings; q++) {
        const kept = entries[q * (strings + 1)] as number;
        if (Math.abs(kept) < 1e-9) throw nothingLeft();
        sum += (anticommute(letters, q) ? -1 : 1) / kept;
      }
      return sum / strings;
    });
    const gamma = rates.reduce((sum, rate) => sum + Math.abs(rate), 0);
    const inverse = { rates, gamma };
    this.#known.set(superoperator, inverse);
    return inverse;
  }
}

function nothingLeft(): AppError {
  return new AppError(
    'bad-input',
    'The noise behind a gate leaves nothing of a Pauli observable, so pec cannot bring it back. Leave that gate out, or use less noise.',
  );
}
