import {
  type Circuit,
  nameOfIndex,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '../circuit/circuit.ts';
import { gateById } from '../gates/registry.ts';
import type { Device } from './listing.ts';

/** Something of a circuit that a device does not do as it stands. */
export interface DeviceLint {
  /** Of the operation; null for the circuit as a whole. */
  readonly index: number | null;
  /** `obstacle`: it cannot run there; `compiled`: it is rewritten first, which costs gates. */
  readonly severity: 'obstacle' | 'compiled';
  readonly reason: string;
}

/** Every device names its own gates as it likes; these are others' names for gates of the registry. */
const otherNames: Readonly<Record<string, string>> = {
  cphase: 'cp',
  i: 'id',
  xx: 'rxx',
  zz: 'rzz',
};

/**
 * What stands between a circuit and a device: too many qubits or shots, gates and couplings that it
 * lacks, and measurements, resets and conditions on the way where it takes none. In circuit order,
 * the circuit as a whole first. Qubit k of the circuit is taken to be qubit k of the device.
 */
export function lintForDevice(
  circuit: Circuit,
  device: Device,
  shots: number | null,
): DeviceLint[] {
  const native = new Set(
    device.nativeGates.map((name) => gateById(otherNames[name] ?? name)?.id ?? name),
  );
  const distances = distancesOf(device);
  const lasting = new Set<number>();
  const used = new Set<number>();
  // From the end: a measurement is terminal where nothing comes after it on its qubit.
  for (let index = circuit.operations.length - 1; index >= 0; index--) {
    const operation = circuit.operations[index] as Operation;
    const qubits = qubitsOf(operation);
    if (operation.kind === 'measure' && qubits.some((qubit) => used.has(qubit))) lasting.add(index);
    if (operation.kind !== 'barrier') for (const qubit of qubits) used.add(qubit);
  }
  return [
    ...lintWhole(circuit, device, shots),
    ...circuit.operations.flatMap((operation, index) =>
      [
        lintDynamic(operation, lasting.has(index), device),
        lintGate(operation, native, device),
        lintCoupling(operation, circuit, distances, device),
      ].flatMap((found): DeviceLint[] => (found === null ? [] : [{ index, ...found }])),
    ),
  ];
}

type Found = Omit<DeviceLint, 'index'> | null;

function lintWhole(circuit: Circuit, device: Device, shots: number | null): DeviceLint[] {
  const result: DeviceLint[] = [];
  const qubits = qubitCountOf(circuit);
  const add = (reason: string): void => {
    result.push({ index: null, severity: 'obstacle', reason });
  };
  if (qubits > device.qubits)
    add(`The circuit has ${qubits} qubits; ${device.name} has ${device.qubits}.`);
  if (device.status === 'retired') add(`${device.name} is retired.`);
  if (
    shots !== null &&
    device.shots !== null &&
    (shots < device.shots.min || shots > device.shots.max)
  ) {
    add(`${device.name} takes ${device.shots.min} to ${device.shots.max} shots, not ${shots}.`);
  }
  if (device.kind !== 'simulator' && !circuit.operations.some(measures)) {
    add('Nothing is measured: a machine gives back classical bits only.');
  }
  return result;
}

function measures(operation: Operation): boolean {
  if (operation.kind === 'if') return [...operation.body, ...operation.otherwise].some(measures);
  return operation.kind === 'measure' || operation.kind === 'opaque';
}

function lintDynamic(operation: Operation, isLasting: boolean, device: Device): Found {
  if (device.isDynamic !== false) return null;
  const words: Partial<Record<Operation['kind'], string>> = {
    reset: 'no reset',
    if: 'no conditions on measured bits',
    ...(isLasting ? { measure: 'no measurement before the end of its qubit' } : {}),
  };
  const word = words[operation.kind];
  return word === undefined
    ? null
    : { severity: 'obstacle', reason: `${device.name} has ${word}.` };
}

function lintGate(operation: Operation, native: ReadonlySet<string>, device: Device): Found {
  if (operation.kind !== 'gate' || native.size === 0) return null;
  const isPlain = (operation.controls ?? []).length === 0 && (operation.power ?? 1) === 1;
  if (isPlain && native.has(operation.gate)) return null;
  // A gate on one qubit is made of such gates alone.
  const used =
    qubitsOf(operation).length > 1
      ? device.nativeGates
      : device.nativeGates.filter((name) => qubitCountOfNative(name) === 1);
  const words = (used.length === 0 ? device.nativeGates : used).join(', ');
  return {
    severity: 'compiled',
    reason: `${device.name} has no “${operation.gate}”; it is rewritten to ${words}.`,
  };
}

/** Rigetti's XY is the one interaction that the registry has under no name. */
function qubitCountOfNative(name: string): number {
  return gateById(otherNames[name] ?? name)?.qubitCount ?? (name === 'xy' ? 2 : 1);
}

function lintCoupling(
  operation: Operation,
  circuit: Circuit,
  distances: ((a: number, b: number) => number | null) | null,
  device: Device,
): Found {
  if (operation.kind !== 'gate' || distances === null) return null;
  const qubits = qubitsOf(operation);
  if (qubits.length < 2 || qubits.some((qubit) => qubit >= device.qubits)) return null;
  const [a, b] = farthest(qubits, distances);
  const distance = distances(a, b);
  if (distance !== null && distance <= 1) return null;
  const names = [a, b].map((qubit) => nameOfIndex(circuit.qubitRegisters, qubit)).join(' and ');
  return distance === null
    ? { severity: 'obstacle', reason: `${names} are not connected on ${device.name}.` }
    : {
        severity: 'compiled',
        reason: `${names} are not coupled on ${device.name}: ${distance - 1} ${distance === 2 ? 'swap brings' : 'swaps bring'} them together.`,
      };
}

function farthest(
  qubits: readonly number[],
  distances: (a: number, b: number) => number | null,
): readonly [number, number] {
  let best: readonly [number, number] = [qubits[0] as number, qubits[1] as number];
  let most = -1;
  for (const [i, a] of qubits.entries()) {
    for (const b of qubits.slice(i + 1)) {
      const distance = distances(a, b) ?? Number.POSITIVE_INFINITY;
      if (distance > most) {
        most = distance;
        best = [a, b];
      }
    }
  }
  return best;
}

/** Couplings between two qubits by breadth-first search, each start once; null where all are coupled. */
function distancesOf({ edges, qubits }: Device): ((a: number, b: number) => number | null) | null {
  if (edges === null) return null;
  const neighbours = Array.from({ length: qubits }, (): number[] => []);
  for (const [a, b] of edges) {
    neighbours[a]?.push(b);
    neighbours[b]?.push(a);
  }
  const known = new Map<number, ReadonlyMap<number, number>>();
  return (a, b) => {
    let from = known.get(a);
    if (from === undefined) {
      from = reachable(a, neighbours);
      known.set(a, from);
    }
    return from.get(b) ?? null;
  };
}

function reachable(start: number, neighbours: readonly (readonly number[])[]): Map<number, number> {
  const distances = new Map([[start, 0]]);
  const queue = [start];
  for (const at of queue) {
    for (const next of neighbours[at] ?? []) {
      if (distances.has(next)) continue;
      distances.set(next, (distances.get(at) as number) + 1);
      queue.push(next);
    }
  }
  return distances;
}
