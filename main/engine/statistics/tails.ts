import { normalDensity, normalDistribution } from '#shared/math/normal.ts';
import { logGamma, regularisedBeta } from './binomial.ts';

/** P(χ² > x) with `df` degrees of freedom. */
export function chiSquareTail(x: number, df: number): number {
  return x <= 0 ? 1 : upperGamma(df / 2, x / 2);
}

/** P(F > x) with `df1` and `df2` degrees of freedom. */
export function fTail(x: number, df1: number, df2: number): number {
  if (x === Infinity) return 0;
  return x <= 0 ? 1 : regularisedBeta(df2 / (df2 + df1 * x), df2 / 2, df1 / 2);
}

/** The regularised upper incomplete gamma function Q(a, x): a series near 0, Lentz' fraction beyond. */
function upperGamma(a: number, x: number): number {
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - factor * sum;
  }
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < 10_000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return factor * h;
}

const reach = 8.5;
const panels = 2000;

/** P(range of `k` standard normals ≤ w): the studentised range with infinite degrees of freedom, by Simpson. */
export function rangeDistribution(w: number, k: number): number {
  if (w <= 0) return 0;
  const step = (2 * reach + w) / panels;
  let sum = 0;
  for (let i = 0; i <= panels; i++) {
    // z is the largest of them; all others lie within w below it.
    const z = -reach + i * step;
    const inside = normalDistribution(z) - normalDistribution(z - w);
    const weight = i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * k * normalDensity(z) * inside ** (k - 1);
  }
  return (sum * step) / 3;
}

/** The w that the range of `k` standard normals exceeds with probability `alpha`. */
export function rangeQuantile(alpha: number, k: number): number {
  let [low, high] = [0, 30];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (1 - rangeDistribution(middle, k) > alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The t that the absolute value of Student's t with `df` degrees of freedom exceeds with probability `alpha`. */
export function studentHalfWidth(alpha: number, df: number): number {
  let [low, high] = [0, 1e8];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (fTail(middle * middle, 1, df) > alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
