import { gateById } from '../gates/registry.ts';
import {
  bitCountOf,
  bitsOf,
  type Circuit,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from './circuit.ts';

export interface CircuitStatistics {
  /** Qubits. */
  readonly width: number;
  readonly bits: number;
  /** Operations along the longest chain of shared wires; barriers order but do not count. */
  readonly depth: number;
  /** The same, counting gates on two or more qubits alone. */
  readonly twoQubitDepth: number;
  /** Gates on two or more qubits. */
  readonly twoQubitGates: number;
  /** t and tdg. */
  readonly tCount: number;
  readonly operationCount: number;
  /** How often each gate, `measure`, `reset` and `if` occurs; gates under a condition count, too. */
  readonly gateCounts: Readonly<Record<string, number>>;
}

/** Figures of the circuit as it is written: gates of the user's own count as one each. */
export function statisticsOf(circuit: Circuit): CircuitStatistics {
  const counts = new Map<string, number>();
  let twoQubitGates = 0;
  let tCount = 0;
  const count = (operation: Operation): void => {
    if (operation.kind === 'barrier') return;
    const name = operation.kind === 'gate' ? operation.gate : operation.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (operation.kind === 'gate') {
      if (isEntangling(operation)) twoQubitGates++;
      if (operation.gate === 't' || operation.gate === 'tdg') tCount++;
    } else if (operation.kind === 'if') {
      operation.body.forEach(count);
      operation.otherwise.forEach(count);
    }
  };
  circuit.operations.forEach(count);
  return {
    width: qubitCountOf(circuit),
    bits: bitCountOf(circuit),
    depth: depthOf(circuit, (operation) => operation.kind !== 'barrier'),
    twoQubitDepth: depthOf(circuit, isEntangling),
    twoQubitGates,
    tCount,
    operationCount: circuit.operations.length,
    gateCounts: Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function isEntangling(operation: Operation): boolean {
  if (operation.kind === 'if') return operation.body.some(isEntangling);
  if (operation.kind !== 'gate') return false;
  const controls = operation.controls?.length ?? 0;
  const own = gateById(operation.gate)?.qubitCount ?? operation.qubits.length;
  return own + controls >= 2;
}

function depthOf(circuit: Circuit, counts: (operation: Operation) => boolean): number {
  const qubitCount = qubitCountOf(circuit);
  /** Length of the longest chain that ends on each wire. */
  const level: number[] = [];
  let depth = 0;
  for (const operation of circuit.operations) {
    const wires = [...qubitsOf(operation), ...bitsOf(operation).map((bit) => qubitCount + bit)];
    let longest = 0;
    for (const wire of wires) longest = Math.max(longest, level[wire] ?? 0);
    const reached = longest + (counts(operation) ? 1 : 0);
    for (const wire of wires) level[wire] = reached;
    depth = Math.max(depth, reached);
  }
  return depth;
}
