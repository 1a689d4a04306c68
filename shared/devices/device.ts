import { gateById } from '../gates/registry.ts';

/** A figure that holds everywhere, or one for each place; null where a place was not calibrated or is out of use. */
export type Figure = number | readonly (number | null)[];

/** How well and how fast a machine does one of its gates. Places: qubits, or couplings for gates on two. */
export interface GateFigures {
  /** By the registry's id. */
  readonly gate: string;
  /** Average gate infidelity. */
  readonly error: Figure;
  /** Seconds; null where nobody says. */
  readonly duration: Figure | null;
}

/** What a machine is, and when that was read. Qubits count from 0. */
export interface DeviceRecord {
  readonly id: string;
  /** The id of the provider who sells time on it. */
  readonly provider: string;
  /** Its maker. */
  readonly vendor: string;
  /** The vendor's own name for it. */
  readonly name: string;
  readonly technology: string;
  readonly qubits: number;
  /** Pairs that interact, in the order in which a directed gate takes them; null: all do, both ways. */
  readonly couplings: readonly (readonly [number, number])[] | null;
  /** By the registry's ids. */
  readonly nativeGates: readonly string[];
  readonly gates: readonly GateFigures[];
  /** Seconds; places are qubits. */
  readonly T1: Figure;
  readonly T2: Figure;
  readonly readout: {
    /** Probabilities to read 1 after preparing 0, and 0 after preparing 1. */
    readonly read1Given0: Figure;
    readonly read0Given1: Figure;
    /** Seconds; null where nobody says. */
    readonly duration: number | null;
  };
  /** Whether qubits can be measured or reset, and gates conditioned, before the end. */
  readonly isDynamic: boolean;
  readonly shots: { readonly min: number; readonly max: number } | null;
  /** USD, as far as it is public. */
  readonly price: {
    readonly perShot?: number;
    readonly perTask?: number;
    readonly perSecond?: number;
  };
  readonly calibratedAt: string;
  /** Where the figures come from. */
  readonly source: string;
}

/** By id, or by the vendor's own name. */
export function deviceNamed(devices: readonly DeviceRecord[], name: string): DeviceRecord | null {
  return devices.find((device) => device.id === name || device.name === name) ?? null;
}

/** A figure at one place; null where that is out of use. */
export function figureAt(figure: Figure, place: number): number | null {
  return typeof figure === 'number' ? figure : (figure[place] ?? null);
}

/** The median over the places in use. */
export function medianOf(figure: Figure): number {
  if (typeof figure === 'number') return figure;
  const known = figure.filter((one) => one !== null).toSorted((a, b) => a - b);
  const middle = known.length / 2;
  const [low, high] = [known[Math.ceil(middle) - 1] ?? 0, known[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}

/** The medians by which machines are compared: infidelities, readout error and seconds. */
export function typicalFigures(device: DeviceRecord): {
  readonly oneQubitError: number;
  readonly twoQubitError: number;
  readonly readoutError: number;
  /** Those that are known. */
  readonly times: Readonly<
    Partial<Record<'T1' | 'T2' | 'oneQubitGate' | 'twoQubitGate' | 'readout', number>>
  >;
} {
  const { gates, readout } = device;
  // Of several gates on as many qubits the one that takes longest speaks: others are made in software,
  // in no time. One that nobody says the duration of takes some.
  const lasting = ({ duration }: GateFigures): number =>
    duration === null ? Number.POSITIVE_INFINITY : medianOf(duration);
  const slowest = (qubits: 1 | 2): GateFigures | undefined =>
    gates
      .filter(({ gate }) => isOnTwo(gate) === (qubits === 2))
      .toSorted((a, b) => lasting(b) - lasting(a) || 0)[0];
  const [one, two] = [slowest(1), slowest(2)];
  const read = mean(readout.read1Given0, readout.read0Given1);
  return {
    oneQubitError: one === undefined ? 0 : medianOf(one.error),
    twoQubitError: two === undefined ? 0 : medianOf(two.error),
    readoutError: medianOf(read),
    times: {
      T1: medianOf(device.T1),
      T2: medianOf(device.T2),
      ...(one === undefined || one.duration === null ? {} : { oneQubitGate: lasting(one) }),
      ...(two === undefined || two.duration === null ? {} : { twoQubitGate: lasting(two) }),
      ...(readout.duration === null ? {} : { readout: readout.duration }),
    },
  };
}

function mean(a: Figure, b: Figure): Figure {
  if (typeof a === 'number' && typeof b === 'number') return (a + b) / 2;
  const places = typeof a === 'number' ? (b as readonly unknown[]).length : a.length;
  return Array.from({ length: places }, (_, place) => {
    const [x, y] = [figureAt(a, place), figureAt(b, place)];
    return x === null || y === null ? null : (x + y) / 2;
  });
}

/** Whether a native gate acts on a pair. */
export function isOnTwo(gate: string): boolean {
  return gateById(gate)?.qubitCount === 2;
}

/** Pairs from a flat list, as the records of machines write them. */
export function pairsOf(flat: readonly number[]): readonly (readonly [number, number])[] {
  return Array.from({ length: flat.length / 2 }, (_, k) => [
    flat[2 * k] as number,
    flat[2 * k + 1] as number,
  ]);
}
