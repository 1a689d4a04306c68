/**
 * At most `points` points of (x, y) pairs in order: of each bucket of neighbours its lowest and its
 * highest, so that no peak is lost. The first and last points always stay.
 */
export function thinSeries(
  pairs: Float64Array,
  points: number,
): { readonly x: Float64Array; readonly y: Float64Array } {
  const count = pairs.length / 2;
  const kept = count <= points ? range(0, count) : extremes(pairs, count, points);
  return {
    x: Float64Array.from(kept, (i) => pairs[2 * i] ?? NaN),
    y: Float64Array.from(kept, (i) => pairs[2 * i + 1] ?? NaN),
  };
}

function extremes(pairs: Float64Array, count: number, points: number): number[] {
  const buckets = Math.max(0, Math.floor((points - 2) / 2));
  const kept = [0];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor((bucket * (count - 2)) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * (count - 2)) / buckets);
    kept.push(...lowestAndHighest(pairs, from, to));
  }
  kept.push(count - 1);
  return kept;
}

/** Both positions in order, or one where they are the same. */
function lowestAndHighest(pairs: Float64Array, from: number, to: number): number[] {
  let low = from;
  let high = from;
  for (let i = from + 1; i < to; i++) {
    const y = pairs[2 * i + 1] ?? NaN;
    if (y < (pairs[2 * low + 1] ?? NaN)) low = i;
    if (y > (pairs[2 * high + 1] ?? NaN)) high = i;
  }
  if (from >= to) return [];
  return low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
