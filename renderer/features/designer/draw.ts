import { shortName } from '#renderer/lib/wire-name.ts';
import type { Colours } from './colours.ts';
import { outlineFrame, outlineInside } from './draw-frame.ts';
import { drawRunMarks, type RunMarks } from './draw-run.ts';
import { drawGlyph, drawGlyphPlain } from './draw-glyph.ts';
import { drawColumnMarks } from './draw-columns.ts';
import { drawHandle } from './control-handle.ts';
import { drawWireDrag, gutterOf, type WireDrag } from './draw-wires.ts';
import {
  columnAt,
  columnCentre,
  columnLeft,
  type Glyph,
  type Layout,
  metrics,
  rowCentre,
} from './layout.ts';
import type { Cell } from './plan.ts';
import type { Point } from './hit.ts';
import type { Size, Viewport } from './viewport.ts';

/** What lies over the circuit while it is edited. */
export interface Overlay {
  readonly selection: readonly number[];
  /** The statement inside the selected block that is in hand. */
  readonly inner: { readonly start: number } | null;
  readonly hover: number | null;
  /** The keyboard's place, drawn while the canvas has focus. */
  readonly cursor: Cell | null;
  /** Wires that were marked as controls of the next gate. */
  readonly marks: readonly number[];
  /** Where something would land: its rows in a column. */
  readonly ghost: {
    readonly rows: readonly number[];
    readonly column: number;
    /** Left out = the one column only. */
    readonly lastColumn?: number;
    readonly text: string;
  } | null;
  readonly run: RunMarks;
  /** How many columns the views have run; null = all. */
  readonly step: number | null;
  readonly rubber: { readonly from: Cell; readonly to: Cell } | null;
  readonly wire: WireDrag | null;
  /** Of the gate in hand, while nothing is dragged. */
  readonly handle: Point | null;
  /** What the chosen device does not do as it stands, by operation. */
  readonly faults: ReadonlyMap<number, 'obstacle' | 'compiled'>;
}

const detailFromZoom = 0.5;

/** Draws wires and gates of the visible columns only. */
export function drawCircuit(
  context: CanvasRenderingContext2D,
  layout: Layout,
  viewport: Viewport,
  size: Size,
  colours: Colours,
): void {
  const left = viewport.x;
  const right = viewport.x + size.width / viewport.zoom;
  inWorld(context, viewport, () => {
    drawWires(context, layout, Math.max(left, metrics.left - 8), right, colours);
    drawColumnMarks(context, layout, [left, right], viewport.zoom, colours);
    const first = Math.max(0, columnAt(layout, left) - 1);
    const last = Math.min(layout.columnCount - 1, columnAt(layout, right) + 1);
    const paint = viewport.zoom >= detailFromZoom ? drawGlyph : drawGlyphPlain;
    for (let column = first; column <= last; column++) {
      for (const glyph of layout.byColumn[column] ?? []) paint(context, layout, glyph, colours);
    }
  });
  drawLabels(context, layout, viewport, size, colours);
}

function inWorld(context: CanvasRenderingContext2D, viewport: Viewport, draw: () => void): void {
  context.save();
  context.scale(viewport.zoom, viewport.zoom);
  context.translate(-viewport.x, -viewport.y);
  draw();
  context.restore();
}

function drawWires(
  context: CanvasRenderingContext2D,
  layout: Layout,
  left: number,
  right: number,
  colours: Colours,
): void {
  context.lineWidth = 1;
  for (const [row, { kind }] of layout.rows.entries()) {
    const y = rowCentre(row);
    context.strokeStyle = kind === 'qubit' ? colours.wire : colours.bits;
    context.beginPath();
    for (const offset of kind === 'qubit' ? [0] : [-1.5, 1.5]) {
      context.moveTo(left, y + offset);
      context.lineTo(right, y + offset);
    }
    context.stroke();
  }
}

/** Names of the wires stay at the left edge while the circuit moves under them. */
function drawLabels(
  context: CanvasRenderingContext2D,
  layout: Layout,
  viewport: Viewport,
  size: Size,
  colours: Colours,
): void {
  const width = gutterOf(viewport);
  context.save();
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, width, size.height);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const fontSize = Math.max(8, Math.min(13, 13 * viewport.zoom));
  context.font = `500 ${fontSize}px ${colours.font}`;
  const rowPixels = metrics.rowHeight * viewport.zoom;
  const every = Math.max(1, Math.ceil((fontSize + 2) / rowPixels));
  for (const [row, { kind, label, size: bits }] of layout.rows.entries()) {
    if (row % every !== 0) continue;
    const y = (rowCentre(row) - viewport.y) * viewport.zoom;
    context.fillStyle = kind === 'qubit' ? colours.text : colours.faint;
    const text =
      kind === 'qubit'
        ? shortName(label, '[')
        : shortName(bits === 1 ? label : `${label}/${bits}`, '/');
    context.fillText(text, width - 6, y, width - 10);
  }
  context.restore();
}

/** Draws selection, cursor, ghost and rubber band. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  layout: Layout,
  viewport: Viewport,
  size: Size,
  overlay: Overlay,
  colours: Colours,
): void {
  inWorld(context, viewport, () => {
    const { hover, step } = overlay;
    drawFaults(context, layout, viewport, size, overlay.faults, colours);
    drawRunMarks(
      context,
      layout,
      overlay.run,
      [viewport.x, viewport.x + size.width / viewport.zoom],
      colours,
    );
    if (step !== null) drawStep(context, layout, step, colours);
    if (hover !== null) outline(context, layout, layout.glyphs[hover], colours, 0.45);
    for (const glyph of new Set(overlay.selection.map((index) => layout.glyphs[index]))) {
      outline(context, layout, glyph, colours, overlay.inner === null ? 1 : 0.35);
      if (glyph !== undefined && overlay.inner !== null) {
        outlineInside(glyph, overlay.inner, (inner, one) =>
          outline(context, inner, one, colours, 1),
        );
      }
    }
    if (overlay.cursor !== null) drawCursor(context, layout, overlay, colours);
    drawGhost(context, layout, overlay, colours);
    drawRubber(context, layout, overlay, colours);
    if (overlay.handle !== null) drawHandle(context, overlay.handle, colours);
  });
  if (overlay.wire !== null) drawWireDrag(context, viewport, size, overlay.wire, colours);
}

/** The worst fault of what a glyph stands for. */
function faultOf({ index, members = 1 }: Glyph, faults: Overlay['faults']) {
  const own = Array.from({ length: members }, (_, i) => faults.get(index + i));
  return own.includes('obstacle') ? 'obstacle' : own.find((fault) => fault !== undefined);
}

/** A corner mark on each visible gate that the device lacks: a filled triangle where it cannot run there. */
function drawFaults(
  context: CanvasRenderingContext2D,
  layout: Layout,
  viewport: Viewport,
  size: Size,
  faults: Overlay['faults'],
  colours: Colours,
): void {
  if (faults.size === 0) return;
  const first = Math.max(0, columnAt(layout, viewport.x) - 1);
  const last = columnAt(layout, viewport.x + size.width / viewport.zoom) + 1;
  for (let column = first; column <= Math.min(last, layout.columnCount - 1); column++) {
    for (const glyph of layout.byColumn[column] ?? []) {
      const fault = faultOf(glyph, faults);
      if (fault === undefined) continue;
      const right = columnCentre(layout, glyph.column) + Math.max(glyph.width, 24) / 2 + 3;
      const top = rowCentre(glyph.top) - metrics.boxHeight / 2 - 4;
      context.beginPath();
      context.moveTo(right - 11, top);
      context.lineTo(right, top);
      context.lineTo(right, top + 11);
      context.closePath();
      context.lineWidth = 1.5;
      context.strokeStyle = fault === 'obstacle' ? colours.bad : colours.warn;
      context.fillStyle = context.strokeStyle;
      if (fault === 'obstacle') context.fill();
      context.stroke();
    }
  }
}

/** Fades what has not run yet and draws the place as a line with a handle. */
function drawStep(
  context: CanvasRenderingContext2D,
  layout: Layout,
  step: number,
  colours: Colours,
): void {
  const x = columnLeft(layout, step);
  const right = columnLeft(layout, layout.columnCount);
  const bottom = metrics.top + layout.rows.length * metrics.rowHeight;
  context.globalAlpha = 0.62;
  context.fillStyle = colours.surface;
  context.fillRect(x, 0, right - x, bottom);
  context.globalAlpha = 1;
  context.fillStyle = colours.accent;
  context.fillRect(x - 1, 4, 2, bottom - 4);
  context.beginPath();
  context.moveTo(x - 6, 4);
  context.lineTo(x + 6, 4);
  context.lineTo(x, 12);
  context.fill();
}

function outline(
  context: CanvasRenderingContext2D,
  layout: Layout,
  glyph: Glyph | undefined,
  colours: Colours,
  alpha: number,
): void {
  if (glyph === undefined) return;
  if (glyph.frame !== undefined) {
    outlineFrame(context, glyph, glyph.frame, colours, alpha);
    return;
  }
  const lowest = glyph.link === null ? glyph.bottom : Math.min(glyph.bottom, layout.qubitCount - 1);
  const bottom = glyph.drawing.kind === 'measure' ? glyph.drawing.row : lowest;
  const width = Math.max(glyph.width, 24) + 8;
  const x = columnCentre(layout, glyph.column) - width / 2;
  const y = rowCentre(glyph.top) - metrics.boxHeight / 2 - 4;
  const height = rowCentre(bottom) - rowCentre(glyph.top) + metrics.boxHeight + 8;
  context.globalAlpha = alpha;
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(x, y, width, height, 7);
  context.stroke();
  context.globalAlpha = 1;
}

function drawCursor(
  context: CanvasRenderingContext2D,
  layout: Layout,
  overlay: Overlay,
  colours: Colours,
): void {
  const cursor = overlay.cursor;
  if (cursor === null) return;
  const left = columnLeft(layout, cursor.column) + 3;
  const width = columnLeft(layout, cursor.column + 1) - left - 3;
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.setLineDash([3, 3]);
  context.strokeRect(left, rowCentre(cursor.row) - 20, width, 40);
  context.setLineDash([]);
  context.fillStyle = colours.accent;
  for (const row of overlay.marks) {
    context.beginPath();
    context.arc(columnCentre(layout, cursor.column), rowCentre(row), 5, 0, 2 * Math.PI);
    context.fill();
  }
}

function drawGhost(
  context: CanvasRenderingContext2D,
  layout: Layout,
  { ghost }: Overlay,
  colours: Colours,
): void {
  if (ghost === null || ghost.rows.length === 0) return;
  const first = columnCentre(layout, ghost.column);
  const last = columnCentre(layout, ghost.lastColumn ?? ghost.column);
  const x = (first + last) / 2;
  const top = rowCentre(Math.min(...ghost.rows));
  const bottom = rowCentre(Math.max(...ghost.rows));
  const half = metrics.boxHeight / 2;
  context.globalAlpha = 0.85;
  context.fillStyle = colours.accentSoft;
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(
    first - half - 2,
    top - half,
    last - first + 2 * half + 4,
    bottom - top + 2 * half,
    5,
  );
  context.fill();
  context.stroke();
  context.globalAlpha = 1;
  context.fillStyle = colours.accent;
  context.font = `600 12px ${colours.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(ghost.text, x, (top + bottom) / 2);
}

function drawRubber(
  context: CanvasRenderingContext2D,
  layout: Layout,
  { rubber }: Overlay,
  colours: Colours,
): void {
  if (rubber === null) return;
  const [left, right] = sorted(rubber.from.column, rubber.to.column);
  const [top, bottom] = sorted(rubber.from.row, rubber.to.row);
  const x = columnLeft(layout, left);
  const y = rowCentre(top) - metrics.rowHeight / 2;
  context.globalAlpha = 0.3;
  context.fillStyle = colours.accentSoft;
  const width = columnLeft(layout, right + 1) - x;
  const height = (bottom - top + 1) * metrics.rowHeight;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  context.strokeRect(x, y, width, height);
}

function sorted(a: number, b: number): readonly [number, number] {
  return a < b ? [a, b] : [b, a];
}
