import type { Colours } from './colours.ts';
import { columnAt, columnLeft, type Layout, metrics } from './layout.ts';

const numbersFromZoom = 0.7;

/** Lines between the layers of the schedule, and the number of each layer or column above it. */
export function drawColumnMarks(
  context: CanvasRenderingContext2D,
  layout: Layout,
  [left, right]: readonly [number, number],
  zoom: number,
  colours: Colours,
): void {
  const starts = layout.layerStarts ?? [];
  const bottom = metrics.top + layout.qubitCount * metrics.rowHeight;
  context.save();
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  const isSeen = (x: number): boolean => x >= left && x <= right;
  for (const start of starts.slice(1)) {
    const x = columnLeft(layout, start);
    if (!isSeen(x)) continue;
    context.beginPath();
    context.moveTo(x, 2);
    context.lineTo(x, bottom);
    context.stroke();
  }
  context.setLineDash([]);
  if (zoom >= numbersFromZoom) {
    context.fillStyle = colours.faint;
    context.font = `9px ${colours.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const [text, from, to] of numbersOf(layout, left, right)) {
      const x = (columnLeft(layout, from) + columnLeft(layout, to)) / 2;
      if (isSeen(x)) context.fillText(text, x, metrics.numbers / 2 + 1);
    }
  }
  context.restore();
}

/** What stands above columns `from` up to `to`, as far as it is seen. */
function* numbersOf(
  layout: Layout,
  left: number,
  right: number,
): Generator<readonly [string, number, number]> {
  const starts = layout.layerStarts ?? [];
  for (const [i, start] of starts.entries()) {
    yield [`layer ${i + 1}`, start, starts[i + 1] ?? layout.columnCount];
  }
  if (starts.length > 0) return;
  const last = Math.min(columnAt(layout, right), layout.columnCount - 1);
  for (let column = columnAt(layout, left); column <= last; column++) {
    yield [String(column + 1), column, column + 1];
  }
}
