import {
  bitCountOf,
  bitsOf,
  type Circuit,
  type GateDefinition,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { applyEdit, type CircuitEdit } from '#shared/circuit/edit.ts';
import { mapWires } from '#shared/circuit/edit-registers.ts';
import { columnsOf } from '#shared/circuit/blocks.ts';
import { definitionEdits } from '#shared/qasm/gate-source.ts';
import type { Plan } from './plan.ts';
import { bitEdits, declarationsFor, insertionIndex } from './planning.ts';

/** Operations with what they need to stand in another circuit. */
export interface Clipping {
  readonly operations: readonly Operation[];
  /** Gates of the user's own that they call; those that others call come first. */
  readonly definitions: readonly GateDefinition[];
}

/** Takes operations out of their circuit, with the gates that they call. */
export function clippingOf(circuit: Circuit, operations: readonly Operation[]): Clipping {
  const needed = new Set(operations.flatMap(gatesIn));
  const definitions = circuit.definitions.toReversed().filter(({ name, body }) => {
    if (!needed.has(name)) return false;
    for (const gate of (body ?? []).flatMap(gatesIn)) needed.add(gate);
    return true;
  });
  return { operations, definitions: definitions.toReversed() };
}

function gatesIn(operation: Operation): readonly string[] {
  if (operation.kind === 'gate') return [operation.gate];
  return operation.kind === 'if'
    ? [...operation.body, ...operation.otherwise].flatMap(gatesIn)
    : [];
}

/** The operation on wires further down; a measured bit goes along where there is one. Null = no room. */
function shiftedBy(circuit: Circuit, operation: Operation, rows: number): Operation | null {
  const { origin: _, ...bare } = operation;
  const bits = bitCountOf(circuit);
  const bit = (index: number): number =>
    operation.kind === 'measure' && index + rows >= 0 && index + rows < bits ? index + rows : index;
  const moved = mapWires(bare as Operation, (qubit) => qubit + rows, bit);
  const count = qubitCountOf(circuit);
  return qubitsOf(moved).every((qubit) => qubit >= 0 && qubit < count) ? moved : null;
}

/** Puts a clipping elsewhere, with the gates, parameters and bits that the circuit lacks. */
export function planPaste(
  circuit: Circuit,
  { operations, definitions }: Clipping,
  rows: number,
  column: number,
  columns: readonly number[] = columnsOf(circuit),
): Plan | null {
  const copies = operations.flatMap((one) => shiftedBy(circuit, one, rows) ?? []);
  if (copies.length === 0 || copies.length < operations.length) return null;
  const highest = copies.flatMap(bitsOf).reduce((most, bit) => Math.max(most, bit), -1);
  const index = insertionIndex(circuit, copies.flatMap(qubitsOf), column, columns);
  const own = columnsOf({ ...circuit, operations: copies });
  return {
    edits: [
      ...definitionEdits(circuit, definitions),
      ...declarationsFor(circuit, copies.flatMap(anglesOf)),
      ...bitEdits(circuit, highest + 1),
      { kind: 'insert', index, operations: copies },
    ],
    selection: copies.map((_, offset) => index + offset),
    wishes: new Map(own.map((wish, offset) => [index + offset, column + wish])),
  };
}

function anglesOf(operation: Operation): GateOperationParameters {
  if (operation.kind === 'gate') return operation.parameters;
  return operation.kind === 'if'
    ? [...operation.body, ...operation.otherwise].flatMap(anglesOf)
    : [];
}

type GateOperationParameters = Extract<Operation, { kind: 'gate' }>['parameters'];

/** How often a block stands beside itself: further copies, upwards and to the left where negative. */
export interface ArrayShape {
  readonly wires: number;
  readonly columns: number;
}

/** Wires and columns that operations take up: the step from one copy to the next. */
export function extentOf(circuit: Circuit, indices: readonly number[]): ArrayShape {
  const moments = columnsOf(circuit);
  const rows = indices.flatMap((index) => qubitsOf(circuit.operations[index] as Operation));
  const columns = indices.map((index) => moments[index] as number);
  return { wires: spread(rows), columns: spread(columns) };
}

/** How many further copies fit into a drag of so many rows and columns. */
export function shapeOfDrag(extent: ArrayShape, rows: number, columns: number): ArrayShape {
  return {
    wires: Math.trunc(rows / extent.wires),
    columns: Math.trunc(columns / extent.columns),
  };
}

function spread(values: readonly number[]): number {
  return values.length === 0 ? 1 : Math.max(...values) - Math.min(...values) + 1;
}

const mostOperations = 10_000;

/** Repeats a block over wires and columns as an array, the block itself in its corner. */
export function planArray(
  circuit: Circuit,
  indices: readonly number[],
  shape: ArrayShape,
): Plan | { readonly refusal: string } {
  const block = indices.flatMap((index) => circuit.operations[index] ?? []);
  const count = (1 + Math.abs(shape.wires)) * (1 + Math.abs(shape.columns)) * block.length;
  if (count > mostOperations) {
    return { refusal: `That would be ${count} operations; at most ${mostOperations} are made.` };
  }
  const step = extentOf(circuit, indices).wires * Math.sign(shape.wires);
  const rowsOfCopies = Array.from({ length: Math.abs(shape.wires) }, (_, k) =>
    block.flatMap((one) => shiftedBy(circuit, one, (k + 1) * step) ?? []),
  );
  if (rowsOfCopies.some((copy) => copy.length < block.length)) {
    return { refusal: 'There are not that many wires. Add some first, or make fewer copies.' };
  }
  return joined(circuit, indices, block, rowsOfCopies.flat(), shape.columns);
}

function joined(
  circuit: Circuit,
  indices: readonly number[],
  block: readonly Operation[],
  beside: readonly Operation[],
  columns: number,
): Plan {
  const moments = columnsOf(circuit);
  const taken = indices.map((index) => moments[index] as number);
  const edits: CircuitEdit[] = [];
  let [selected, current] = [indices, circuit];
  const insert = (index: number, operations: readonly Operation[]): void => {
    if (operations.length === 0) return;
    const edit: CircuitEdit = { kind: 'insert', index, operations };
    edits.push(edit);
    current = applyEdit(current, edit).circuit;
    selected = [
      ...selected.map((one) => (one >= index ? one + operations.length : one)),
      ...operations.map((_, offset) => index + offset),
    ].toSorted((a, b) => a - b);
  };
  if (beside.length > 0) {
    insert(insertionIndex(current, beside.flatMap(qubitsOf), Math.min(...taken)), beside);
  }
  const all = [...block.flatMap((one) => shiftedBy(circuit, one, 0) ?? []), ...beside];
  const repeated = Array.from({ length: Math.abs(columns) }, () => all).flat();
  const behind = insertionIndex(current, all.flatMap(qubitsOf), Math.max(...taken) + 1);
  insert(
    columns < 0 ? Math.min(...selected) : Math.max(behind, ...selected.map((i) => i + 1)),
    repeated,
  );
  return { edits, selection: selected };
}
