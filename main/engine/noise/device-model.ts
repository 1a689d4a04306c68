import type { NoiseModel } from '#shared/jobs/noise.ts';

/** Published figures of a machine, from which a noise model and estimates are made. */
export interface DeviceModel {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly technology: string;
  readonly qubits: number;
  readonly nativeGates: readonly string[];
  /** Undirected couplings; null = all-to-all. */
  readonly edges: readonly (readonly [number, number])[] | null;
  /** Average gate infidelities and readout error, as published (medians or means). */
  readonly oneQubitError: number;
  readonly twoQubitError: number;
  readonly readoutError: number;
  /** Seconds. */
  readonly times: {
    readonly T1: number;
    readonly T2: number;
    readonly oneQubitGate: number;
    readonly twoQubitGate: number;
    readonly readout: number;
  };
  /** Whether qubits can be measured or reset, and gates conditioned, before the end. */
  readonly isDynamic: boolean;
  readonly calibratedAt: string;
  /** Where the figures come from. */
  readonly source: string;
}

/**
 * Depolarising noise after each gate and symmetric readout error, so that average gate fidelities
 * and readout errors are the published ones. Relaxation is part of the gate errors already.
 */
export function noiseOfDevice(device: DeviceModel): NoiseModel {
  return {
    device: device.id,
    rules: [
      { on: '1q', channel: 'depolarizing', p: depolarizingStrength(device.oneQubitError, 1) },
      { on: '2q', channel: 'depolarizing', p: depolarizingStrength(device.twoQubitError, 2) },
    ],
    readout: Array.from({ length: device.qubits }, (_, qubit) => ({
      qubit,
      p_read1_given0: device.readoutError,
      p_read0_given1: device.readoutError,
    })),
  };
}

/** An average infidelity r over d = 2^k dimensions belongs to p = r·d/(d − 1) (Nielsen 2002). */
function depolarizingStrength(infidelity: number, qubits: number): number {
  const d = 2 ** qubits;
  return (infidelity * d) / (d - 1);
}
