import type { Rng } from '#shared/base/rng.ts';
import { type Estimate, meanOverShots } from './estimates.ts';
import { drawIndices } from './outcomes.ts';

/** A value for each outcome, to be averaged over shots. */
export interface SampledValue {
  readonly probabilities: Float64Array;
  readonly valueOf: (index: number) => number;
  /** How far apart two values can be. */
  readonly range: number;
}

/** How many shots may be taken, and the standard error at which to stop earlier. */
export interface ShotLimits {
  readonly shots: number;
  readonly targetError?: number | undefined;
}

/** Shots after which the error is looked at. */
const blockShots = 1024;

/** The mean over shots, all at once or in blocks until it is known to the asked error. */
export function sampleMean(
  { probabilities, valueOf, range }: SampledValue,
  { shots, targetError }: ShotLimits,
  rng: Rng,
): Estimate & { readonly shots: number } {
  let sum = 0;
  let squares = 0;
  let taken = 0;
  let estimate: Estimate = { value: 0, stderr: Infinity };
  const isDone = (): boolean =>
    targetError !== undefined &&
    taken > 0 &&
    // What was never seen in n shots may still have a probability near 1/n.
    Math.max(estimate.stderr, range / taken) <= targetError;
  while (taken < shots && !isDone()) {
    const block = targetError === undefined ? shots : Math.min(blockShots, shots - taken);
    drawIndices([probabilities], block, rng, (_, index, count) => {
      const value = valueOf(index);
      sum += count * value;
      squares += count * value * value;
    });
    taken += block;
    estimate = meanOverShots(sum, squares, taken);
  }
  return { ...estimate, shots: taken };
}
