import { nameOfIndex } from '#shared/circuit/circuit.ts';
import { announce } from '#renderer/lib/notices.ts';
import { displayedOperation, withDisplay } from '#renderer/lib/workspace/displays.ts';
import type { DisplayKind } from '#renderer/lib/workspace/marks.ts';
import { isStale, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { activeDocument, changeMarks } from '#renderer/lib/workspace/workspace-store.ts';
import { useDesigner } from './designer-store.ts';
import { displayTitles } from './display-content.ts';
import { columnLeft, rowCentre } from './layout.ts';
import { designerTarget } from './hand.ts';
import { toScreen } from './viewport.ts';

/** Asks what to show of the state on a wire behind a column, whether it has a gate there or not; the cursor's without a place. */
export function askForDisplay(place?: { readonly row: number; readonly column: number }): void {
  const document = activeDocument();
  const target = designerTarget();
  if (document === null || target === null || isStale(document)) return;
  const { cursor, viewport } = useDesigner.getState();
  const { row, column } = place ?? cursor;
  if (row >= target.layout.qubitCount) {
    announce('Displays look at qubits. Choose the wire of one.');
    return;
  }
  const index = anchorFor(document, row, column);
  if (index === null) return;
  const frame = window.document.querySelector('[data-designer]')?.getBoundingClientRect();
  const at = toScreen(viewport, {
    x: columnLeft(target.layout, column) + 10,
    y: rowCentre(row) + 20,
  });
  useDesigner.setState({
    displayMenu: { at: { x: (frame?.left ?? 0) + at.x, y: (frame?.top ?? 0) + at.y }, index, row },
  });
}

/** The operation that a display there holds on to; null, with the reason told, where there is none. */
function anchorFor(document: OpenDocument, row: number, column: number): number | null {
  const index = displayedOperation(document, row, column);
  if (index === null) {
    announce('The circuit begins later: every wire is |0⟩ here. Put a gate in front first.');
  }
  return index;
}

/** Puts a display of the palette on a wire behind a column. */
export function placeDisplay(
  show: DisplayKind,
  { row, column }: { readonly row: number; readonly column: number },
): void {
  const document = activeDocument();
  if (document === null || isStale(document)) return;
  const index = anchorFor(document, row, column);
  if (index !== null) showDisplay(index, row, show);
}

/** Shows the state on a wire behind an operation in the drawing, or (null) no more. */
export function showDisplay(index: number, row: number, show: DisplayKind | null): void {
  const document = activeDocument();
  if (document === null) return;
  const wire = nameOfIndex(document.drawn.qubitRegisters, row);
  const label =
    show === null ? `No display on ${wire} any more.` : `${displayTitles[show]} shown on ${wire}.`;
  changeMarks(() => withDisplay(document, index, row, show), label);
}
