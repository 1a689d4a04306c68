import type { Rng } from '#shared/base/rng.ts';

export interface SignedRankPosterior {
  /** That the first is better by more than the region of practical equivalence. */
  readonly left: number;
  readonly rope: number;
  /** That the second is. */
  readonly right: number;
}

/** Strength of the one pseudo-observation of the prior, which says: no difference. */
const priorStrength = 0.5;
const samples = 20_000;

/**
 * The Bayesian signed-rank test (Benavoli, Corani, Demšar and Zaffalon, JMLR 18, 2017): posterior
 * probabilities, by sampling a Dirichlet process, of which region holds most of the pairwise mean
 * differences. `advantages`: of the first over the second; `rope`: half width of practical equivalence.
 */
export function bayesianSignedRank(
  advantages: readonly number[],
  rope: number,
  rng: Rng,
): SignedRankPosterior {
  const points = [0, ...advantages];
  const order = points
    .map((_, k) => k)
    .sort((a, b) => (points[a] as number) - (points[b] as number));
  const sorted = order.map((k) => points[k] as number);
  const shapes = order.map((k) => (k === 0 ? priorStrength : 1));
  const above = sorted.map((z) => firstAbove(sorted, 2 * rope - z));
  const below = sorted.map((z) => firstFrom(sorted, -2 * rope - z));
  const wins = [0, 0, 0];
  const sums = new Float64Array(sorted.length + 1);
  for (let sample = 0; sample < samples; sample++) {
    let total = 0;
    for (const [k, shape] of shapes.entries()) {
      total += gamma(shape, rng);
      sums[k + 1] = total;
    }
    let left = 0;
    let right = 0;
    for (let k = 0; k < sorted.length; k++) {
      const weight = (sums[k + 1] as number) - (sums[k] as number);
      left += weight * (total - (sums[above[k] as number] as number));
      right += weight * (sums[below[k] as number] as number);
    }
    const middle = total * total - left - right;
    share(wins, [left, middle, right]);
  }
  const [left, middle, right] = wins as [number, number, number];
  return { left: left / samples, rope: middle / samples, right: right / samples };
}

/** One win, shared where regions are level. */
function share(wins: number[], weights: readonly number[]): void {
  const most = Math.max(...weights);
  const winners = weights.flatMap((weight, k) => (weight === most ? [k] : []));
  for (const k of winners) wins[k] = (wins[k] as number) + 1 / winners.length;
}

/** How many of the sorted values are ≤ x. */
function firstAbove(sorted: readonly number[], x: number): number {
  const found = sorted.findIndex((value) => value > x);
  return found < 0 ? sorted.length : found;
}

/** How many of the sorted values are < x. */
function firstFrom(sorted: readonly number[], x: number): number {
  const found = sorted.findIndex((value) => value >= x);
  return found < 0 ? sorted.length : found;
}

/** A gamma variate of shape 1, or of shape ½ as half the square of a normal one. */
function gamma(shape: number, rng: Rng): number {
  return shape === 1 ? -Math.log(1 - rng.uniform()) : rng.normal() ** 2 / 2;
}
