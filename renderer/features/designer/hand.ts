import { partMembers } from '#shared/circuit/blocks.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { announce, notify, notifyError } from '#renderer/lib/notices.ts';
import { drawnColumns } from '#renderer/lib/workspace/columns.ts';
import { activeDocument, changeCircuit } from '#renderer/lib/workspace/workspace-store.ts';
import { layoutFor, useDesigner } from './designer-store.ts';
import { glyphTouching } from './hit.ts';
import { columnLeft, type Layout, metrics, rowCentre } from './layout.ts';
import type { Cell, Plan } from './plan.ts';
import { reveal } from './viewport.ts';

interface Target {
  readonly circuit: Circuit;
  readonly layout: Layout;
  readonly selection: readonly number[];
  /** Columns of the operations where they are not the leftmost ones. */
  readonly columns?: readonly number[];
}

/** The circuit that is drawn now; null where none is open. */
export function designerTarget(): Target | null {
  const document = activeDocument();
  if (document === null) return null;
  const { drawn, selection, beside } = document;
  const columns = beside.view === 'left' ? {} : { columns: drawnColumns(document).columns };
  return { circuit: drawn, layout: layoutFor(drawn), selection, ...columns };
}

/** Makes the edits of a plan; false, with the reason told, where there is none. */
export function carryOut(plan: Plan | { readonly refusal: string } | null, label: string): boolean {
  if (plan === null) {
    announce('There is no room there.');
    return false;
  }
  if ('refusal' in plan) {
    notify('warning', plan.refusal);
    return false;
  }
  return changeCircuit(plan.edits, label, plan.selection, plan);
}

/** What an edit by key applies to: the selection, else what stands under the cursor. */
export function indicesInHand(): readonly number[] {
  const target = designerTarget();
  if (target === null) return [];
  if (target.selection.length > 0) return target.selection;
  const { cursor } = useDesigner.getState();
  const glyph = glyphTouching(target.circuit, target.layout, cursor);
  return glyph === undefined ? [] : partMembers(target.circuit, glyph.index);
}

/** Does the work; false, with the reason told, where it throws. */
export function attempt(work: () => boolean): boolean {
  try {
    return work();
  } catch (thrown) {
    notifyError(thrown);
    return false;
  }
}

/** Moves the view just far enough that a cell is seen. */
export function showCell(cell: Cell): void {
  const target = designerTarget();
  if (target === null) return;
  const box = {
    left: columnLeft(target.layout, cell.column),
    right: columnLeft(target.layout, cell.column + 1),
    top: rowCentre(cell.row) - metrics.rowHeight / 2 - metrics.top,
    bottom: rowCentre(cell.row) + metrics.rowHeight / 2,
  };
  useDesigner.setState(({ viewport, size }) => ({
    viewport: reveal(viewport, box, size, metrics.left),
  }));
}
