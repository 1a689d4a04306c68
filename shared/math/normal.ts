/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** Beyond this the series loses digits to cancellation, and the continued fraction is quick. */
const seriesReach = 3;

/**
 * Distribution function of the standard normal, to about 1e-15 of its value in either tail: a series
 * about 0 (Marsaglia 2004), and further out the continued fraction of Mills' ratio.
 */
export function normalDistribution(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) > seriesReach) {
    const tail = normalDensity(x) * millsRatio(Math.abs(x));
    return x > 0 ? 1 - tail : tail;
  }
  let [sum, term] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** (1 − Φ(x)) / φ(x) for x > 0, from the far end of its fraction. */
function millsRatio(x: number): number {
  let below = x;
  for (let k = 100; k > 0; k--) below = x + k / below;
  return 1 / below;
}

/** The x at which the distribution function is `p`; ±Infinity at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  let [low, high] = [-40, 40];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How many standard errors the half of a two-sided interval of this confidence spans. */
export function normalHalfWidth(confidence: number): number {
  return -normalQuantile((1 - confidence) / 2);
}
