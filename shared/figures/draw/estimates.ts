import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel, spanOf } from '../scale.ts';
import { frame, keyOf, lineMark, textMark, xAxis, xScale } from './frame.ts';

/** Room for the labels of the rows. */
const left = frame.left + 120;

export function estimates(figure: Extract<Figure, { kind: 'estimates' }>): readonly Mark[] {
  const known = figure.rows.flatMap((row) => row.estimates.filter((one) => one !== null));
  const range = spanOf(
    known.flatMap(({ value, stderr }) => [value - errorOf(stderr), value + errorOf(stderr)]),
  );
  const x = xScale(range, left);
  const step = (frame.bottom - frame.top) / Math.max(1, figure.rows.length);
  const apart = Math.min(14, step / (figure.groups.length + 1));
  const drawn = figure.rows.flatMap(({ label, estimates: own }, r): Mark[] => {
    const middle = frame.top + (r + 0.5) * step;
    return [
      textMark([left - 10, middle + 4], label, { anchor: 'end' }),
      ...own.flatMap((estimate, group): Mark[] => {
        if (estimate === null || !Number.isFinite(estimate.value)) return [];
        const { value } = estimate;
        const error = errorOf(estimate.stderr);
        const y = middle + (group - (own.length - 1) / 2) * apart;
        const says = `${label}, ${figure.groups[group] ?? ''}: ${numberLabel(value)}`;
        return [
          ...(error > 0
            ? [lineMark([x(value - error), y], [x(value + error), y], group, 1.5)]
            : []),
          {
            kind: 'dot',
            at: [x(value), y],
            radius: 4,
            paint: group,
            isRing: group === 0 && own.length > 1,
            says: error > 0 ? `${says} ± ${numberLabel(error)}` : says,
          },
        ];
      }),
    ];
  });
  const isRing = (group: number): boolean => group === 0;
  return [...xAxis(figure.x, range, true, left), ...keyOf(figure.groups, isRing), ...drawn];
}

function errorOf(stderr: number | null): number {
  return stderr !== null && Number.isFinite(stderr) ? stderr : 0;
}
