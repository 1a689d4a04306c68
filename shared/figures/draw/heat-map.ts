import { axisLabel, type Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel } from '../scale.ts';
import { frame, textMark, xTitle } from './frame.ts';

/** Numbers are written into the cells as long as they have room. */
const writtenAtMost = 12;
const left = frame.left + 60;

export function heatMap(figure: Extract<Figure, { kind: 'heat-map' }>): readonly Mark[] {
  const { rows, columns, values } = figure;
  const most = Math.max(0, ...values.flat().map(Math.abs).filter(Number.isFinite)) || 1;
  const width = (frame.right - left) / Math.max(1, columns.length);
  const height = (frame.bottom - frame.top) / Math.max(1, rows.length);
  const isWritten = rows.length <= writtenAtMost && columns.length <= writtenAtMost;
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
      textMark([left - 8, frame.top + (r + 0.5) * height + 4], row, { anchor: 'end' }),
    ),
    ...columns.map((column, c) =>
      textMark([left + (c + 0.5) * width, frame.bottom + 18], column, { anchor: 'middle' }),
    ),
    textMark([22, (frame.top + frame.bottom) / 2], axisLabel(figure.y), {
      anchor: 'middle',
      turn: -90,
    }),
    xTitle(figure.x),
  ];
}
