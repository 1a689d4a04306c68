import { type DeviceRecord, type Figure, figureAt, medianOf } from '../device.ts';

/** How one figure of a machine changed between two calibrations. */
export interface Drift {
  /** "T1", "readout error", "cz error", … */
  readonly figure: string;
  readonly unit: 's' | '';
  /** Medians over the places in use. */
  readonly before: number;
  readonly after: number;
  /** Where it changed most by its factor: a qubit or a pair; null where the machine has one figure for all. */
  readonly most: { readonly place: string; readonly before: number; readonly after: number } | null;
  /** Places that went out of use and came back. */
  readonly lost: readonly string[];
  readonly regained: readonly string[];
}

/** What drifted from one calibration of a machine to another; figures that stayed are left out. */
export function driftOf(before: DeviceRecord, after: DeviceRecord): Drift[] {
  const qubits = Array.from({ length: before.qubits }, (_, qubit) => `${qubit}`);
  const pairs = before.couplings?.map(([a, b]) => `${a}–${b}`) ?? ['any'];
  const rows: [string, Drift['unit'], readonly string[], Figure, Figure][] = [
    ['T1', 's', qubits, before.T1, after.T1],
    ['T2', 's', qubits, before.T2, after.T2],
    ['read 1 given 0', '', qubits, before.readout.read1Given0, after.readout.read1Given0],
    ['read 0 given 1', '', qubits, before.readout.read0Given1, after.readout.read0Given1],
    ...before.gates.flatMap((gate, k): (typeof rows)[number][] => {
      const other = after.gates[k];
      if (other === undefined) return [];
      const places =
        Array.isArray(gate.error) && gate.error.length === pairs.length ? pairs : qubits;
      return [[`${gate.gate} error`, '', places, gate.error, other.error]];
    }),
  ];
  return rows.flatMap(([figure, unit, places, old, now]) => {
    const changes = places.map((place, k) => ({
      place,
      before: figureAt(old, k),
      after: figureAt(now, k),
    }));
    if (changes.every((one) => one.before === one.after)) return [];
    const isOne = typeof old === 'number' && typeof now === 'number';
    return [
      {
        figure,
        unit,
        before: medianOf(old),
        after: medianOf(now),
        most: isOne ? null : mostOf(changes),
        lost: changes.filter((one) => one.before !== null && one.after === null).map(nameOf),
        regained: changes.filter((one) => one.before === null && one.after !== null).map(nameOf),
      },
    ];
  });
}

interface Change {
  readonly place: string;
  readonly before: number | null;
  readonly after: number | null;
}

function nameOf({ place }: Change): string {
  return place;
}

function mostOf(changes: readonly Change[]): Drift['most'] {
  let [most, found]: [number, Drift['most']] = [-1, null];
  for (const { place, before, after } of changes) {
    if (before === null || after === null || before <= 0 || after <= 0) continue;
    const size = Math.abs(Math.log(after / before));
    if (size > most) [most, found] = [size, { place, before, after }];
  }
  return found;
}
