import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel } from '../scale.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { frameOn, keyOf, xAxis, xScale, yAxis, yScale } from './frame.ts';

export function histogram(
  figure: Extract<Figure, { kind: 'histogram' }>,
  sheet: Sheet,
): readonly Mark[] {
  const key = figure.groups.map(({ name }) => name);
  const frame = frameOn(sheet, heightOn(sheet, figure), { key });
  const { edges, groups } = figure;
  const across = [edges[0] ?? 0, edges.at(-1) ?? 1] as const;
  const most = Math.max(1, ...groups.flatMap(({ counts }) => counts));
  const up = [0, most * 1.05] as const;
  const [x, y] = [xScale(across, frame), yScale(up, frame)];
  const drawn = groups.flatMap(({ name, counts }, group) =>
    counts.flatMap((count, k): Mark[] => {
      const [from, to] = [edges[k] ?? 0, edges[k + 1] ?? 0];
      const width = (x(to) - x(from)) / groups.length;
      if (count === 0) return [];
      return [
        {
          kind: 'rect',
          x: x(from) + group * width + 0.5,
          y: y(count),
          width: Math.max(0.5, width - 1),
          height: y(0) - y(count),
          paint: group,
          says: `${name}: ${count} from ${numberLabel(from)} to ${numberLabel(to)}`,
        },
      ];
    }),
  );
  return [
    ...yAxis(figure.y, up, frame),
    ...xAxis(figure.x, across, frame),
    ...keyOf(frame),
    ...drawn,
  ];
}
