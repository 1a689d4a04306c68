import { AppError } from '#shared/base/errors.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import { density, statevector } from './dense.ts';
import { simulatorById, simulators } from './registry.ts';
import type { DenseSimulator, Run, Simulator } from './simulator.ts';
import { firstNonClifford } from './stabilizer/clifford-programs.ts';

export interface ChosenMethod {
  readonly simulator: Simulator;
  /** One sentence for the result's `methodReason`. */
  readonly reason: string;
  readonly warnings: readonly string[];
}

/** From this many qubits on a Clifford circuit is followed by its stabilizers. */
const stabilizerFrom = 21;

/** The asked method if it can do this work, else the cheapest that can. */
export function chooseMethod(run: Run): ChosenMethod {
  const { method } = run.options;
  if (method === 'auto') return { warnings: [], ...chooseBest(run) };
  const simulator = simulatorById(method);
  if (simulator === null) {
    const known = simulators.map((one) => one.id).join(', ');
    throw new AppError(
      'unsupported',
      `Method “${method}” is not available; available are ${known}.`,
      { method },
    );
  }
  if (hasChannels(run) && simulator.channels === 'none') {
    throw new AppError(
      'bad-input',
      `Method “${method}” cannot hold noise channels; use “density” or “auto”.`,
      { method },
    );
  }
  return { simulator, reason: `Method ${method} was asked for.`, warnings: [] };
}

/** The dense simulator from whose registers programs are answered. */
export function denseMethod(noise: NoiseModel | null): DenseSimulator {
  return noise !== null && noise.rules.length > 0 ? density : statevector;
}

function hasChannels({ options: { noise } }: Run): boolean {
  return noise !== null && noise.rules.length > 0;
}

function fits(simulator: Simulator, run: Run): boolean {
  return (
    run.options.qubits <= simulator.maximumQubits &&
    simulator.peakBytes(run) <= run.options.freeBytes
  );
}

function chooseBest(run: Run): Omit<ChosenMethod, 'warnings'> {
  const { qubits } = run.options;
  if (hasChannels(run)) {
    return {
      simulator: density,
      reason: `The noise model has channels, which an exact density matrix of ${qubits} qubits holds.`,
    };
  }
  if ((qubits >= stabilizerFrom || !fits(statevector, run)) && isClifford(run)) {
    return {
      simulator: simulatorById('stabilizer') as Simulator,
      reason: `Every gate is a Clifford gate, so stabilizers of ${qubits} qubits say everything about the state.`,
    };
  }
  return {
    simulator: statevector,
    reason: `The state is pure, so ${qubits} qubits need only 2^${qubits} amplitudes.`,
  };
}

function isClifford({ program, options }: Run): boolean {
  return !options.state && firstNonClifford(program.before, options.bindings) === null;
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
