import { bitsOf, type Circuit, type Operation, qubitsOf } from '../circuit/circuit.ts';

/**
 * A circuit without the measurements that nothing comes after, and these. Routing would otherwise carry
 * measured qubits about for the sake of the others, and what is read at the end would be read on the way.
 */
export function withoutTerminalReads(circuit: Circuit): {
  readonly circuit: Circuit;
  readonly reads: readonly Operation[];
} {
  const later = { qubits: new Set<number>(), bits: new Set<number>() };
  const kept: Operation[] = [];
  const reads: Operation[] = [];
  for (const operation of circuit.operations.toReversed()) {
    const isLast =
      operation.kind === 'measure' &&
      !later.qubits.has(operation.qubit) &&
      bitsOf(operation).every((bit) => !later.bits.has(bit));
    (isLast ? reads : kept).push(operation);
    for (const qubit of qubitsOf(operation)) later.qubits.add(qubit);
    for (const bit of bitsOf(operation)) later.bits.add(bit);
  }
  return reads.length === 0
    ? { circuit, reads }
    : { circuit: { ...circuit, operations: kept.toReversed() }, reads: reads.toReversed() };
}
