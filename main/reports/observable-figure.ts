import { memberOf } from './job-result.ts';
import { circle, colours, line, numberLabel, spanOf, text, ticksOf } from './svg.ts';

/** An observable's raw and mitigated value, each with its standard error. */
interface ObservableRow {
  readonly label: string;
  readonly raw: Estimate;
  readonly mitigated: Estimate;
}

interface Estimate {
  readonly value: number;
  readonly stderr: number;
}

/** Room of the drawing in its own units. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Rows of an expectation job's result; empty where it has none. */
export function observableRows(result: unknown): ObservableRow[] {
  const rows = memberOf(result, 'observables');
  if (!Array.isArray(rows)) return [];
  return rows.map((row) => ({
    label: String(memberOf(row, 'observable')),
    raw: estimateOf(memberOf(row, 'raw')),
    mitigated: estimateOf(memberOf(row, 'mitigated')),
  }));
}

function estimateOf(value: unknown): Estimate {
  return { value: Number(memberOf(value, 'value')), stderr: Number(memberOf(value, 'stderr')) };
}

/** One line an observable: the raw value as a ring, the mitigated one as a dot, bars of one standard error. */
export function observablePoints(rows: readonly ObservableRow[], frame: Frame): string {
  const left = frame.left + 120;
  const ends = rows.flatMap(({ raw, mitigated }) =>
    [raw, mitigated].flatMap(({ value, stderr }) => [value - stderr, value + stderr]),
  );
  const [low, high] = spanOf(ends);
  const xOf = (value: number): number =>
    left + ((value - low) / (high - low || 1)) * (frame.width - left - frame.right);
  const step = (frame.height - frame.top - frame.bottom) / rows.length;
  const axis = ticksOf(low, high, 6).map(
    (tick) =>
      line(xOf(tick), frame.top, xOf(tick), frame.height - frame.bottom, '#dddddd') +
      text(xOf(tick), frame.height - frame.bottom + 18, numberLabel(tick), {
        'text-anchor': 'middle',
      }),
  );
  const drawn = rows.map(({ label, raw, mitigated }, i) => {
    const y = frame.top + (i + 0.5) * step;
    const offset = Math.min(7, step / 5);
    return (
      text(left - 10, y + 4, label, { 'text-anchor': 'end' }) +
      mark(raw, xOf, y - offset, { fill: '#ffffff', stroke: colours[1] ?? '' }) +
      mark(mitigated, xOf, y + offset, { fill: colours[0] ?? '', stroke: colours[0] ?? '' })
    );
  });
  const key = text(20, 46, 'ring: raw, dot: mitigated, bar: one standard error');
  return [key, ...axis, ...drawn].join('');
}

function mark(
  { value, stderr }: Estimate,
  xOf: (value: number) => number,
  y: number,
  paint: { readonly fill: string; readonly stroke: string },
): string {
  if (!Number.isFinite(value)) return '';
  const bar = stderr > 0 ? line(xOf(value - stderr), y, xOf(value + stderr), y, paint.stroke) : '';
  return bar + circle(xOf(value), y, 4, paint);
}
