import { bitsOf, type Circuit, type Operation, qubitCountOf, qubitsOf } from './circuit.ts';

/** Wires as drawn, top to bottom: all qubits, then all classical bits. Both ends are included. */
export interface WireSpan {
  readonly top: number;
  readonly bottom: number;
}

/** The wires that an operation covers when drawn, those in between included; null for none. */
export function wireSpanOf(operation: Operation, qubitCount: number): WireSpan | null {
  let top = Infinity;
  let bottom = -Infinity;
  for (const qubit of qubitsOf(operation)) {
    top = Math.min(top, qubit);
    bottom = Math.max(bottom, qubit);
  }
  for (const bit of bitsOf(operation)) {
    top = Math.min(top, qubitCount + bit);
    bottom = Math.max(bottom, qubitCount + bit);
  }
  return top > bottom ? null : { top, bottom };
}

/**
 * The column of each top-level operation, all as far left as they go: what is drawn in one column
 * never overlaps, and operations on a shared wire keep their order. O(operations · span).
 */
export function momentsOf(circuit: Circuit): number[] {
  const qubitCount = qubitCountOf(circuit);
  /** First free column of each wire. */
  const free: number[] = [];
  return circuit.operations.map((operation) => {
    const span = wireSpanOf(operation, qubitCount);
    if (span === null) return 0;
    let column = 0;
    for (let wire = span.top; wire <= span.bottom; wire++) {
      column = Math.max(column, free[wire] ?? 0);
    }
    for (let wire = span.top; wire <= span.bottom; wire++) free[wire] = column + 1;
    return column;
  });
}
