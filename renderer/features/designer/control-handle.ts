import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import type { Colours } from './colours.ts';
import type { Point } from './hit.ts';
import { columnCentre, type Layout, metrics, rowCentre } from './layout.ts';

const radius = 5;
const reach = 9;

/** The handle from which a control is dragged to a wire. */
export interface ControlHandle extends Point {
  /** In `circuit.operations`. */
  readonly index: number;
}

/** Right below the gate in hand; null where no single gate that can be controlled is. */
export function handleOf(document: OpenDocument, layout: Layout): ControlHandle | null {
  const [index, ...more] = document.selection;
  if (index === undefined || more.length > 0 || layout.qubitCount < 2) return null;
  const operation = document.drawn.operations[index];
  const glyph = layout.glyphs[index];
  const isPlain = operation?.kind === 'gate' && operation.origin?.inside === undefined;
  if (!isPlain || glyph === undefined || glyph.frame !== undefined) return null;
  return {
    index,
    x: columnCentre(layout, glyph.column),
    y: rowCentre(glyph.bottom) + metrics.rowHeight / 2,
  };
}

/** The gate whose handle lies under a world point; null for none. */
export function handleAt(document: OpenDocument, layout: Layout, at: Point): number | null {
  const handle = handleOf(document, layout);
  if (handle === null || Math.hypot(at.x - handle.x, at.y - handle.y) > reach) return null;
  return handle.index;
}

/** A dot with a plus in it. */
export function drawHandle(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  colours: Colours,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.accent;
  context.fill();
  context.strokeStyle = colours.surface;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 2.5, y);
  context.lineTo(x + 2.5, y);
  context.moveTo(x, y - 2.5);
  context.lineTo(x, y + 2.5);
  context.stroke();
}
