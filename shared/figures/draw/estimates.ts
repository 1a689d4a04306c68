import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel, spanOf } from '../scale.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { frameOn, keyOf, lineMark, rowLabel, size, textMark, xAxis, xScale } from './frame.ts';

export function estimates(
  figure: Extract<Figure, { kind: 'estimates' }>,
  sheet: Sheet,
): readonly Mark[] {
  const labels = figure.rows.map(({ label }) => label);
  const frame = frameOn(sheet, heightOn(sheet, figure), { key: figure.groups, labels });
  const known = figure.rows.flatMap((row) => row.estimates.filter((one) => one !== null));
  const range = spanOf(known.flatMap((one) => [one.value, ...endsOf(one), ...(one.points ?? [])]));
  const x = xScale(range, frame);
  const step = (frame.bottom - frame.top) / Math.max(1, figure.rows.length);
  const apart = Math.min(14, step / (figure.groups.length + 1));
  const drawn = figure.rows.flatMap(({ label, estimates: own }, r): Mark[] => {
    const middle = frame.top + (r + 0.5) * step;
    return [
      rowLabel(frame, middle, label, Math.min(size, step * 0.9)),
      ...own.flatMap((estimate, group): Mark[] => {
        if (estimate?.value === Number.POSITIVE_INFINITY) {
          // Runs that never get there: beyond the axis.
          return [textMark([frame.right - 2, middle + 4], '∞', { anchor: 'end', paint: group })];
        }
        if (estimate === null || !Number.isFinite(estimate.value)) return [];
        const { value } = estimate;
        const [low, high] = endsOf(estimate);
        const y = middle + (group - (own.length - 1) / 2) * apart;
        const says = `${label}, ${figure.groups[group] ?? ''}: ${numberLabel(value)}`;
        return [
          ...(estimate.points ?? []).filter(Number.isFinite).map(
            (point): Mark => ({
              kind: 'dot',
              at: [x(point), y],
              radius: 2,
              paint: 'muted',
              isRing: true,
            }),
          ),
          ...(high > low ? [lineMark([x(low), y], [x(high), y], group, 1.5)] : []),
          {
            kind: 'dot',
            at: [x(value), y],
            radius: 4,
            paint: group,
            isRing: group === 0 && own.length > 1,
            says: high > low ? `${says}, ${numberLabel(low)} to ${numberLabel(high)}` : says,
          },
        ];
      }),
    ];
  });
  const isRing = (group: number): boolean => group === 0;
  return [...xAxis(figure.x, range, frame, true), ...keyOf(frame, isRing), ...drawn];
}

type Estimate = NonNullable<
  Extract<Figure, { kind: 'estimates' }>['rows'][number]['estimates'][number]
>;

/** Of the interval, or one standard error to both sides. */
function endsOf({ value, stderr, low, high }: Estimate): readonly [number, number] {
  if (low !== undefined && high !== undefined) {
    return [Number.isFinite(low) ? low : value, Number.isFinite(high) ? high : value];
  }
  const error = stderr !== null && Number.isFinite(stderr) ? stderr : 0;
  return [value - error, value + error];
}
