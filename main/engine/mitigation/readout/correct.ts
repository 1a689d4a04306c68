import { AppError } from '#shared/base/errors.ts';
import { indexAt, type PackedBits, packIndices } from '#shared/base/packed-bits.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { ReadoutMethod } from '#shared/jobs/mitigate.ts';
import type { Counts } from '../../programs/program.ts';
import { type BitError, invertConfusion, oneNormOfInverse, unreadableBit } from './confusion.ts';
import { multiplySeen, type SeenConfusion, seenConfusion } from './seen-outcomes.ts';
import { nearestDistribution } from './simplex.ts';
import { oneNormOfSeenInverse, solveSeen } from './solve-seen.ts';

export type ValueOf = (outcomes: PackedBits, k: number) => number;

/** Outcomes with the readout error taken out. */
export interface Corrected {
  readonly outcomes: PackedBits;
  /** Quasi-probabilities, some of which may be negative; they add up to 1. */
  readonly quasi: Float64Array;
  /** How many times as many shots the same error needs as without readout errors. */
  readonly overhead: number;
  /**
   * Share of the readings that the seen outcomes should have left on others, which were not seen: so much of the
   * readout error stays in. 0 where all outcomes are in the table.
   */
  readonly unseen: number;
  /** Mean of a function of outcomes and its standard error, which follows from the counts. */
  readonly mean: (valueOf: ValueOf) => { readonly value: number; readonly stderr: number };
}

/** Tables over all outcomes are made of so many bits at most. */
export const widestInverse = 20;

/** Counts with the tensored readout error of `errors` (one a bit) taken out. O(n·2^n) for “inverse” and “nearest”, O(seen²) for the others. */
export function correctReadout(
  counts: Counts,
  errors: readonly BitError[],
  method: ReadoutMethod,
): Corrected {
  const bit = unreadableBit(errors);
  if (bit >= 0) {
    throw new AppError(
      'bad-input',
      `Bit ${bit} is read as 0 and 1 alike whatever it was (its two readout errors add up to about 1), so nothing can be brought back. Leave it out.`,
      { bit },
    );
  }
  if (method === 'matrix-free') return matrixFree(counts, errors);
  if (method === 'bayesian') return bayesian(counts, errors);
  const { width } = counts.outcomes;
  if (width > widestInverse) {
    throw new AppError(
      'too-large',
      `The method “${method}” makes a table of all 2^${width} outcomes; it reaches ${widestInverse} bits. Use the method “matrix-free”.`,
      { width },
    );
  }
  return inverted(counts, errors, method);
}

function frequencies({ counts }: Counts): { readonly total: number; readonly p: Float64Array } {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return { total, p: counts.map((n) => n / total) };
}

/** Σ p·g and the standard error of that mean over shots. */
function meanOf(p: Float64Array, g: ArrayLike<number>, total: number) {
  let [value, squares] = [0, 0];
  p.forEach((weight, k) => {
    value += weight * (g[k] as number);
    squares += weight * (g[k] as number) ** 2;
  });
  const variance = Math.max(0, squares - value * value) / Math.max(1, total - 1);
  return { value, stderr: Math.sqrt(variance) };
}

function inverted(
  counts: Counts,
  errors: readonly BitError[],
  method: 'inverse' | 'nearest',
): Corrected {
  const { total, p } = frequencies(counts);
  const size = 2 ** counts.outcomes.width;
  const seen = Array.from(p, (_, k) => indexAt(counts.outcomes, k));
  const quasi = new Float64Array(size);
  seen.forEach((index, k) => {
    quasi[index] = p[k] as number;
  });
  invertConfusion(quasi, errors);
  const outcomes = packIndices(counts.outcomes.width, Uint32Array.from(quasi.keys()));
  const overhead = oneNormOfInverse(errors) ** 2;
  /** Means of what is linear in the quasi-probabilities: the function is carried back to what was seen. */
  const linear = (f: Float64Array) => {
    invertConfusion(f, errors, true);
    return meanOf(
      p,
      seen.map((index) => f[index] as number),
      total,
    );
  };
  if (method === 'inverse') {
    const mean = (valueOf: ValueOf) => linear(quasi.map((_, k) => valueOf(outcomes, k)));
    return { outcomes, quasi, overhead, unseen: 0, mean };
  }
  const { probabilities, support } = nearestDistribution(quasi);
  const mean = (valueOf: ValueOf) => {
    // On its support the projection spreads what is missing evenly, so the mean over the support drops out.
    const values = support.map((k) => valueOf(outcomes, k));
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const f = new Float64Array(size);
    support.forEach((k, at) => {
      f[k] = (values[at] as number) - middle;
    });
    const { value, stderr } = linear(f);
    return { value: value + middle, stderr };
  };
  return { outcomes, quasi: probabilities, overhead, unseen: 0, mean };
}

function matrixFree(counts: Counts, errors: readonly BitError[]): Corrected {
  const { total, p } = frequencies(counts);
  const { outcomes } = counts;
  const confusion = seenConfusion(outcomes, errors);
  return {
    outcomes,
    quasi: solveSeen(confusion, p),
    unseen: dot(p, confusion.unseen),
    get overhead() {
      return oneNormOfSeenInverse(confusion) ** 2;
    },
    mean: (valueOf) =>
      meanOf(
        p,
        solveSeen(
          confusion,
          p.map((_, k) => valueOf(outcomes, k)),
          true,
        ),
        total,
      ),
  };
}

/** Rounds of unfolding: more of them come nearer to the inverse, and to its noise. */
const unfoldings = 50;
/** Standard errors come from so many repetitions. */
const repetitions = 64;

/** Iterative Bayesian unfolding among the outcomes that were seen (D'Agostini; Nachman et al., npj Quantum Inf. 6, 84). */
function bayesian(counts: Counts, errors: readonly BitError[]): Corrected {
  const { total, p } = frequencies(counts);
  const { outcomes } = counts;
  const confusion = seenConfusion(outcomes, errors);
  const quasi = unfolded(confusion, p);
  let repeated: readonly Float64Array[] | null = null;
  return {
    outcomes,
    quasi,
    unseen: dot(p, confusion.unseen),
    get overhead() {
      return oneNormOfSeenInverse(confusion) ** 2;
    },
    mean(valueOf) {
      const f = quasi.map((_, k) => valueOf(outcomes, k));
      repeated ??= Array.from({ length: repetitions }, (_, r) =>
        unfolded(confusion, redrawn(p, total, rngOf(r, outcomes.width))),
      );
      const means = repeated.map((one) => dot(one, f));
      const middle = means.reduce((sum, value) => sum + value, 0) / repetitions;
      const variance =
        means.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (repetitions - 1);
      return { value: dot(quasi, f), stderr: Math.sqrt(variance) };
    },
  };
}

function unfolded(confusion: SeenConfusion, p: Float64Array): Float64Array {
  let guess = new Float64Array(p.length).fill(1 / p.length);
  for (let round = 0; round < unfoldings; round++) {
    const expected = multiplySeen(confusion, guess, false);
    const ratios = p.map((value, k) =>
      (expected[k] as number) > 0 ? value / (expected[k] as number) : 0,
    );
    const factors = multiplySeen(confusion, ratios, true);
    guess = guess.map((value, k) => value * (factors[k] as number));
  }
  return guess;
}

/** Frequencies of as many shots drawn again; for many shots each count is normal on its own. */
function redrawn(p: Float64Array, total: number, rng: Rng): Float64Array {
  const drawn = p.map((value) =>
    Math.max(0, value + Math.sqrt((value * (1 - value)) / total) * rng.normal()),
  );
  const sum = drawn.reduce((all, value) => all + value, 0);
  return drawn.map((value) => value / sum);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + value * (b[k] as number), 0);
}

/** From here on what was not seen is worth a word. */
const notableUnseen = 0.05;

/** What is to be said of a correction among seen outcomes where too few of them were seen; null elsewhere. */
export function unseenWarning({ unseen }: Corrected): string | null {
  if (unseen < notableUnseen) return null;
  return `About ${(100 * unseen).toPrecision(2)} % of the readings that the seen outcomes leave behind fall on outcomes that were not seen, and that part of the readout error stays in the values. Take more shots, or for observables on few qubits the method “inverse”.`;
}
