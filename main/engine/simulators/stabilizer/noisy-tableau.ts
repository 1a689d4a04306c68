import type { Rng } from '#shared/base/rng.ts';
import { pauliX, pauliZ } from '#shared/gates/define.ts';
import type { NoiseStep } from '../../noise/model.ts';
import { drawError, type PauliChannel, pauliChannelOf } from './pauli-channel.ts';
import { Tableau } from './tableau.ts';

const channels = new WeakMap<NoiseStep, PauliChannel>();

function channelOf(step: NoiseStep): PauliChannel {
  const known = channels.get(step) ?? pauliChannelOf(step);
  channels.set(step, known);
  return known;
}

/** A stabilizer state of one shot, which draws its Pauli errors as they come. */
export class NoisyTableau extends Tableau {
  readonly #rng: Rng;

  constructor(qubits: number, rng: Rng) {
    super(qubits);
    this.#rng = rng;
  }

  override applyChannel(step: NoiseStep): void {
    const channel = channelOf(step);
    if (this.#rng.uniform() >= channel.total) return;
    const error = drawError(channel, this.#rng);
    channel.qubits.forEach((qubit, j) => {
      const flip = { targets: [qubit], controls: [] };
      if (((error >> (2 * j)) & 1) === 1) {
        this.applyUnitary({ ...flip, matrix: pauliX, isDiagonal: false });
      }
      if (((error >> (2 * j + 1)) & 1) === 1) {
        this.applyUnitary({ ...flip, matrix: pauliZ, isDiagonal: true });
      }
    });
  }
}
