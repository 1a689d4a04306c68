import type { FittedStep } from '#shared/models/fitted-step.ts';

type Rows = readonly Float64Array[];

/** The training rows' range onto [low, high]; a constant column becomes `low`. `clips` holds what lies outside at the ends. */
export function fitRange(
  rows: Rows,
  { low, high, clips }: { readonly low: number; readonly high: number; readonly clips: boolean },
): FittedStep {
  const size = rows[0]?.length ?? 0;
  const least = new Float64Array(size).fill(Infinity);
  const most = new Float64Array(size).fill(-Infinity);
  for (const row of rows) {
    row.forEach((v, k) => {
      least[k] = Math.min(least[k] as number, v);
      most[k] = Math.max(most[k] as number, v);
    });
  }
  return { kind: 'range', least, most, low, high, clips };
}

/** (v − mean)/standard deviation (ddof 0) of the training rows; a constant column becomes 0. */
export function fitStandard(rows: Rows): FittedStep {
  const size = rows[0]?.length ?? 0;
  const mean = meanOf(rows);
  const square = new Float64Array(size);
  for (const row of rows) {
    row.forEach(
      (v, k) => (square[k] = (square[k] as number) + (v - (mean[k] as number)) ** 2 / rows.length),
    );
  }
  return { kind: 'scale', centre: mean, width: square.map(Math.sqrt) };
}

/** Column means. */
export function meanOf(rows: Rows): Float64Array {
  const mean = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) row.forEach((v, k) => (mean[k] = (mean[k] as number) + v / rows.length));
  return mean;
}

/** (v − median)/interquartile range, quartiles interpolated linearly; a range of 0 counts as 1. */
export function fitRobust(rows: Rows): FittedStep {
  const size = rows[0]?.length ?? 0;
  const columns = Array.from({ length: size }, (_, k) =>
    Float64Array.from(rows, (row) => row[k] as number).sort(),
  );
  const centre = Float64Array.from(columns, (sorted) => quantileOf(sorted, 0.5));
  const width = Float64Array.from(
    columns,
    (sorted) => quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25) || 1,
  );
  return { kind: 'scale', centre, width };
}

function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const below = sorted[low] as number;
  return below + (place - low) * ((sorted[Math.min(low + 1, sorted.length - 1)] as number) - below);
}
