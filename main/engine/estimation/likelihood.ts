/** Shots of Q^power A, and how many of them read 1. */
export interface Reading {
  readonly power: number;
  readonly hits: number;
  readonly shots: number;
}

/** Steps between two neighbouring peaks of the fastest likelihood. */
const stepsAPeak = 16;

/** The θ between 0 and π/2 under which readings are most likely, and the hull of all that are nearly as likely. */
export interface MostLikely {
  readonly angle: number;
  readonly interval: readonly [number, number];
}

/** Likely may be what lacks at most `drop` of the logarithm. */
export function mostLikelyAngle(readings: readonly Reading[], drop: number): MostLikely {
  return mostLikely(readings, drop, (angle) => logLikelihood(readings, angle));
}

/** The same by any likelihood of the angle that turns no faster than the readings do. */
export function mostLikely(
  readings: readonly Reading[],
  drop: number,
  likelihood: (angle: number) => number,
): MostLikely {
  const highest = readings.reduce((most, { power }) => Math.max(most, 2 * power + 1), 1);
  const count = stepsAPeak * highest;
  const step = Math.PI / 2 / count;
  const grid = Float64Array.from({ length: count + 1 }, (_, k) => likelihood(k * step));
  const best = grid.reduce((at, one, k) => (one > (grid[at] as number) ? k : at), 0);
  const angle = peakBetween(
    likelihood,
    Math.max(0, best - 1) * step,
    Math.min(count, best + 1) * step,
  );
  const least = likelihood(angle) - drop;
  const isLikely = (one: number): boolean => one >= least;
  const first = grid.findIndex(isLikely);
  const last = grid.findLastIndex(isLikely);
  // A peak may lie between two points of the grid that are both too unlikely.
  const low = first === -1 ? angle : Math.min(first * step, angle);
  const high = last === -1 ? angle : Math.max(last * step, angle);
  return {
    angle,
    interval: [
      edgeBetween(likelihood, least, Math.max(0, low - step), low),
      edgeBetween(likelihood, least, Math.min(Math.PI / 2, high + step), high),
    ],
  };
}

/** Of θ, where nothing but chance disturbs the readings. */
export function logLikelihood(readings: readonly Reading[], angle: number): number {
  return readings.reduce((sum, { power, hits, shots }) => {
    const turned = (2 * power + 1) * angle;
    return (
      sum + weighted(hits, Math.sin(turned) ** 2) + weighted(shots - hits, Math.cos(turned) ** 2)
    );
  }, 0);
}

/** What never came says nothing, however unlikely. */
export function weighted(count: number, probability: number): number {
  return count === 0 ? 0 : count * Math.log(Math.max(probability, 1e-300));
}

const golden = (Math.sqrt(5) - 1) / 2;

/** The peak of a stretch that has only one, by golden section. */
function peakBetween(likelihood: (angle: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let round = 0; round < 60; round++) {
    const reach = golden * (high - low);
    if (likelihood(high - reach) > likelihood(low + reach)) high = low + reach;
    else low = high - reach;
  }
  return (low + high) / 2;
}

/** Where the likelihood falls below `least` between a place where it may have and one where it has not. */
function edgeBetween(
  likelihood: (angle: number) => number,
  least: number,
  outside: number,
  inside: number,
): number {
  if (likelihood(outside) >= least) return outside;
  let [out, within] = [outside, inside];
  for (let round = 0; round < 50; round++) {
    const middle = (out + within) / 2;
    if (likelihood(middle) >= least) within = middle;
    else out = middle;
  }
  return within;
}
