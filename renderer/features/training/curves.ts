import type { Series } from '#shared/jobs/job.ts';

/** The lowest finite point of a curve; null where there is none. */
export function bestOf(series: Series): { readonly x: number; readonly y: number } | null {
  let best: { x: number; y: number } | null = null;
  for (let i = 0; i < series.y.length; i++) {
    const y = series.y[i] as number;
    if (Number.isFinite(y) && (best === null || y < best.y)) best = { x: series.x[i] as number, y };
  }
  return best;
}

/** The lowest value up to each point, for the curve of the best so far. */
export function bestSoFar(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < lowest) lowest = value;
    result[i] = lowest;
  }
  return result;
}
