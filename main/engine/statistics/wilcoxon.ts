import { normalDistribution } from '#shared/math/normal.ts';
import { ranksOf, tieSum } from './ranks.ts';

export interface Wilcoxon {
  /** The smaller of the two sums of signed ranks. */
  readonly W: number;
  /** Two-sided. */
  readonly p: number;
}

/** Beyond so many pairs, or with ties, the normal approximation answers. */
const exactUpTo = 25;

/**
 * Wilcoxon's signed-rank test (1945) of differences; zeros are dropped. Exact up to 25 differences without
 * ties, else normal with the correction for ties and none for continuity. No difference left: p = 1.
 */
export function wilcoxon(differences: readonly number[]): Wilcoxon {
  const left = differences.filter((difference) => difference !== 0);
  const n = left.length;
  if (n === 0) return { W: 0, p: 1 };
  const sizes = left.map(Math.abs);
  const ranks = ranksOf(sizes);
  const plus = left.reduce((sum, d, k) => sum + (d > 0 ? (ranks[k] as number) : 0), 0);
  const W = Math.min(plus, (n * (n + 1)) / 2 - plus);
  const ties = tieSum(sizes);
  if (n <= exactUpTo && ties === 0) return { W, p: Math.min(1, 2 * exactTail(W, n)) };
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  const z = (W - (n * (n + 1)) / 4) / Math.sqrt(variance);
  return { W, p: Math.min(1, 2 * normalDistribution(z)) };
}

/** P(rank sum ≤ w) when each of the ranks 1…n counts with probability ½. */
function exactTail(w: number, n: number): number {
  const ways = new Float64Array((n * (n + 1)) / 2 + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++)
    for (let sum = ways.length - 1; sum >= rank; sum--)
      ways[sum] = (ways[sum] as number) + (ways[sum - rank] as number);
  return ways.subarray(0, Math.floor(w) + 1).reduce((sum, count) => sum + count, 0) / 2 ** n;
}

/** Holm's step-down correction (1979), in the order given. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, k) => k).sort((a, b) => (ps[a] as number) - (ps[b] as number));
  const corrected = new Array<number>(ps.length).fill(1);
  let largest = 0;
  for (const [rank, k] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * (ps[k] as number)));
    corrected[k] = largest;
  }
  return corrected;
}
