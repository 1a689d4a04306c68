import { type MouseEvent, type PointerEvent } from 'react';
import { partMembers } from '#shared/circuit/blocks.ts';
import { displaysOf } from '#renderer/lib/workspace/displays.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { select } from '#renderer/lib/workspace/workspace-store.ts';
import { editInHand, finish } from './actions.ts';
import { takeInside } from './block-actions.ts';
import { displayAt } from './draw-displays.ts';
import { handleAt } from './control-handle.ts';
import { focusGrid, useDesigner } from './designer-store.ts';
import { gutterOf } from './draw-wires.ts';
import { type Copies, dragTo, type Gesture, idle, outcomeOf } from './gestures.ts';
import { hitAt, type Point } from './hit.ts';
import { type Layout, metrics, rowAt, rowCentre } from './layout.ts';
import type { Cell } from './plan.ts';
import { panBy, type Size, toWorld } from './viewport.ts';
import { askRegisterName } from './wire-actions.ts';

/** A pointer that lies still after an edit or a key asks for nothing: it has to move so far first. */
const wakesAfter = 24;
let pointerAt: Point = { x: 0, y: 0 };
let quietAt: Point | null = null;

/** Takes the card of what is under the pointer away until the pointer moves on purpose. */
export function quietPointer(): void {
  quietAt = pointerAt;
  if (useDesigner.getState().hover !== null) useDesigner.setState({ hover: null });
}

function isQuiet(at: Point): boolean {
  if (quietAt === null || Math.hypot(at.x - quietAt.x, at.y - quietAt.y) < wakesAfter) {
    return quietAt !== null;
  }
  quietAt = null;
  return false;
}

function pointOf(event: MouseEvent<HTMLElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

export function press(
  event: PointerEvent<HTMLElement>,
  layout: Layout,
  document: OpenDocument,
): void {
  const at = pointOf(event);
  if (event.button === 1) {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    useDesigner.setState({ gesture: { kind: 'panning', at } });
    return;
  }
  if (event.button !== 0) return;
  event.currentTarget.setPointerCapture(event.pointerId);
  const wire = wireNamedAt(event, layout);
  if (wire !== null) {
    if (wire.row >= layout.qubitCount) return;
    select([]);
    useDesigner.setState({ gesture: { kind: 'wire', from: wire.row, to: wire } });
    return;
  }
  const world = toWorld(useDesigner.getState().viewport, at);
  const hit = hitAt(layout, world);
  const adds = event.shiftKey || event.ctrlKey || event.metaKey;
  if (world.y < metrics.top) {
    pressColumn(hit.cell.column, layout, adds);
    return;
  }
  const display = displayAt(layout, displaysOf(document), world);
  if (display !== null) {
    const cell = { row: display.qubit, column: display.column };
    useDesigner.setState({ gesture: { kind: 'display', at: cell } });
    return;
  }
  const handle = handleAt(document, layout, world);
  if (handle !== null) {
    useDesigner.setState({ gesture: { kind: 'control', index: handle, to: hit.cell } });
    return;
  }
  const index = hit.glyph?.index;
  const wasSelected = index !== undefined && document.selection.includes(index);
  // A drag of something that is not selected takes that alone.
  if (index !== undefined && !adds && !document.selection.includes(index)) {
    select(partMembers(document.drawn, index));
  }
  useDesigner.setState({
    gesture: { kind: 'pressing', at, hit, adds, copies: copiesOf(event), wasSelected },
  });
}

/** A press above the wires takes whole columns. */
function pressColumn(column: number, layout: Layout, adds: boolean): void {
  const from = { row: 0, column };
  const to = { row: layout.rows.length - 1, column };
  useDesigner.setState({ gesture: { kind: 'rubber', from, to, adds, isWhole: true } });
}

function copiesOf(event: PointerEvent): Copies {
  if (event.altKey) return 'row';
  return event.ctrlKey || event.metaKey ? 'one' : 'none';
}

/** The cell of the name under the pointer; null where the pointer is over the wires themselves. */
function wireNamedAt(event: MouseEvent<HTMLElement>, layout: Layout): Cell | null {
  const { viewport } = useDesigner.getState();
  const at = pointOf(event);
  const y = toWorld(viewport, at).y;
  const end = metrics.top + layout.rows.length * metrics.rowHeight;
  if (at.x >= gutterOf(viewport) || y < metrics.top || y > end) return null;
  return { row: rowAt(layout, y), column: 0 };
}

export function openEditor(event: MouseEvent<HTMLElement>, layout: Layout): void {
  const wire = wireNamedAt(event, layout);
  if (wire === null) editInHand();
  else askRegisterName(wire.row);
}

export function openMenu(
  event: MouseEvent<HTMLElement>,
  layout: Layout,
  document: OpenDocument,
): void {
  event.preventDefault();
  const hit = hitAt(layout, toWorld(useDesigner.getState().viewport, pointOf(event)));
  const onLabel = wireNamedAt(event, layout) !== null;
  const index = onLabel ? undefined : hit.glyph?.index;
  if (index !== undefined && !document.selection.includes(index)) {
    select(partMembers(document.drawn, index));
  }
  takeInside(hit);
  const on = onLabel ? 'label' : index === undefined ? 'wire' : 'operation';
  useDesigner.setState({
    cursor: { row: Math.min(hit.cell.row, layout.qubitCount - 1), column: hit.cell.column },
    menu: { at: { x: event.clientX, y: event.clientY }, on },
  });
}

export function move(
  event: PointerEvent<HTMLElement>,
  layout: Layout,
  document: OpenDocument,
): void {
  const { gesture, viewport, size, hover } = useDesigner.getState();
  const at = pointOf(event);
  pointerAt = at;
  const world = toWorld(viewport, at);
  const hit = hitAt(layout, world);
  if (gesture.kind === 'idle') {
    const isName = wireNamedAt(event, layout) !== null;
    const isHandle = !isName && handleAt(document, layout, world) !== null;
    event.currentTarget.style.cursor = isName || isHandle ? 'grab' : '';
    const next = isName || isQuiet(at) ? null : (hit.glyph?.index ?? null);
    if (next !== hover) useDesigner.setState({ hover: next });
    return;
  }
  if (gesture.kind === 'placing') return;
  if (gesture.kind === 'panning') {
    const delta = { x: gesture.at.x - at.x, y: gesture.at.y - at.y };
    useDesigner.setState({ viewport: panBy(viewport, delta, layout, size) });
  }
  const isGroup = document.selection.length > 1;
  const isOut = isOutside(at, size) || (gesture.kind === 'leg' && isBesideWires(world, layout));
  const next = dragTo(gesture, at, isOut ? null : hit.cell, isGroup);
  event.currentTarget.style.cursor = isOut && removes(next) ? 'no-drop' : '';
  // With Ctrl a press may also add to the selection: only now it is a drag of what was pressed.
  const pressed = gesture.kind === 'pressing' ? gesture.hit.glyph?.index : undefined;
  if (next.kind === 'moving' && pressed !== undefined && !document.selection.includes(pressed)) {
    select([pressed]);
  }
  useDesigner.setState({ gesture: next });
}

function isOutside(at: Point, size: Size): boolean {
  return at.x < 0 || at.y < 0 || at.x > size.width || at.y > size.height;
}

/** Above the first or well below the last qubit: where no control can be. */
function isBesideWires({ y }: Point, layout: Layout): boolean {
  return y < 0 || y > rowCentre(layout.qubitCount - 1) + metrics.rowHeight;
}

function removes(gesture: Gesture): boolean {
  return gesture.kind === 'leg' || (gesture.kind === 'moving' && gesture.copies === 'none');
}

export function release(): void {
  const { gesture } = useDesigner.getState();
  if (gesture.kind === 'placing' || gesture.kind === 'idle') return;
  focusGrid();
  useDesigner.setState({ gesture: idle });
  finish(outcomeOf(gesture));
}
