import { finish } from './actions.ts';
import { placeAtPoint } from './block-actions.ts';
import { focusGrid, useDesigner } from './designer-store.ts';
import { type Gesture, idle, outcomeOf } from './gestures.ts';
import { hitAt, type Point } from './hit.ts';
import type { PaletteItem } from './palette-items.ts';
import { toWorld } from './viewport.ts';
import { designerTarget } from './hand.ts';

const dragThreshold = 4;

/** Follows the pointer from the palette to the wires, wherever it goes in the window. */
export function startPlacing(item: PaletteItem, from: Point): void {
  const listeners = new AbortController();
  const { signal } = listeners;
  const stop = (): void => {
    listeners.abort();
    useDesigner.setState({ gesture: idle });
  };
  const onMove = (event: PointerEvent): void => {
    const pointer = { x: event.clientX, y: event.clientY };
    const { gesture } = useDesigner.getState();
    const moved = Math.hypot(pointer.x - from.x, pointer.y - from.y);
    if (gesture.kind !== 'placing' && moved < dragThreshold) return;
    useDesigner.setState({ gesture: { kind: 'placing', item, pointer, to: cellUnder(pointer) } });
  };
  const onUp = (): void => {
    const { gesture } = useDesigner.getState();
    listeners.abort();
    if (gesture.kind !== 'placing') return;
    // The click that follows the release still sees the gesture, so that it places nothing.
    // By then the next press may have begun a gesture of its own.
    setTimeout(() => {
      useDesigner.setState((state) => (state.gesture === gesture ? { gesture: idle } : state));
    }, 0);
    if (!placedInBlock(gesture)) finish(outcomeOf(gesture));
    if (gesture.to !== null) focusGrid();
  };
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', stop, { signal });
  window.addEventListener('keydown', (event) => event.key === 'Escape' && stop(), { signal });
}

/** Whether the pointer let go over an open block, which then took the gate. */
function placedInBlock({ item, pointer, to }: Gesture & { kind: 'placing' }): boolean {
  const hit = hitUnder(pointer);
  if (to === null || hit?.glyph?.frame === undefined) return false;
  return placeAtPoint(item, to, hit.glyph, hit.at);
}

function cellUnder(pointer: Point) {
  const found = hitUnder(pointer);
  return found === null
    ? null
    : { row: Math.min(found.cell.row, found.qubitCount - 1), column: found.cell.column };
}

function hitUnder(pointer: Point) {
  const target = designerTarget();
  const frame = document.querySelector('[data-designer]');
  if (target === null || frame === null) return null;
  const box = frame.getBoundingClientRect();
  const inside =
    pointer.x >= box.left &&
    pointer.x < box.right &&
    pointer.y >= box.top &&
    pointer.y < box.bottom;
  if (!inside) return null;
  const { viewport } = useDesigner.getState();
  const world = toWorld(viewport, { x: pointer.x - box.left, y: pointer.y - box.top });
  return { ...hitAt(target.layout, world), at: world, qubitCount: target.layout.qubitCount };
}
