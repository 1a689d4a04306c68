import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel, spanOf } from '../scale.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { frameOn, keyOf, xAxis, xScale, yAxis, yScale } from './frame.ts';

type Line = Extract<Figure, { kind: 'lines' }>['lines'][number];

export function lines(figure: Extract<Figure, { kind: 'lines' }>, sheet: Sheet): readonly Mark[] {
  const key = figure.lines.map(({ name }) => name);
  const frame = frameOn(sheet, heightOn(sheet, figure), { key });
  const xs = figure.lines.flatMap((line) => Array.from(line.x));
  const across = endsOf(xs);
  const up = spanOf(
    figure.lines.flatMap(({ y, low = [], high = [] }) => [
      ...Array.from(y),
      ...Array.from(low),
      ...Array.from(high),
    ]),
  );
  const [x, y] = [xScale(across, frame), yScale(up, frame)];
  const place = (at: number, value: number): [number, number] => [x(at), y(value)];
  const drawn = figure.lines.flatMap((line, group): Mark[] => [
    ...bandOf(line, group, place),
    ...(line.mark === 'points'
      ? pointsOf(line).map(
          ([at, value]): Mark => ({
            kind: 'dot',
            at: place(at, value),
            radius: 4,
            paint: group,
            says: `${line.name}: ${numberLabel(value)} at ${numberLabel(at)}`,
          }),
        )
      : piecesOf(line).map(
          (points): Mark => ({
            kind: 'path',
            points: points.map(([at, value]) => place(at, value)),
            paint: group,
            width: group === 0 ? 1.5 : 2,
          }),
        )),
  ]);
  return [
    ...yAxis(figure.y, up, frame),
    ...xAxis(figure.x, across, frame),
    ...keyOf(frame),
    ...drawn,
  ];
}

/** From the first to the last, wide enough to be drawn. */
function endsOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function pointsOf({ x, y }: Line): (readonly [number, number])[] {
  return Array.from(x, (at, i) => [at, y[i] ?? Number.NaN] as const).filter(
    ([at, value]) => Number.isFinite(at) && Number.isFinite(value),
  );
}

/** The line between its gaps. */
function piecesOf({ x, y }: Line): (readonly (readonly [number, number])[])[] {
  const pieces: (readonly [number, number])[][] = [[]];
  for (let i = 0; i < x.length; i++) {
    const point = [x[i] ?? Number.NaN, y[i] ?? Number.NaN] as const;
    if (point.every(Number.isFinite)) pieces.at(-1)?.push(point);
    else if (pieces.at(-1)?.length !== 0) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function bandOf(
  { x, low, high }: Line,
  paint: number,
  place: (at: number, value: number) => [number, number],
): Mark[] {
  if (low === undefined || high === undefined) return [];
  const known = Array.from(x, (_, i) => i).filter((i) =>
    [x[i], low[i], high[i]].every(Number.isFinite),
  );
  const at = (ends: ArrayLike<number>, i: number) => place(x[i] ?? 0, ends[i] ?? 0);
  const points = [...known.map((i) => at(high, i)), ...known.toReversed().map((i) => at(low, i))];
  return [{ kind: 'area', points, paint, opacity: 0.2 }];
}
