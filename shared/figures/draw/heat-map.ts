import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel } from '../scale.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { fitted, textWidth } from '../text-width.ts';
import { frameOn, leastSize, rowLabel, size, textMark, xTitle, yTitle } from './frame.ts';

/** Numbers are written into the cells as long as they have room. */
const writtenAtMost = 12;

export function heatMap(
  figure: Extract<Figure, { kind: 'heat-map' }>,
  sheet: Sheet,
): readonly Mark[] {
  const { rows, columns, values } = figure;
  const frame = frameOn(sheet, heightOn(sheet, figure), { labels: rows });
  const { left } = frame;
  const most = Math.max(0, ...values.flat().map(Math.abs).filter(Number.isFinite)) || 1;
  const width = (frame.right - left) / Math.max(1, columns.length);
  const height = (frame.bottom - frame.top) / Math.max(1, rows.length);
  const room = Math.max(0, ...values.flat().map((value) => textWidth(numberLabel(value), size)));
  const isWritten =
    rows.length <= writtenAtMost && columns.length <= writtenAtMost && room + 4 < width;
  // Columns that are narrower than a line of text is high are named every so manieth.
  const every = Math.max(1, Math.ceil(24 / width));
  const cells = rows.flatMap((row, r) =>
    columns.flatMap((column, c): Mark[] => {
      const value = values[r]?.[c] ?? Number.NaN;
      if (!Number.isFinite(value)) return [];
      const [x, y] = [left + c * width, frame.top + r * height];
      return [
        {
          kind: 'rect',
          x: x + 0.5,
          y: y + 0.5,
          width: width - 1,
          height: height - 1,
          paint: value < 0 ? 1 : 0,
          opacity: 0.08 + (0.5 * Math.abs(value)) / most,
          says: `${row}, ${column}: ${numberLabel(value)}`,
        },
        ...(isWritten
          ? [
              textMark([x + width / 2, y + height / 2 + 4], numberLabel(value), {
                anchor: 'middle',
              }),
            ]
          : []),
      ];
    }),
  );
  return [
    ...cells,
    ...rows.map((row, r) =>
      rowLabel(frame, frame.top + (r + 0.5) * height, row, Math.min(size, 0.95 * height)),
    ),
    ...columns.flatMap((column, c) =>
      c % every === 0
        ? [
            textMark(
              [left + (c + 0.5) * width, frame.bottom + 18],
              fitted(column, every * width - 4, leastSize),
              { anchor: 'middle', size: leastSize },
            ),
          ]
        : [],
    ),
    yTitle(figure.y, frame),
    xTitle(figure.x, frame),
  ];
}
