import type { CircuitEdit } from '#shared/circuit/edit.ts';

/** A place on the wires. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Edits and the operations that are selected afterwards. */
export interface Plan {
  readonly edits: readonly CircuitEdit[];
  readonly selection: readonly number[];
  /** Where operations went that are taken out and put back: index before to index after. */
  readonly carried?: ReadonlyMap<number, number>;
  /** Where each wire goes; null = away. */
  readonly wires?: (wire: number) => number | null;
  /** Where operations are to stand in a freeform drawing: columns by index after the edits. */
  readonly wishes?: ReadonlyMap<number, number>;
}
