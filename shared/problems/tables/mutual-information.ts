/**
 * The bin of every value: equal values share a bin, and bins hold equally many as far as that allows. Edges are
 * the quantiles k/bins by linear interpolation, each the last value of its bin; what has no more values than
 * bins keeps each as a bin of its own.
 */
export function equalFrequencyBins(values: readonly number[], bins: number): number[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  if (distinct.length <= bins) return values.map((value) => distinct.indexOf(value));
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: bins - 1 }, (_, k) => {
    const at = ((k + 1) / bins) * (sorted.length - 1);
    const low = sorted[Math.floor(at)] as number;
    const high = sorted[Math.ceil(at)] as number;
    return low + (at - Math.floor(at)) * (high - low);
  });
  return values.map((value) => edges.filter((edge) => value > edge).length);
}

/** Σ p(a, b) ln(p(a, b) / p(a)p(b)) over the bins, in nats. */
export function mutualInformation(a: readonly number[], b: readonly number[]): number {
  const count = a.length;
  const joint = new Map<string, number>();
  const [left, right] = [new Map<number, number>(), new Map<number, number>()];
  a.forEach((one, k) => {
    const other = b[k] as number;
    const key = `${one},${other}`;
    joint.set(key, (joint.get(key) ?? 0) + 1);
    left.set(one, (left.get(one) ?? 0) + 1);
    right.set(other, (right.get(other) ?? 0) + 1);
  });
  let sum = 0;
  for (const [key, together] of joint) {
    const [one, other] = key.split(',').map(Number) as [number, number];
    const alone = (left.get(one) ?? 1) * (right.get(other) ?? 1);
    sum += (together / count) * Math.log((together * count) / alone);
  }
  return Math.max(0, sum);
}
