import { partMembers } from '#shared/circuit/blocks.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { activeDocument, select } from '#renderer/lib/workspace/workspace-store.ts';
import { useDesigner } from './designer-store.ts';
import { hasFieldsInHand } from './actions.ts';
import { designerTarget, indicesInHand, showCell } from './hand.ts';
import { glyphTouching } from './hit.ts';
import { columnCentre, rowCentre } from './layout.ts';
import { toScreen } from './viewport.ts';

/** The menu of the right button at the keyboard's cursor. */
export function openMenuAtCursor(): void {
  const target = designerTarget();
  const frame = document.querySelector('[data-designer]');
  if (target === null || frame === null) return;
  const { cursor } = useDesigner.getState();
  showCell(cursor);
  const glyph = glyphTouching(target.circuit, target.layout, cursor);
  const index = glyph?.index;
  if (index !== undefined && activeDocument()?.selection.includes(index) !== true) {
    select(partMembers(target.circuit, index));
  }
  const box = frame.getBoundingClientRect();
  const { x, y } = toScreen(useDesigner.getState().viewport, {
    x: columnCentre(target.layout, cursor.column),
    y: rowCentre(cursor.row),
  });
  const hasHand = index !== undefined || target.selection.length > 0;
  useDesigner.setState({
    menu: { at: { x: box.left + x, y: box.top + y }, on: hasHand ? 'operation' : 'wire' },
  });
}

/** What each entry of the menu needs; one that is not named always applies. */
const needs: Readonly<Record<string, () => boolean>> = {
  edit: hasFieldsInHand,
  fold: hasBlockInHand,
  paste: () => useDesigner.getState().clipboard.operations.length > 0,
  group: () => operationsInHand().every(({ kind }) => kind === 'gate' || kind === 'barrier'),
  ungroup: hasOwnGateInHand,
  keep: hasOwnGateInHand,
};

/** Whether an entry of the menu does something with what is in hand. */
export function appliesNow(name: string): boolean {
  return needs[name]?.() ?? true;
}

function operationsInHand(): readonly Operation[] {
  const circuit = designerTarget()?.circuit;
  return indicesInHand().flatMap((index) => circuit?.operations[index] ?? []);
}

function hasBlockInHand(): boolean {
  const target = designerTarget();
  const [index] = indicesInHand();
  return target !== null && target.layout.glyphs[index ?? -1]?.block !== undefined;
}

function hasOwnGateInHand(): boolean {
  const circuit = designerTarget()?.circuit;
  const [operation] = operationsInHand();
  return (
    operation?.kind === 'gate' &&
    circuit?.definitions.some(({ name }) => name === operation.gate) === true
  );
}
