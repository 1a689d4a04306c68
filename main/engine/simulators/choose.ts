import { AppError } from '#shared/base/errors.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import { simulatorById, simulators } from './registry.ts';
import type { Simulator } from './simulator.ts';

export interface ChosenMethod {
  readonly simulator: Simulator;
  /** One sentence for the result's `methodReason`. */
  readonly reason: string;
}

/** The asked method if it can do this work, else the cheapest that can. */
export function chooseMethod(
  method: string,
  qubits: number,
  noise: NoiseModel | null,
): ChosenMethod {
  const hasChannels = noise !== null && noise.rules.length > 0;
  if (method !== 'auto') {
    const simulator = simulatorById(method);
    if (simulator === null) {
      const known = simulators.map((one) => one.id).join(', ');
      throw new AppError(
        'unsupported',
        `Method “${method}” is not available; available are ${known}.`,
        { method },
      );
    }
    if (hasChannels && !simulator.isMixed) {
      throw new AppError(
        'bad-input',
        `Method “${method}” cannot hold noise channels; use “density” or “auto”.`,
        { method },
      );
    }
    return { simulator, reason: `Method ${method} was asked for.` };
  }
  const simulator = simulatorById(hasChannels ? 'density' : 'statevector') as Simulator;
  const reason = hasChannels
    ? `The noise model has channels, which an exact density matrix of ${qubits} qubits holds.`
    : `The state is pure, so ${qubits} qubits need only 2^${qubits} amplitudes.`;
  return { simulator, reason };
}

/** Refuses before anything is allocated; both numbers are named. */
export function requireMemory(needed: number, available: number, what: string): void {
  if (needed <= available) return;
  throw new AppError(
    'too-large',
    `${what} needs ${formatBytes(needed)} of memory; ${formatBytes(available)} is available.`,
    { neededBytes: needed, availableBytes: available },
  );
}

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return power === 0 ? `${bytes} bytes` : `${value.toFixed(value < 10 ? 2 : 1)} ${units[power]}`;
}
