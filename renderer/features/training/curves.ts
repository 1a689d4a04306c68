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

/**
 * The range in which a curve is worth seeing: from its lowest to most of its values. The first wild
 * steps of an optimiser would otherwise flatten all that follows.
 */
export function rangeOf(values: Float64Array): readonly [number, number] {
  const finite = values.filter(Number.isFinite).toSorted();
  const lowest = finite[0];
  if (lowest === undefined) return [0, 1];
  const most = finite[Math.floor((finite.length - 1) * shareShown)] as number;
  const space = (most - lowest || Math.max(Math.abs(lowest), 1e-6)) * 0.08;
  return [lowest - space, most + space];
}

const shareShown = 0.97;

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
