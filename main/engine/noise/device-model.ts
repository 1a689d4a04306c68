import {
  type DeviceRecord,
  type Figure,
  figureAt,
  isOnTwo,
  typicalFigures,
} from '#shared/devices/device.ts';
import type { NoiseModel, NoiseRule } from '#shared/jobs/noise.ts';

/**
 * Depolarising noise after each gate and readout error, so that average gate fidelities and readout
 * errors are the machine's. Relaxation is part of the gate errors already; `id` is a qubit that waits, and
 * relaxes with the T1 and T2 of its place.
 *
 * With `wires`, for a circuit that was compiled to the device and lives on wires 0, 1, …, of which
 * wire w is qubit `wires[w]`: every native gate has the error of its place. Without, for a circuit as
 * it is written: its gates on one and two qubits have the medians, larger ones have no noise.
 */
export function noiseOfDevice(device: DeviceRecord, wires?: readonly number[]): NoiseModel {
  if (wires === undefined) return medianNoise(device);
  return {
    device: device.id,
    calibratedAt: device.calibratedAt,
    wires: [...wires],
    rules: [...oneQubitRules(device, wires), ...pairRules(device, wires)],
    readout: wires.map((qubit, wire) => readoutOf(device, qubit, wire)),
  };
}

function medianNoise(device: DeviceRecord): NoiseModel {
  const { oneQubitError, twoQubitError } = typicalFigures(device);
  return {
    device: device.id,
    calibratedAt: device.calibratedAt,
    rules: [
      { on: '1q', channel: 'depolarizing', p: depolarizingStrength(oneQubitError, 1) },
      { on: '2q', channel: 'depolarizing', p: depolarizingStrength(twoQubitError, 2) },
    ],
    readout: Array.from({ length: device.qubits }, (_, qubit) => readoutOf(device, qubit, qubit)),
  };
}

function readoutOf({ readout }: DeviceRecord, qubit: number, wire: number) {
  return {
    qubit: wire,
    p_read1_given0: figureAt(readout.read1Given0, qubit) ?? 0.5,
    p_read0_given1: figureAt(readout.read0Given1, qubit) ?? 0.5,
  };
}

function oneQubitRules(device: DeviceRecord, wires: readonly number[]): NoiseRule[] {
  const figures = device.gates.filter(({ gate, error }) => !isOnTwo(gate) && error !== 0);
  return figures.flatMap(({ gate, error, duration }) =>
    wires.map((qubit, wire): NoiseRule => {
      const idle = gate === 'id' ? relaxationAt(device, qubit, duration) : null;
      if (idle !== null) return { on: [gate], qubits: [wire], ...idle };
      // A qubit out of use turns whatever is done there into noise.
      const p = depolarizingStrength(figureAt(error, qubit) ?? 0.5, 1);
      return { on: [gate], qubits: [wire], channel: 'depolarizing', p };
    }),
  );
}

/** What a qubit that waits loses to its surroundings; null where T1, T2 or the time is not known. */
function relaxationAt({ T1, T2 }: DeviceRecord, qubit: number, duration: Figure | null) {
  const [own, coherent] = [figureAt(T1, qubit), figureAt(T2, qubit)];
  const time = duration === null ? null : figureAt(duration, qubit);
  if (own === null || coherent === null || time === null) return null;
  // Fits of T1 and T2 that were made apart may contradict each other.
  return { channel: 'thermal_relaxation', T1: own, T2: Math.min(coherent, 2 * own), time } as const;
}

function pairRules(device: DeviceRecord, wires: readonly number[]): NoiseRule[] {
  const wireOf = new Map(wires.map((qubit, wire) => [qubit, wire]));
  return device.gates
    .filter(({ gate }) => isOnTwo(gate))
    .flatMap(({ gate, error }): NoiseRule[] => {
      if (device.couplings === null) {
        const p = depolarizingStrength(figureAt(error, 0) ?? 0.75, 2);
        return [{ on: [gate], channel: 'depolarizing', p }];
      }
      const seen = new Set<string>();
      return device.couplings.flatMap(([a, b], place): NoiseRule[] => {
        const [first, second] = [wireOf.get(a), wireOf.get(b)];
        if (first === undefined || second === undefined) return [];
        // A rule speaks of a pair in either order, and some machines list both.
        const key = `${Math.min(first, second)} ${Math.max(first, second)}`;
        if (seen.has(key)) return [];
        seen.add(key);
        const p = depolarizingStrength(figureAt(error, place) ?? 0.75, 2);
        return [{ on: [gate], qubits: [first, second], channel: 'depolarizing', p }];
      });
    });
}

/** An average infidelity r over d = 2^k dimensions belongs to p = r·d/(d − 1) (Nielsen 2002). */
function depolarizingStrength(infidelity: number, qubits: number): number {
  const d = 2 ** qubits;
  return Math.min(1, (infidelity * d) / (d - 1));
}
