import { unreachable } from '#shared/base/assert.ts';
import type { Colours } from './colours.ts';
import { drawFrame, drawFramePlain } from './draw-frame.ts';
import type { LinkedRow } from '#shared/circuit/condition-rows.ts';
import type { Drawing, DrawnControl, Tone } from './gate-drawing.ts';
import { columnCentre, type Glyph, type Layout, metrics, rowCentre } from './layout.ts';

const half = metrics.boxHeight / 2;
const dotRadius = 4.5;
const plusRadius = 11;
const radius = 5;

/** Draws one glyph in world units. */
export function drawGlyph(
  context: CanvasRenderingContext2D,
  layout: Layout,
  glyph: Glyph,
  colours: Colours,
  level = 0,
): void {
  const x = columnCentre(layout, glyph.column);
  if (glyph.link !== null) drawLink(context, glyph, x, colours);
  if (glyph.frame !== undefined) {
    drawFrame(context, glyph, glyph.frame, colours, level, (inner, one, next) =>
      drawGlyph(context, inner, one, colours, next),
    );
    return;
  }
  const { drawing } = glyph;
  switch (drawing.kind) {
    case 'measure':
      drawMeasure(context, x, rowCentre(drawing.row), colours);
      return;
    case 'barrier':
      drawBarrier(context, x, drawing.rows, colours);
      return;
    case 'box':
      drawStem(context, x, drawing, colours);
      drawBox(context, x, glyph.width, drawing, colours);
      drawControls(context, x, drawing.controls, drawing.tone, colours);
      return;
    case 'sign':
      drawStem(context, x, drawing, colours);
      for (const row of drawing.targets) drawSign(context, x, row, drawing, colours);
      drawControls(context, x, drawing.controls, drawing.tone, colours);
      return;
    default:
      unreachable(drawing);
  }
}

/** A plain rectangle in the gate's colour, for zooms at which nothing could be read. */
export function drawGlyphPlain(
  context: CanvasRenderingContext2D,
  layout: Layout,
  glyph: Glyph,
  colours: Colours,
): void {
  if (glyph.frame !== undefined) {
    drawFramePlain(context, glyph, glyph.frame, colours);
    for (const { inner } of glyph.frame.ways) {
      for (const one of inner.glyphs) drawGlyphPlain(context, inner, one, colours);
    }
    return;
  }
  const tone = 'tone' in glyph.drawing ? glyph.drawing.tone : 'other';
  const x = columnCentre(layout, glyph.column);
  context.fillStyle = colours.tones[tone].ink;
  for (const row of rowsOfDrawing(glyph.drawing)) {
    context.fillRect(x - glyph.width / 2, rowCentre(row) - half, glyph.width, metrics.boxHeight);
  }
}

function rowsOfDrawing(drawing: Drawing): readonly number[] {
  switch (drawing.kind) {
    case 'measure':
      return [drawing.row];
    case 'barrier':
      return [];
    default:
      return [...drawing.targets, ...drawing.controls.map((control) => control.row)];
  }
}

function drawStem(
  context: CanvasRenderingContext2D,
  x: number,
  drawing: Extract<Drawing, { kind: 'box' | 'sign' }>,
  colours: Colours,
): void {
  const rows = [...drawing.targets, ...drawing.controls.map((control) => control.row)];
  const top = Math.min(...rows);
  const bottom = Math.max(...rows);
  if (top === bottom) return;
  context.strokeStyle = colours.tones[drawing.tone].ink;
  context.lineWidth = 1.75;
  context.beginPath();
  context.moveTo(x, rowCentre(top));
  context.lineTo(x, rowCentre(bottom));
  context.stroke();
}

function drawControls(
  context: CanvasRenderingContext2D,
  x: number,
  controls: readonly DrawnControl[],
  tone: Tone,
  colours: Colours,
): void {
  for (const control of controls) {
    context.beginPath();
    context.arc(x, rowCentre(control.row), dotRadius, 0, 2 * Math.PI);
    context.fillStyle = control.value === 1 ? colours.tones[tone].ink : colours.surface;
    context.fill();
    if (control.value === 0) {
      context.strokeStyle = colours.tones[tone].ink;
      context.lineWidth = 1.75;
      context.stroke();
    }
  }
}

function drawSign(
  context: CanvasRenderingContext2D,
  x: number,
  row: number,
  drawing: Extract<Drawing, { kind: 'sign' }>,
  colours: Colours,
): void {
  const y = rowCentre(row);
  const { ink, fill } = colours.tones[drawing.tone];
  context.strokeStyle = ink;
  context.lineWidth = 1.75;
  context.beginPath();
  switch (drawing.sign) {
    case 'dot':
      context.arc(x, y, dotRadius, 0, 2 * Math.PI);
      context.fillStyle = ink;
      context.fill();
      return;
    case 'cross':
      context.moveTo(x - 7, y - 7);
      context.lineTo(x + 7, y + 7);
      context.moveTo(x + 7, y - 7);
      context.lineTo(x - 7, y + 7);
      context.stroke();
      return;
    case 'plus':
      context.arc(x, y, plusRadius, 0, 2 * Math.PI);
      context.fillStyle = fill;
      context.fill();
      context.moveTo(x - plusRadius, y);
      context.lineTo(x + plusRadius, y);
      context.moveTo(x, y - plusRadius);
      context.lineTo(x, y + plusRadius);
      context.stroke();
      return;
    default:
      unreachable(drawing.sign);
  }
}

function drawBox(
  context: CanvasRenderingContext2D,
  x: number,
  width: number,
  drawing: Extract<Drawing, { kind: 'box' }>,
  colours: Colours,
): void {
  const top = Math.min(...drawing.targets);
  const bottom = Math.max(...drawing.targets);
  const { fill, ink } = colours.tones[drawing.tone];
  const y = rowCentre(top) - half;
  const height = rowCentre(bottom) - rowCentre(top) + metrics.boxHeight;
  frame(context, x - width / 2, y, width, height, fill, ink);
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const middle = y + height / 2;
  context.font = `600 13px ${colours.font}`;
  context.fillText(drawing.symbol, x, drawing.label === '' ? middle + 0.5 : middle - 6);
  if (drawing.label !== '') {
    context.font = `500 10.5px ${colours.font}`;
    context.fillText(drawing.label, x, middle + 8);
  }
  if (drawing.targets.length > 1) drawPorts(context, x - width / 2, drawing.targets, ink, colours);
}

/** Which of the gate's qubits a wire is, where there are several. */
function drawPorts(
  context: CanvasRenderingContext2D,
  left: number,
  targets: readonly number[],
  ink: string,
  colours: Colours,
): void {
  context.font = `500 9px ${colours.font}`;
  context.textAlign = 'left';
  context.fillStyle = ink;
  targets.forEach((row, port) => context.fillText(String(port), left + 4, rowCentre(row)));
}

function frame(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  ink: string,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.globalAlpha = 0.55;
  context.stroke();
  context.globalAlpha = 1;
}

function drawMeasure(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  colours: Colours,
): void {
  const { fill, ink } = colours.tones.other;
  frame(context, x - half, y - half, 2 * half, 2 * half, fill, ink);
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, y + 6, 9.5, Math.PI * 1.08, Math.PI * 1.92);
  context.moveTo(x, y + 6);
  context.lineTo(x + 7, y - 7);
  context.stroke();
}

function drawBarrier(
  context: CanvasRenderingContext2D,
  x: number,
  rows: readonly number[],
  colours: Colours,
): void {
  context.strokeStyle = colours.faint;
  context.lineWidth = 1.5;
  context.setLineDash([4, 4]);
  context.beginPath();
  for (const row of rows) {
    context.moveTo(x, rowCentre(row) - metrics.rowHeight / 2 + 2);
    context.lineTo(x, rowCentre(row) + metrics.rowHeight / 2 - 2);
  }
  context.stroke();
  context.setLineDash([]);
}

/** An open block's link begins at its lower edge. */
function linkStart({ drawing, frame, top }: Glyph): number {
  if (frame !== undefined && drawing.kind === 'box') {
    return rowCentre(Math.max(...drawing.targets)) + metrics.rowHeight / 2 - 2;
  }
  return rowCentre(drawing.kind === 'measure' ? drawing.row : top);
}

/** The double line down to the classical wire: an arrow for a measurement, a dot for a condition. */
function drawLink(
  context: CanvasRenderingContext2D,
  glyph: Glyph,
  x: number,
  colours: Colours,
): void {
  const link = glyph.link;
  if (link === null) return;
  const end = rowCentre(link.row);
  const start = linkStart(glyph);
  context.strokeStyle = colours.bits;
  context.fillStyle = colours.bits;
  context.lineWidth = 1;
  context.beginPath();
  for (const offset of [-1.5, 1.5]) {
    context.moveTo(x + offset, start);
    context.lineTo(x + offset, end - (link.reads ? 0 : 6));
  }
  context.stroke();
  if (link.reads) {
    for (const row of [...(link.others ?? []), link]) drawRead(context, x, row, colours);
    return;
  }
  context.beginPath();
  context.moveTo(x - 5, end - 7);
  context.lineTo(x + 5, end - 7);
  context.lineTo(x, end);
  context.fill();
  drawSignBeside(context, link.text, [x + 6, end - 7], 'left', colours);
}

/** A dot on the register that a condition reads, and what it must be. */
function drawRead(
  context: CanvasRenderingContext2D,
  x: number,
  { row, text }: LinkedRow,
  colours: Colours,
): void {
  context.beginPath();
  context.arc(x, rowCentre(row), 4, 0, 2 * Math.PI);
  context.fillStyle = colours.bits;
  context.fill();
  drawSignBeside(context, text, [x, rowCentre(row) + 12], 'center', colours);
}

function drawSignBeside(
  context: CanvasRenderingContext2D,
  text: string,
  [x, y]: readonly [number, number],
  align: CanvasTextAlign,
  colours: Colours,
): void {
  if (text === '') return;
  context.font = `500 10px ${colours.font}`;
  context.textAlign = align;
  context.textBaseline = 'middle';
  // On paper of its own: the line to the next register would run through it.
  const width = context.measureText(text).width;
  if (align === 'center') {
    context.fillStyle = colours.surface;
    context.fillRect(x - width / 2 - 1, y - 6, width + 2, 12);
  }
  context.fillStyle = colours.faint;
  context.fillText(text, x, y);
}
