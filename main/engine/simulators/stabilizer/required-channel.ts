import { AppError } from '#shared/base/errors.ts';
import type { NoiseStep } from '../../noise/model.ts';
import { type PauliChannel, pauliChannelOf } from '../pauli-channel.ts';

/** The Pauli channel of a noise step; `bad-input` where it is another, such as damping. */
export function requiredChannel(step: NoiseStep): PauliChannel {
  const channel = pauliChannelOf(step);
  if (channel !== null) return channel;
  throw new AppError(
    'bad-input',
    `Method “stabilizer” takes Pauli noise only (depolarizing, flips, Pauli channels); the channel on qubit ${step.qubits.join(', ')} is another, such as damping. Use “trajectories” or “density”.`,
    { qubits: step.qubits },
  );
}
