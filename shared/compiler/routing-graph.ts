import { bitsOf, type Operation, qubitsOf } from '../circuit/circuit.ts';

/** Operations with who waits for whom: those that share a qubit or a classical bit keep their order. */
export interface RoutingGraph {
  readonly count: number;
  /** Qubits 2k and 2k + 1 of operation k where it is a gate on two; −1 otherwise. */
  readonly pairs: Int32Array;
  readonly successors: readonly (readonly number[])[];
  readonly waits: Int32Array;
  /** Qubits that interact, each pair once with how often. */
  readonly interactions: ReadonlyMap<string, number>;
}

/** O(operations · wires). */
export function routingGraphOf(operations: readonly Operation[], qubits: number): RoutingGraph {
  const count = operations.length;
  const pairs = new Int32Array(2 * count).fill(-1);
  const successors: number[][] = Array.from({ length: count }, () => []);
  const waits = new Int32Array(count);
  const last = new Map<number, number>();
  const interactions = new Map<string, number>();
  operations.forEach((operation, k) => {
    const own = qubitsOf(operation);
    if (operation.kind === 'gate' && own.length === 2) {
      const [a, b] = own as [number, number];
      pairs[2 * k] = a;
      pairs[2 * k + 1] = b;
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      interactions.set(key, (interactions.get(key) ?? 0) + 1);
    }
    const before = new Set<number>();
    for (const wire of [...own, ...bitsOf(operation).map((bit) => qubits + bit)]) {
      const one = last.get(wire);
      if (one !== undefined) before.add(one);
      last.set(wire, k);
    }
    for (const one of before) successors[one]?.push(k);
    waits[k] = before.size;
  });
  return { count, pairs, successors, waits, interactions };
}

/** The gates on two qubits alone, from the first to the last or the other way round. */
export function pairGraphOf(
  operations: readonly Operation[],
  qubits: number,
  isReversed: boolean,
): RoutingGraph {
  const gates = operations.filter((one) => one.kind === 'gate' && qubitsOf(one).length === 2);
  return routingGraphOf(isReversed ? gates.toReversed() : gates, qubits);
}
