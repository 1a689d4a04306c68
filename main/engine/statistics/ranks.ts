/** Ranks from 1 of the smallest on; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => at(values, a) - at(values, b));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && at(values, at(order, to)) === at(values, at(order, from))) to++;
    for (let k = from; k < to; k++) ranks[at(order, k)] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Σ (t³ − t) over groups of t equal values. */
export function tieSum(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + (t ** 3 - t), 0);
}

function at(values: readonly number[], index: number): number {
  return values[index] as number;
}
