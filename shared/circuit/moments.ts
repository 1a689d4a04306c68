import { bitsOf, type Circuit, type Operation, qubitCountOf, qubitsOf } from './circuit.ts';

/** Wires as drawn, top to bottom: all qubits, then all classical bits. Both ends are included. */
export interface WireSpan {
  readonly top: number;
  readonly bottom: number;
}

/** The wires that an operation covers when drawn, those in between included; null for none. */
export function wireSpanOf(operation: Operation, qubitCount: number): WireSpan | null {
  return spanOf(qubitsOf(operation), bitsOf(operation), qubitCount);
}

/** From the topmost to the lowest of these wires; null for none. */
export function spanOf(
  qubits: readonly number[],
  bits: readonly number[],
  qubitCount: number,
): WireSpan | null {
  let top = Infinity;
  let bottom = -Infinity;
  for (const qubit of qubits) {
    top = Math.min(top, qubit);
    bottom = Math.max(bottom, qubit);
  }
  for (const bit of bits) {
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
  return leftmostColumns(circuit.operations.map((one) => wireSpanOf(one, qubitCount)));
}

/** The leftmost columns in which things over these wires stand, in this order. */
export function leftmostColumns(spans: readonly (WireSpan | null)[]): number[] {
  /** First free column of each wire. */
  const free: number[] = [];
  return spans.map((span) => {
    if (span === null) return 0;
    let column = 0;
    for (let wire = span.top; wire <= span.bottom; wire++) {
      column = Math.max(column, free[wire] ?? 0);
    }
    for (let wire = span.top; wire <= span.bottom; wire++) free[wire] = column + 1;
    return column;
  });
}
