import type { TraceStep } from '#shared/qasm/trace.ts';
import type { Colours } from './colours.ts';
import { columnAt, columnCentre, type Glyph, type Layout, metrics, rowCentre } from './layout.ts';

/** What stepping through the program marks in the drawing. */
export interface RunMarks {
  /** Offsets of statements. */
  readonly breakpoints: ReadonlySet<number>;
  /** The statement that runs next. */
  readonly next: TraceStep | null;
}

/** Draws a dot at each statement with a breakpoint and a flag at the one that runs next. */
export function drawRunMarks(
  context: CanvasRenderingContext2D,
  layout: Layout,
  { breakpoints, next }: RunMarks,
  [left, right]: readonly [number, number],
  colours: Colours,
): void {
  if (breakpoints.size === 0 && next === null) return;
  const first = Math.max(0, columnAt(layout, left) - 1);
  const last = Math.min(columnAt(layout, right) + 1, layout.columnCount - 1);
  for (let column = first; column <= last; column++) {
    for (const glyph of layout.byColumn[column] ?? []) {
      mark(context, layout, glyph, { breakpoints, next }, colours);
    }
  }
}

function mark(
  context: CanvasRenderingContext2D,
  layout: Layout,
  glyph: Glyph,
  marks: RunMarks,
  colours: Colours,
): void {
  const { breakpoints, next } = marks;
  const start = glyph.place?.start ?? glyph.start;
  if (start !== undefined && breakpoints.has(start)) drawDot(context, layout, glyph, colours);
  if (next !== null && isNext(glyph, next)) drawFlag(context, layout, glyph, colours);
  for (const { inner } of glyph.frame?.ways ?? []) {
    for (const one of inner.glyphs) mark(context, inner, one, marks, colours);
  }
}

/** An open block is not marked itself: what runs next stands in it. */
function isNext({ frame, place, start, block }: Glyph, next: TraceStep): boolean {
  if (frame !== undefined) return false;
  if (place === undefined) return start === next.statement.start;
  const inBlock = block !== undefined && place.start <= next.start && next.start < place.end;
  if (place.start !== next.start && !inBlock) return false;
  return place.blocks.every(({ pass }, level) => {
    const passed = next.blocks[level]?.pass ?? '';
    return pass === passed || pass === '';
  });
}

/** Where in the drawing the statement stands that runs next, in world units; null where it is not drawn. */
export function boxOfNext(
  layout: Layout,
  next: TraceStep,
): { left: number; right: number; top: number; bottom: number } | null {
  for (const glyph of layout.glyphs) {
    if (isNext(glyph, next)) {
      const { x, y } = cornerOf(layout, glyph);
      const bottom = rowCentre(glyph.bottom) + metrics.boxHeight / 2;
      const right = x + Math.max(glyph.width, 24) + metrics.columnGap;
      return { left: x - metrics.columnGap, right, top: y - metrics.columnGap, bottom };
    }
    for (const { inner } of glyph.frame?.ways ?? []) {
      const box = boxOfNext(inner, next);
      if (box !== null) return box;
    }
  }
  return null;
}

function cornerOf(layout: Layout, glyph: Glyph): { x: number; y: number } {
  const width = Math.max(glyph.width, 24);
  return {
    x: columnCentre(layout, glyph.column) - width / 2,
    y: rowCentre(glyph.top) - metrics.boxHeight / 2,
  };
}

function drawDot(
  context: CanvasRenderingContext2D,
  layout: Layout,
  glyph: Glyph,
  colours: Colours,
): void {
  const { x, y } = cornerOf(layout, glyph);
  context.beginPath();
  context.arc(x, y - 1, 5, 0, 2 * Math.PI);
  context.fillStyle = colours.bad;
  context.fill();
  context.strokeStyle = colours.surface;
  context.lineWidth = 1.5;
  context.stroke();
}

function drawFlag(
  context: CanvasRenderingContext2D,
  layout: Layout,
  glyph: Glyph,
  colours: Colours,
): void {
  const { x, y } = cornerOf(layout, glyph);
  const width = Math.max(glyph.width, 24);
  const lowest =
    glyph.drawing.kind === 'measure'
      ? glyph.drawing.row
      : Math.min(glyph.bottom, layout.qubitCount - 1);
  const height = rowCentre(lowest) - rowCentre(glyph.top) + metrics.boxHeight;
  context.strokeStyle = colours.warn;
  context.lineWidth = 2.5;
  context.beginPath();
  context.roundRect(x - 4, y - 4, width + 8, height + 8, 7);
  context.stroke();
  context.fillStyle = colours.warn;
  context.beginPath();
  context.moveTo(x + width / 2 - 6, y - 12);
  context.lineTo(x + width / 2 + 6, y - 12);
  context.lineTo(x + width / 2, y - 5);
  context.fill();
}
