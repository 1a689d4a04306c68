import { partMembers } from '#shared/circuit/blocks.ts';
import { qubitsOf } from '#shared/circuit/circuit.ts';
import { announce } from '#renderer/lib/notices.ts';
import { activeDocument, select } from '#renderer/lib/workspace/workspace-store.ts';
import { focusGrid, layoutFor, useDesigner } from './designer-store.ts';
import { findIn } from './find.ts';
import { showCell } from './hand.ts';
import { nameOfOperation } from './labels.ts';

/** Asks what to look for in the circuit; what was looked for last is there again. */
export function openFind(): void {
  useDesigner.setState(({ find, lastFind }) => ({ find: find ?? lastFind }));
  // Where it is open already; else it takes the keyboard when it appears.
  const field = document.querySelector<HTMLInputElement>('[data-find]');
  field?.focus();
  field?.select();
}

export function closeFind(): void {
  useDesigner.setState(({ find, lastFind }) => ({ find: null, lastFind: find ?? lastFind }));
  focusGrid();
}

/** Selects what was found next after the selection, or before it; from the end on it begins again. */
export function goToFound(by: 1 | -1): void {
  const open = activeDocument();
  const { find, lastFind } = useDesigner.getState();
  if (open === null) return;
  const found = findIn(open, find ?? lastFind);
  if (found.length === 0) {
    announce('Nothing found.');
    return;
  }
  const at = found.indexOf(open.selection[0] ?? -1);
  const next = at < 0 ? (by > 0 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
  const index = found[next] as number;
  const operation = open.drawn.operations[index];
  if (operation === undefined) return;
  select(partMembers(open.drawn, index));
  const column = layoutFor(open.drawn).glyphs[index]?.column ?? 0;
  const row = Math.min(...qubitsOf(operation));
  const cell = { row: Number.isFinite(row) ? row : 0, column };
  useDesigner.setState({ cursor: cell });
  showCell(cell);
  announce(
    `${next + 1} of ${found.length}: ${nameOfOperation(open.drawn, operation)}, column ${column + 1}.`,
  );
}
