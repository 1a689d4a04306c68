import type { Rng } from '#shared/base/rng.ts';

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap (Efron 1979) of a statistic of `values`: items are drawn with replacement
 * `resamples` times. A statistic may be null on a resample (nothing to average); those are left out.
 */
export function bootstrapInterval<T>(
  values: readonly T[],
  statistic: (sample: readonly T[]) => number | null,
  options: { readonly confidence: number; readonly resamples: number; readonly rng: Rng },
): Interval | null {
  const mean = statistic(values);
  if (mean === null || values.length === 0) return null;
  const drawn: number[] = [];
  for (let k = 0; k < options.resamples; k++) {
    const sample = values.map(() => values[options.rng.below(values.length)] as T);
    const value = statistic(sample);
    if (value !== null) drawn.push(value);
  }
  drawn.sort((a, b) => a - b);
  const tail = (1 - options.confidence) / 2;
  return { mean, low: quantile(drawn, tail), high: quantile(drawn, 1 - tail) };
}

/** Linear interpolation between order statistics (Hyndman and Fan, type 7). */
export function quantile(sorted: readonly number[], p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  // Equal neighbours first: ∞ − ∞ is not a number.
  return low === high ? low : low + (position - below) * (high - low);
}

export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length;
}
