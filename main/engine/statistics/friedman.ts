import { ranksOf, tieSum } from './ranks.ts';
import { chiSquareTail, fTail, rangeQuantile } from './tails.ts';

export interface Friedman {
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
  readonly imanDavenport: {
    readonly F: number;
    readonly df1: number;
    readonly df2: number;
    readonly p: number;
  };
}

/** Average ranks over the blocks; rank 1 is the smallest value of a block. */
export function averageRanks(blocks: readonly (readonly number[])[]): number[] {
  const sums = blocks.map(ranksOf);
  const models = blocks[0]?.length ?? 0;
  return Array.from(
    { length: models },
    (_, m) => sums.reduce((sum, ranks) => sum + (ranks[m] as number), 0) / blocks.length,
  );
}

/**
 * Friedman's test (1937) that all treatments rank alike over the blocks, corrected for ties (Conover 1999),
 * and the less conservative F of Iman and Davenport (1980). Needs two blocks and two treatments.
 */
export function friedman(blocks: readonly (readonly number[])[]): Friedman {
  const n = blocks.length;
  const k = blocks[0]?.length ?? 0;
  const spread = averageRanks(blocks).reduce((sum, rank) => sum + (rank - (k + 1) / 2) ** 2, 0);
  const ties = blocks.reduce((sum, block) => sum + tieSum(block), 0);
  const correction = 1 - ties / (n * (k ** 3 - k));
  const plain = (12 * n * spread) / (k * (k + 1));
  // Everything equal: nothing speaks against equal ranks.
  const chi2 = correction === 0 ? 0 : plain / correction;
  const df = k - 1;
  const rest = n * df - chi2;
  const F = rest <= 0 ? Infinity : ((n - 1) * chi2) / rest;
  const df2 = df * (n - 1);
  return {
    chi2,
    df,
    p: chiSquareTail(chi2, df),
    imanDavenport: { F, df1: df, df2, p: fTail(F, df, df2) },
  };
}

export interface Nemenyi {
  /** Quantile of the studentised range over √2, as Demšar (JMLR 7, 2006) lists it. */
  readonly q: number;
  /** Average ranks that are further apart differ. */
  readonly criticalDifference: number;
}

/** The critical difference of average ranks of `models` over `blocks` at level `alpha`. */
export function nemenyi(models: number, blocks: number, alpha: number): Nemenyi {
  const q = rangeQuantile(alpha, models) / Math.SQRT2;
  return { q, criticalDifference: q * Math.sqrt((models * (models + 1)) / (6 * blocks)) };
}

/**
 * Largest sets of models, by average rank, whose best and worst are no further apart than the critical
 * difference; a model that differs from all others stands in none.
 */
export function groupsWithin(ranks: readonly number[], criticalDifference: number): number[][] {
  const order = ranks.map((_, m) => m).sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
  const groups: number[][] = [];
  let covered = 0;
  for (let from = 0; from < order.length; from++) {
    let to = from + 1;
    const first = ranks[order[from] as number] as number;
    while (
      to < order.length &&
      (ranks[order[to] as number] as number) - first <= criticalDifference
    )
      to++;
    if (to - from > 1 && to > covered) groups.push(order.slice(from, to));
    covered = Math.max(covered, to);
  }
  return groups;
}
