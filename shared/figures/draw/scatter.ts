import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel, spanOf } from '../scale.ts';
import { keyOf, lineMark, xAxis, xScale, yAxis, yScale } from './frame.ts';

export function scatter(figure: Extract<Figure, { kind: 'scatter' }>): readonly Mark[] {
  const all = figure.groups.flatMap(({ points }) => points);
  const across = spanOf(all.map(({ x }) => x));
  const up = spanOf(all.flatMap(({ y, stderr = 0 }) => [y - stderr, y + stderr]));
  const [x, y] = [xScale(across), yScale(up)];
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
  const names = figure.groups.map(({ name }) => name);
  return [
    ...yAxis(figure.y, up),
    ...xAxis(figure.x, across),
    ...keyOf(names, (group) => group > 0),
    ...drawn,
  ];
}
