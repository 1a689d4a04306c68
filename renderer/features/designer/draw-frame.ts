import { linesOf } from './blocks.ts';
import type { Colours } from './colours.ts';
import { type Frame, type Glyph, type Layout, rowCentre } from './layout.ts';

const inset = 21;
const shrink = 2.5;
const least = 12;
const lineHeight = 12;

type DrawInner = (layout: Layout, glyph: Glyph, level: number) => void;

/** Draws an open block: a frame with its label at the left and its ways side by side. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  glyph: Glyph,
  frame: Frame,
  colours: Colours,
  level: number,
  drawInner: DrawInner,
): void {
  const { top, height } = frameExtent(glyph, level);
  const { ink } = colours.tones.other;
  const last = glyph.drawing.kind === 'box' ? Math.max(...glyph.drawing.targets) : glyph.bottom;
  const middle = (rowCentre(glyph.top) + rowCentre(last)) / 2;
  context.beginPath();
  context.roundRect(frame.left, top, glyph.width, height, 7);
  context.strokeStyle = ink;
  context.lineWidth = 1.25;
  context.setLineDash(level % 2 === 0 ? [] : [5, 3]);
  context.stroke();
  context.setLineDash([]);
  drawWords(context, frame.label, frame.left + 8, frame.labelWidth, middle, colours, 10);
  for (const [i, way] of frame.ways.entries()) {
    if (i > 0) separate(context, way.left - 4, top, height, ink);
    if (way.label !== '') {
      drawWords(context, way.label, way.left, way.labelWidth, middle, colours, 14);
    }
    for (const inner of way.inner.glyphs) drawInner(way.inner, inner, level + 1);
  }
}

/** Top and height of a frame in world units; those inside others are a little smaller. */
export function frameExtent(glyph: Glyph, level: number): { top: number; height: number } {
  const reach = Math.max(least, inset - level * shrink);
  const last = glyph.drawing.kind === 'box' ? Math.max(...glyph.drawing.targets) : glyph.bottom;
  const top = rowCentre(glyph.top) - reach;
  return { top, height: rowCentre(last) - rowCentre(glyph.top) + 2 * reach };
}

function separate(
  context: CanvasRenderingContext2D,
  x: number,
  top: number,
  height: number,
  ink: string,
): void {
  context.strokeStyle = ink;
  context.globalAlpha = 0.5;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, top + height);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Words over the wires: the paper shows behind them. */
function drawWords(
  context: CanvasRenderingContext2D,
  text: string,
  left: number,
  width: number,
  middle: number,
  colours: Colours,
  characters: number,
): void {
  const lines = linesOf(text, characters);
  const height = lines.length * lineHeight;
  context.fillStyle = colours.surface;
  context.fillRect(left - 2, middle - height / 2 - 2, width + 4, height + 4);
  context.fillStyle = colours.tones.other.ink;
  context.font = `600 10.5px ${colours.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  lines.forEach((line, i) => {
    context.fillText(line, left, middle - height / 2 + (i + 0.5) * lineHeight, width + 2);
  });
}

/** The frame's outline at low zoom, where its label could not be read. */
export function drawFramePlain(
  context: CanvasRenderingContext2D,
  glyph: Glyph,
  frame: Frame,
  colours: Colours,
): void {
  const { top, height } = frameExtent(glyph, 0);
  context.strokeStyle = colours.tones.other.ink;
  context.lineWidth = 2;
  context.strokeRect(frame.left, top, glyph.width, height);
}

/** Marks a frame that is selected or under the pointer. */
export function outlineFrame(
  context: CanvasRenderingContext2D,
  glyph: Glyph,
  frame: Frame,
  colours: Colours,
  alpha: number,
): void {
  const { top, height } = frameExtent(glyph, 0);
  context.globalAlpha = alpha;
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(frame.left - 2, top - 2, glyph.width + 4, height + 4, 8);
  context.stroke();
  context.globalAlpha = 1;
}

/** Hands over everything in a frame that the statement stands for. */
export function outlineInside(
  glyph: Glyph,
  inner: { readonly start: number },
  outline: (layout: Layout, glyph: Glyph) => void,
): void {
  for (const way of glyph.frame?.ways ?? []) {
    for (const one of way.inner.glyphs) {
      if (one.place?.start === inner.start) outline(way.inner, one);
      else outlineInside(one, inner, outline);
    }
  }
}
