import type { Colours } from './colours.ts';
import { metrics, rowCentre } from './layout.ts';
import type { Size, Viewport } from './viewport.ts';

/** A wire that is dragged by its name: from its row to another. */
export interface WireDrag {
  readonly from: number;
  readonly to: number;
}

/** CSS pixels at the left edge that hold the names of the wires. */
export function gutterOf(viewport: Viewport): number {
  return (metrics.left - 16) * Math.min(viewport.zoom, 1);
}

/** The dragged wire as a band, and a line where it will stand. */
export function drawWireDrag(
  context: CanvasRenderingContext2D,
  viewport: Viewport,
  size: Size,
  { from, to }: WireDrag,
  colours: Colours,
): void {
  const height = metrics.rowHeight * viewport.zoom;
  const top = (row: number): number =>
    (rowCentre(row) - metrics.rowHeight / 2 - viewport.y) * viewport.zoom;
  context.save();
  context.fillStyle = colours.accentSoft;
  context.globalAlpha = 0.55;
  context.fillRect(0, top(from), size.width, height);
  context.globalAlpha = 1;
  if (to !== from) {
    context.fillStyle = colours.accent;
    context.fillRect(0, top(to > from ? to + 1 : to) - 1.5, size.width, 3);
  }
  context.restore();
}
