import { unreachable } from '#shared/base/assert.ts';
import { project } from '#renderer/lib/bloch.ts';
import { formatPercent } from '#renderer/lib/format.ts';
import type { InlineDisplay } from '#renderer/lib/workspace/displays.ts';
import type { DisplayKind } from '#renderer/lib/workspace/marks.ts';
import type { Colours } from './colours.ts';
import type { DisplayContent } from './display-content.ts';
import type { Point } from './hit.ts';
import { columnLeft, type Layout, rowCentre } from './layout.ts';

const height = 38;
const gap = 8;

/** How much of its column a display takes. */
export function widthOfDisplay(show: DisplayKind): number {
  return (show === 'amplitudes' || show === 'samples' ? 104 : 40) + gap;
}

/** The frame of a display in world units: at the right end of its column. */
export function frameOf(
  layout: Layout,
  { show, qubit, column }: InlineDisplay,
): {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
} {
  const width = widthOfDisplay(show) - gap;
  const right = columnLeft(layout, column + 1) - gap / 2;
  return { left: right - width, top: rowCentre(qubit) - height / 2, width, height };
}

/** The display under a world point; the last that was made lies on top. */
export function displayAt(
  layout: Layout,
  displays: readonly InlineDisplay[],
  { x, y }: Point,
): InlineDisplay | null {
  const found = displays.findLast((display) => {
    const { left, top, width, height: high } = frameOf(layout, display);
    return x >= left && x <= left + width && y >= top && y <= top + high;
  });
  return found ?? null;
}

/** A small card on the wire with what the state is there. */
export function drawDisplay(
  context: CanvasRenderingContext2D,
  layout: Layout,
  display: InlineDisplay,
  content: DisplayContent,
  colours: Colours,
): void {
  const { left, top, width, height: high } = frameOf(layout, display);
  context.save();
  context.beginPath();
  context.roundRect(left, top, width, high, 4);
  context.fillStyle = colours.surface;
  context.fill();
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  context.stroke();
  context.clip();
  context.textBaseline = 'middle';
  context.font = `9px ${colours.font}`;
  const middle = { x: left + width / 2, y: top + high / 2 };
  switch (content.kind) {
    case 'share':
      drawShare(context, content.share, { left, top, width, high }, colours);
      break;
    case 'arrow':
      drawArrow(context, content.vector, middle, colours);
      break;
    case 'matrix':
      drawMatrix(context, content.entries, middle, colours);
      break;
    case 'lines':
      drawLines(context, content.lines, { left, top, width, high }, colours);
      break;
    case 'nothing':
      context.textAlign = 'center';
      context.fillStyle = colours.faint;
      context.fillText(content.reason === 'being simulated' ? '…' : '–', middle.x, middle.y);
      break;
    default:
      unreachable(content);
  }
  context.restore();
}

interface Room {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly high: number;
}

function drawShare(
  context: CanvasRenderingContext2D,
  share: number,
  { left, top, width, high }: Room,
  colours: Colours,
): void {
  context.fillStyle = colours.accentSoft;
  context.fillRect(left, top + high * (1 - share), width, high * share);
  context.fillStyle = colours.accent;
  context.fillRect(left, top + high * (1 - share) - 0.5, width, 1);
  context.textAlign = 'center';
  context.fillStyle = colours.text;
  context.fillText(formatPercent(share), left + width / 2, top + high / 2);
}

/** The vector as on the large spheres. */
function drawArrow(
  context: CanvasRenderingContext2D,
  vector: readonly [number, number, number],
  middle: Point,
  colours: Colours,
): void {
  const radius = 15;
  context.strokeStyle = colours.line;
  context.beginPath();
  context.arc(middle.x, middle.y, radius, 0, 2 * Math.PI);
  context.moveTo(middle.x + radius, middle.y);
  context.ellipse(middle.x, middle.y, radius, radius * 0.31, 0, 0, 2 * Math.PI);
  context.stroke();
  const seen = project(vector);
  const tip = { x: middle.x + radius * seen.x, y: middle.y + radius * seen.y };
  context.strokeStyle = colours.accent;
  context.fillStyle = colours.accent;
  context.lineWidth = 1.75;
  context.beginPath();
  context.moveTo(middle.x, middle.y);
  context.lineTo(tip.x, tip.y);
  context.stroke();
  context.beginPath();
  context.arc(tip.x, tip.y, 2.5, 0, 2 * Math.PI);
  context.fill();
}

/** A square an entry, as large as its magnitude, with a hand that shows its phase. */
function drawMatrix(
  context: CanvasRenderingContext2D,
  entries: readonly (readonly [number, number])[],
  middle: Point,
  colours: Colours,
): void {
  const cell = 16;
  context.lineWidth = 1;
  for (const [i, [size, phase]] of entries.entries()) {
    const x = middle.x + (i % 2 === 0 ? -cell / 2 : cell / 2);
    const y = middle.y + (i < 2 ? -cell / 2 : cell / 2);
    const side = (cell - 2) * Math.sqrt(Math.max(0, size));
    context.strokeStyle = colours.line;
    context.strokeRect(x - cell / 2 + 0.5, y - cell / 2 + 0.5, cell - 1, cell - 1);
    if (size < 1e-3) continue;
    context.fillStyle = colours.accentSoft;
    context.fillRect(x - side / 2, y - side / 2, side, side);
    context.strokeStyle = colours.accent;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + (side / 2) * Math.cos(phase), y - (side / 2) * Math.sin(phase));
    context.stroke();
  }
}

function drawLines(
  context: CanvasRenderingContext2D,
  lines: readonly { readonly key: string; readonly text: string; readonly share: number }[],
  { left, top, width }: Room,
  colours: Colours,
): void {
  for (const [i, { key, text, share }] of lines.entries()) {
    const y = top + 7 + i * 12;
    context.fillStyle = colours.accentSoft;
    context.fillRect(left, y - 5.5, width * share, 11);
    context.fillStyle = colours.text;
    context.textAlign = 'left';
    context.fillText(key.length > 8 ? `…${key.slice(-7)}` : key, left + 4, y);
    context.textAlign = 'right';
    context.fillText(text, left + width - 4, y);
  }
}

/** Room that the displays of each column need beside its gates. */
export function roomOf(displays: readonly InlineDisplay[]): ReadonlyMap<number, number> {
  const room = new Map<number, number>();
  for (const { column, show } of displays) {
    room.set(column, Math.max(room.get(column) ?? 0, widthOfDisplay(show)));
  }
  return room;
}
