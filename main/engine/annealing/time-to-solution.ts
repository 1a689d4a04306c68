import { binomialInterval } from '../statistics/binomial.ts';

/** How sure one wants to be to have seen the solution, and how wide the interval of what that takes is. */
const certainty = 0.99;
const confidence = 0.95;

export interface ReadsThatHit {
  readonly hits: number;
  readonly reads: number;
  /** Single moves that one read evaluates. */
  readonly evaluationsPerRead: number;
}

type Range = [value: number | null, low: number | null, high: number | null];

/**
 * Time to solution (Rønnow et al. 2014, arXiv:1401.2910): R = ln(1 − 0.99)/ln(1 − p) independent reads of which each hits with
 * probability p, by the share that hit, with Clopper and Pearson's interval; at least one.
 */
export function timeToSolution({ hits, reads, evaluationsPerRead }: ReadsThatHit): {
  readonly readsNeeded: Range;
  readonly evaluationsNeeded: Range;
} {
  const [least, most] = binomialInterval(hits, reads, confidence);
  const readsNeeded: Range = [readsFor(hits / reads), readsFor(most), readsFor(least)];
  return {
    readsNeeded,
    evaluationsNeeded: readsNeeded.map((one) =>
      one === null ? null : one * evaluationsPerRead,
    ) as Range,
  };
}

/** Null: no number of reads is enough. */
function readsFor(probability: number): number | null {
  if (probability <= 0) return null;
  return probability >= certainty ? 1 : Math.log(1 - certainty) / Math.log(1 - probability);
}
