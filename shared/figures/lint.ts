import type { Journal } from './journals.ts';
import type { Drawing, Mark } from './mark.ts';
import type { Sheet } from './sheet.ts';
import { textWidth } from './text-width.ts';

type Point = readonly [number, number];
type Text = Extract<Mark, { kind: 'text' }>;

/** What a journal would send a figure back for, one sentence each; empty = nothing. */
export function lintDrawing(drawing: Drawing, sheet: Sheet, journal: Journal): string[] {
  const texts = drawing.marks.filter((mark) => mark.kind === 'text');
  return [
    ...widthFaults(drawing, sheet, journal),
    ...texts.flatMap((text) => sizeFaults(text, sheet, journal)),
    ...texts.flatMap((text) => edgeFaults(text, drawing)),
    ...overlaps(texts),
    ...drawing.marks.flatMap((mark) => lineFaults(mark, sheet)),
  ];
}

function widthFaults(drawing: Drawing, { unit }: Sheet, journal: Journal): string[] {
  const millimetres = (drawing.width * unit * 25.4) / 72;
  const fits = [journal.single, journal.double].some((one) => Math.abs(one - millimetres) < 0.1);
  return fits
    ? []
    : [
        `It is ${millimetres.toFixed(1)} mm wide; ${journal.title} has ${journal.single} and ${journal.double} mm.`,
      ];
}

function sizeFaults(text: Text, { unit }: Sheet, { title, points }: Journal): string[] {
  const size = text.size * unit;
  const [least, most] = points;
  return size >= least - 1e-9 && size <= most + 1e-9
    ? []
    : [
        `“${text.text}” is written in ${size.toFixed(1)} pt; ${title} takes ${least} to ${most} pt.`,
      ];
}

/** Thinner lines are lost in print. */
const thinnest = 0.25;

function lineFaults(mark: Mark, { unit }: Sheet): string[] {
  if (mark.kind !== 'line' && mark.kind !== 'path') return [];
  const width = mark.width * unit;
  return width >= thinnest ? [] : [`A line is ${width.toFixed(2)} pt thin; ${thinnest} pt print.`];
}

/** The corners of a text, with what stands above and below its line. */
export function cornersOf(text: Text): readonly Point[] {
  const width = textWidth(text.text, text.size, text.isBold);
  const from = { start: 0, middle: -width / 2, end: -width }[text.anchor];
  const [above, below] = [0.72 * text.size, 0.21 * text.size];
  const turn = ((text.turn ?? 0) * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const placed = (x: number, y: number): Point => [
    text.at[0] + x * cosine - y * sine,
    text.at[1] + x * sine + y * cosine,
  ];
  return [
    placed(from, -above),
    placed(from + width, -above),
    placed(from + width, below),
    placed(from, below),
  ];
}

function edgeFaults(text: Text, { width, height }: Drawing): string[] {
  const isInside = cornersOf(text).every(
    ([x, y]) => x >= -0.01 && y >= -0.01 && x <= width + 0.01 && y <= height + 0.01,
  );
  return isInside ? [] : [`“${text.text}” is cut at the edge.`];
}

function overlaps(texts: readonly Text[]): string[] {
  const boxes = texts.map(cornersOf);
  return texts.flatMap((one, i) =>
    texts.slice(i + 1).flatMap((other, k) => {
      const [a, b] = [boxes[i] ?? [], boxes[i + 1 + k] ?? []];
      return areApart(a, b) ? [] : [`“${one.text}” and “${other.text}” overlap.`];
    }),
  );
}

/** Two convex outlines are apart where a side of one has all of the other beyond it. */
function areApart(a: readonly Point[], b: readonly Point[]): boolean {
  return hasSide(a, b) || hasSide(b, a);
}

function hasSide(a: readonly Point[], b: readonly Point[]): boolean {
  return a.some((from, i) => {
    const to = a[(i + 1) % a.length] ?? from;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    return b.every(([x, y]) => dx * (y - from[1]) - dy * (x - from[0]) <= 1e-9);
  });
}
