/** A probability distribution next to one that may be negative, and what it took to get there. */
export interface NearestDistribution {
  readonly probabilities: Float64Array;
  /** Places that kept a probability; every other one is 0. */
  readonly support: readonly number[];
}

/**
 * The distribution that lies nearest by Euclidean distance to values that add up to 1 but may be negative (Smolin,
 * Gambetta, Smith, Phys. Rev. Lett. 108, 070502). O(n log n).
 */
export function nearestDistribution(values: Float64Array): NearestDistribution {
  const order = Array.from(values, (_, k) => k).sort(
    (a, b) => (values[b] as number) - (values[a] as number),
  );
  let [sum, kept, shift] = [0, 0, 0];
  for (const [rank, k] of order.entries()) {
    const value = values[k] as number;
    const candidate = (sum + value - 1) / (rank + 1);
    if (value - candidate <= 0) break;
    sum += value;
    kept = rank + 1;
    shift = candidate;
  }
  const support = order.slice(0, kept);
  const probabilities = new Float64Array(values.length);
  for (const k of support) probabilities[k] = (values[k] as number) - shift;
  return { probabilities, support };
}
