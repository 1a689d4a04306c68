import { type MostLikely, mostLikely, type Reading, weighted } from './likelihood.ts';

/** Losses of contrast a call that are tried first; the best is made finer. */
const decays = [0, ...Array.from({ length: 24 }, (_, k) => 1e-4 * 1.45 ** k)];

/**
 * As `mostLikelyAngle` where the contrast falls by exp(−κ(2m + 1)): the objective reads 1 with probability
 * (1 − exp(−κ(2m + 1)) cos(2(2m + 1)θ))/2. For each angle the κ is taken that suits it best, so that the
 * interval holds the doubt about the noise as well.
 */
export function mostLikelyThroughNoise(readings: readonly Reading[], drop: number): MostLikely {
  // One power tells angle and noise not apart.
  const tried = readings.length < 3 ? [0] : decays;
  return mostLikely(readings, drop, (angle) =>
    tried.reduce(
      (most, decay) => Math.max(most, noisyLogLikelihood(readings, angle, decay)),
      -Infinity,
    ),
  );
}

function noisyLogLikelihood(readings: readonly Reading[], angle: number, decay: number): number {
  let sum = 0;
  for (const { power, hits, shots } of readings) {
    const factor = 2 * power + 1;
    const one = (1 - Math.exp(-decay * factor) * Math.cos(2 * factor * angle)) / 2;
    sum += weighted(hits, one) + weighted(shots - hits, 1 - one);
  }
  return sum;
}
