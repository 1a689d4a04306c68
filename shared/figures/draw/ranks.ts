import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel } from '../scale.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { frameOn, lineMark, rowLabel, textMark, xAxis, xScale } from './frame.ts';

/** A bar of a set stands so far right of its last point, and of the bar before. */
const apart = 12;

/**
 * A critical-difference diagram (Demšar 2006) turned so that each model has a line of its own: names never
 * overlap, however close their ranks are.
 */
export function ranks(figure: Extract<Figure, { kind: 'ranks' }>, sheet: Sheet): readonly Mark[] {
  const { rows, groups, criticalDifference } = figure;
  const labels = rows.map(({ label }) => label);
  const frame = frameOn(sheet, heightOn(sheet, figure), { labels, above: 26 });
  const { left } = frame;
  const range = [1, Math.max(2, rows.length)] as const;
  const x = xScale(range, frame);
  const step = (frame.bottom - frame.top) / Math.max(1, rows.length);
  const middle = (row: number): number => frame.top + (row + 0.5) * step;
  const size = Math.min(12, step * 0.9);
  const points = rows.flatMap(({ label, rank }, row): Mark[] => [
    rowLabel(frame, middle(row), label, size),
    lineMark([left, middle(row)], [x(rank), middle(row)], 'grid'),
    {
      kind: 'dot',
      at: [x(rank), middle(row)],
      radius: Math.min(4, step / 3),
      paint: 0,
      says: `${label}: ${numberLabel(rank)}`,
    },
  ]);
  const bars = groups.map(([first, last], k): Mark => {
    const at = x(rows[last]?.rank ?? 1) + apart * (1 + (k % 2));
    return lineMark([at, middle(first)], [at, middle(last)], 1, 3);
  });
  const end = x(Math.min(range[1], 1 + criticalDifference));
  const scale: Mark[] = [
    lineMark([left, frame.top - 8], [end, frame.top - 8], 'ink', 2),
    textMark([left, frame.top - 14], `Critical difference ${numberLabel(criticalDifference)}`),
  ];
  return [...xAxis(figure.x, range, frame, true), ...scale, ...points, ...bars];
}
