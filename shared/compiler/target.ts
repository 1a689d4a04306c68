import { type DeviceRecord, figureAt, isOnTwo } from '../devices/device.ts';
import { Couplings, type Pair } from './couplings.ts';

/** What a circuit is compiled for. */
export interface Target {
  readonly qubits: number;
  /** Null: all qubits interact with each other. */
  readonly couplings: Couplings | null;
  /** Native gates, by the registry's ids; null: any gate on one and two qubits. */
  readonly basis: ReadonlySet<string> | null;
  /** Whether a directed gate may act on these qubits in this order. */
  readonly isForward: (a: number, b: number) => boolean;
  /** Average infidelity of the native gate on these qubits; null where nothing is known. */
  readonly errorOf: (gate: string, qubits: readonly number[]) => number | null;
  /** Seconds. */
  readonly durationOf: (gate: string, qubits: readonly number[]) => number | null;
  /** Mean probability to read a qubit wrongly. */
  readonly readoutErrorOf: (qubit: number) => number | null;
  readonly readoutDuration: number | null;
}

const unknown = {
  errorOf: () => null,
  durationOf: () => null,
  readoutErrorOf: () => null,
  readoutDuration: null,
} as const;

/** A target of which couplings and gates are known and nothing else; every pair works both ways. */
export function plainTarget(couplings: Couplings, basis: ReadonlySet<string> | null): Target {
  const isFull = couplings.pairs.length === (couplings.qubits * (couplings.qubits - 1)) / 2;
  return {
    ...unknown,
    qubits: couplings.qubits,
    couplings: isFull ? null : couplings,
    basis,
    isForward: () => true,
  };
}

/** Gates that do the same in either order, so that a machine's direction does not matter. */
const symmetric: ReadonlySet<string> = new Set('cp cz iswap rxx rzz'.split(' '));

/** A device as a target. Pairs and qubits that its calibration has no figures for are left alone. */
export function targetOf(device: DeviceRecord): Target {
  const { qubits, nativeGates, gates, couplings, readout } = device;
  const places = new Map(couplings?.map(([a, b], place) => [`${a} ${b}`, place]));
  const placeOf = (operands: readonly number[]): number | undefined => {
    const [a, b] = operands;
    if (b === undefined) return a;
    return couplings === null ? 0 : (places.get(`${a} ${b}`) ?? places.get(`${b} ${a}`));
  };
  const figures = new Map(gates.map((one) => [one.gate, one]));
  const figureOf = (which: 'error' | 'duration') => (gate: string, operands: readonly number[]) => {
    const [own, place] = [figures.get(gate)?.[which], placeOf(operands)];
    return own === undefined || own === null || place === undefined ? null : figureAt(own, place);
  };
  const errorOf = figureOf('error');
  const pairGates = nativeGates.filter(isOnTwo);
  const isUsable = ([a, b]: Pair): boolean =>
    pairGates.some((gate) => errorOf(gate, [a, b]) !== null) && [a, b].every(isQubitUsable);
  const isQubitUsable = (qubit: number): boolean =>
    nativeGates.every(
      (gate) => isOnTwo(gate) || !figures.has(gate) || errorOf(gate, [qubit]) !== null,
    );
  const isDirected = pairGates.some((gate) => !symmetric.has(gate));
  return {
    qubits,
    couplings: couplings === null ? null : new Couplings(qubits, couplings.filter(isUsable)),
    basis: new Set(nativeGates),
    isForward: (a, b) => couplings === null || !isDirected || places.has(`${a} ${b}`),
    errorOf,
    durationOf: figureOf('duration'),
    readoutErrorOf(qubit) {
      const [first, second] = [
        figureAt(readout.read1Given0, qubit),
        figureAt(readout.read0Given1, qubit),
      ];
      return first === null || second === null ? null : (first + second) / 2;
    },
    readoutDuration: readout.duration,
  };
}

/** The target on some of its qubits alone; wire w is qubit `wires[w]`. */
export function targetOn(target: Target, wires: readonly number[]): Target {
  const physical = (wire: number): number => wires[wire] as number;
  return {
    ...target,
    qubits: wires.length,
    couplings: target.couplings?.within(wires) ?? null,
    isForward: (a, b) => target.isForward(physical(a), physical(b)),
    errorOf: (gate, qubits) => target.errorOf(gate, qubits.map(physical)),
    durationOf: (gate, qubits) => target.durationOf(gate, qubits.map(physical)),
    readoutErrorOf: (qubit) => target.readoutErrorOf(physical(qubit)),
  };
}
