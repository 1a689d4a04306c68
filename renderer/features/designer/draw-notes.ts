import type { Note } from '#renderer/lib/workspace/notes.ts';
import type { Colours } from './colours.ts';
import { columnCentre, columnLeft, type Layout, metrics, rowCentre } from './layout.ts';

const height = 13;
const widest = 118;
const padding = 5;
const wordsFromZoom = 0.5;

/** Notes as slips of paper: above their gate, or at the top of their column. */
export function drawNotes(
  context: CanvasRenderingContext2D,
  layout: Layout,
  notes: readonly Note[],
  [left, right]: readonly [number, number],
  zoom: number,
  colours: Colours,
): void {
  if (notes.length === 0) return;
  context.save();
  context.font = `500 9.5px ${colours.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const note of notes) {
    const x = columnCentre(layout, note.column);
    if (x < left - widest || x > right + widest) continue;
    const glyph = layout.glyphs[note.index];
    const onGlyph = note.kind === 'note' && glyph !== undefined;
    const y = onGlyph ? rowCentre(glyph.top) - metrics.rowHeight / 2 : metrics.numbers + height / 2;
    const edge = columnLeft(layout, note.column) + 2;
    const middle = onGlyph ? x : Number.NEGATIVE_INFINITY;
    drawSlip(context, zoom < wordsFromZoom ? '' : note.text, { middle, y, edge }, colours);
  }
  context.restore();
}

/** Around `middle` as far as it does not begin before `edge`, where the names of the wires may be. */
function drawSlip(
  context: CanvasRenderingContext2D,
  text: string,
  { middle, y, edge }: { readonly middle: number; readonly y: number; readonly edge: number },
  colours: Colours,
): void {
  const words = shortened(context, text.split('\n')[0] ?? '', widest - 2 * padding);
  const width = Math.max(height, context.measureText(words).width + 2 * padding);
  const left = Math.max(edge, middle - width / 2);
  context.beginPath();
  context.roundRect(left, y - height / 2, width, height, 3);
  context.fillStyle = colours.note;
  context.fill();
  context.strokeStyle = colours.warn;
  context.lineWidth = 0.75;
  context.stroke();
  context.fillStyle = colours.warn;
  context.fillText(words, left + padding, y + 0.5);
}

function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let end = text.length - 1;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > room) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
