import type { Rng } from '#shared/base/rng.ts';
import type { NoiseStep } from '../../noise/model.ts';
import { drawError, type PauliChannel, stepsOfError } from '../pauli-channel.ts';
import { requiredChannel } from './required-channel.ts';
import { Tableau } from './tableau.ts';

const channels = new WeakMap<NoiseStep, PauliChannel>();

function channelOf(step: NoiseStep): PauliChannel {
  const known = channels.get(step) ?? requiredChannel(step);
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
    for (const gate of stepsOfError(channel, drawError(channel, this.#rng))) {
      this.applyUnitary(gate);
    }
  }
}
