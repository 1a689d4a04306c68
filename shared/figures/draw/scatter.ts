import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel, spanOf } from '../scale.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { frameOn, keyOf, lineMark, xAxis, xScale, yAxis, yScale } from './frame.ts';

export function scatter(
  figure: Extract<Figure, { kind: 'scatter' }>,
  sheet: Sheet,
): readonly Mark[] {
  const key = figure.groups.map(({ name }) => name);
  const frame = frameOn(sheet, heightOn(sheet, figure), { key });
  const all = figure.groups.flatMap(({ points }) => points);
  const across = spanOf(all.map(({ x }) => x));
  const up = spanOf(all.flatMap(({ y, stderr = 0 }) => [y - stderr, y + stderr]));
  const [x, y] = [xScale(across, frame), yScale(up, frame)];
  const drawn = figure.groups.flatMap(({ name, points }, group) =>
    points
      .filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y))
      .flatMap((point): Mark[] => [
        ...(point.stderr !== undefined && point.stderr > 0
          ? [
              lineMark(
                [x(point.x), y(point.y - point.stderr)],
                [x(point.x), y(point.y + point.stderr)],
                group,
                1.5,
              ),
            ]
          : []),
        {
          kind: 'dot',
          at: [x(point.x), y(point.y)],
          // Rings about the dots of the first group, so that equal points hide none.
          radius: 4 + 2.5 * group,
          paint: group,
          isRing: group > 0,
          says: `${name}: ${numberLabel(point.y)} at ${numberLabel(point.x)}`,
        },
      ]),
  );
  return [
    ...yAxis(figure.y, up, frame),
    ...xAxis(figure.x, across, frame),
    ...keyOf(frame, (group) => group > 0),
    ...drawn,
  ];
}
