/** Shots of Q^power A, and how many of them read 1. */
export interface Reading {
  readonly power: number;
  readonly hits: number;
  readonly shots: number;
}

/** Steps between two neighbouring peaks of the fastest likelihood. */
const stepsAPeak = 16;

/**
 * The θ between 0 and π/2 under which the readings are most likely, and the hull of all that are likely by
 * at most `drop` less in the logarithm.
 */
export function mostLikelyAngle(
  readings: readonly Reading[],
  drop: number,
): { readonly angle: number; readonly interval: readonly [number, number] } {
  const highest = readings.reduce((most, { power }) => Math.max(most, 2 * power + 1), 1);
  const count = stepsAPeak * highest;
  const step = Math.PI / 2 / count;
  const grid = Float64Array.from({ length: count + 1 }, (_, k) =>
    logLikelihood(readings, k * step),
  );
  const best = grid.reduce((at, one, k) => (one > (grid[at] as number) ? k : at), 0);
  const angle = peakBetween(
    readings,
    Math.max(0, best - 1) * step,
    Math.min(count, best + 1) * step,
  );
  const least = logLikelihood(readings, angle) - drop;
  const isLikely = (one: number): boolean => one >= least;
  const first = grid.findIndex(isLikely);
  const last = grid.findLastIndex(isLikely);
  // A peak may lie between two points of the grid that are both too unlikely.
  const low = first === -1 ? angle : Math.min(first * step, angle);
  const high = last === -1 ? angle : Math.max(last * step, angle);
  return {
    angle,
    interval: [
      edgeBetween(readings, least, Math.max(0, low - step), low),
      edgeBetween(readings, least, Math.min(Math.PI / 2, high + step), high),
    ],
  };
}

function logLikelihood(readings: readonly Reading[], angle: number): number {
  return readings.reduce((sum, { power, hits, shots }) => {
    const turned = (2 * power + 1) * angle;
    return (
      sum + weighted(hits, Math.sin(turned) ** 2) + weighted(shots - hits, Math.cos(turned) ** 2)
    );
  }, 0);
}

/** What never came says nothing, however unlikely. */
function weighted(count: number, probability: number): number {
  return count === 0 ? 0 : count * Math.log(Math.max(probability, 1e-300));
}

const golden = (Math.sqrt(5) - 1) / 2;

/** The peak of a stretch that has only one, by golden section. */
function peakBetween(readings: readonly Reading[], from: number, to: number): number {
  let [low, high] = [from, to];
  for (let round = 0; round < 60; round++) {
    const reach = golden * (high - low);
    if (logLikelihood(readings, high - reach) > logLikelihood(readings, low + reach))
      high = low + reach;
    else low = high - reach;
  }
  return (low + high) / 2;
}

/** Where the likelihood falls below `least` between a place where it may have and one where it has not. */
function edgeBetween(
  readings: readonly Reading[],
  least: number,
  outside: number,
  inside: number,
): number {
  if (logLikelihood(readings, outside) >= least) return outside;
  let [out, within] = [outside, inside];
  for (let round = 0; round < 50; round++) {
    const middle = (out + within) / 2;
    if (logLikelihood(readings, middle) >= least) within = middle;
    else out = middle;
  }
  return within;
}
