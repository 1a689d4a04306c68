import { qubitsOf } from '#shared/circuit/circuit.ts';
import { countOf } from '#renderer/lib/format.ts';
import { announce } from '#renderer/lib/notices.ts';
import { select } from '#renderer/lib/workspace/workspace-store.ts';
import { useDesigner } from './designer-store.ts';
import { indicesBetween } from './hit.ts';
import {
  type ArrayShape,
  clippingOf,
  extentOf,
  planArray,
  planPaste,
  shapeOfDrag,
} from './plan-copies.ts';
import { attempt, carryOut, designerTarget, indicesInHand, showCell } from './hand.ts';

export function copyInHand(): void {
  const target = designerTarget();
  if (target === null) return;
  const operations = indicesInHand().flatMap((index) => target.circuit.operations[index] ?? []);
  if (operations.length === 0) return;
  useDesigner.setState({ clipboard: clippingOf(target.circuit, operations) });
  announce(operations.length === 1 ? 'Copied.' : `${operations.length} operations copied.`);
}

/** Puts the clipboard at the cursor: its topmost wire on the cursor's wire. */
export function paste(): void {
  const target = designerTarget();
  const { clipboard, cursor } = useDesigner.getState();
  if (target === null || clipboard.operations.length === 0) return;
  const top = Math.min(...clipboard.operations.flatMap(qubitsOf));
  attempt(() =>
    carryOut(
      planPaste(target.circuit, clipboard, cursor.row - top, cursor.column, target.columns),
      `${countOf(clipboard.operations.length, 'operation')} pasted.`,
    ),
  );
}

/** A copy of operations so many rows and columns from where they stand. */
export function copyBy(indices: readonly number[], rows: number, columns: number): void {
  const target = designerTarget();
  if (target === null || indices.length === 0) return;
  const operations = indices.flatMap((index) => target.circuit.operations[index] ?? []);
  const first = Math.min(...indices.map((index) => target.layout.glyphs[index]?.column ?? 0));
  const clipping = clippingOf(target.circuit, operations);
  const column = Math.max(0, first + columns);
  carryOut(planPaste(target.circuit, clipping, rows, column, target.columns), 'Duplicated.');
}

export function duplicateInHand(): void {
  copyBy(indicesInHand(), 0, 1);
}

/** Copies all the way to where a drag went, one block beside the other. */
export function fillTo(indices: readonly number[], rows: number, columns: number): void {
  const target = designerTarget();
  if (target === null || indices.length === 0) return;
  makeArray(indices, shapeOfDrag(extentOf(target.circuit, indices), rows, columns));
}

export function makeArray(indices: readonly number[], shape: ArrayShape): boolean {
  const target = designerTarget();
  if (target === null || (shape.wires === 0 && shape.columns === 0)) return false;
  const plan = planArray(target.circuit, indices, shape);
  const count = 'refusal' in plan ? 0 : plan.selection.length;
  return carryOut(plan, `Replicated: ${countOf(count, 'operation')}.`);
}

export function askForArray(): void {
  const indices = indicesInHand();
  if (indices.length === 0) announce('Select what is to be replicated.');
  else useDesigner.setState({ dialog: { kind: 'array', indices } });
}

/** Selects the cursor's column, then one column more or less with each call. */
export function extendRange(by: number): void {
  const target = designerTarget();
  if (target === null) return;
  const { rangeFrom, cursor } = useDesigner.getState();
  const last = Math.max(0, target.layout.columnCount - 1);
  const column =
    rangeFrom === null ? cursor.column : Math.min(Math.max(cursor.column + by, 0), last);
  const from = rangeFrom ?? column;
  useDesigner.setState({ rangeFrom: from, cursor: { ...cursor, column } });
  const bottom = target.layout.rows.length - 1;
  const inside = indicesBetween(target.layout, { row: 0, column: from }, { row: bottom, column });
  select(inside);
  showCell({ row: cursor.row, column });
  const [first, end] = [Math.min(from, column) + 1, Math.max(from, column) + 1];
  const columns = first === end ? `Column ${first}` : `Columns ${first} to ${end}`;
  announce(`${columns}, ${countOf(inside.length, 'operation')} selected.`);
}
