import type { Rng } from '#shared/base/rng.ts';
import { leastNear } from './difference-search.ts';

/** x_t = constant + φ·x_{t−1} + e_t with e_t of variance σ²_t = ω + Σ α_i e²_{t−i} + Σ β_j σ²_{t−j}. */
export interface Garch {
  readonly constant: number;
  readonly phi: number;
  readonly omega: number;
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  /** What e² and σ² count as before the first value, or of an AR mean the first two. */
  readonly before: number;
  /** Values that the mean of the first error needs: 1 where it follows the last value, else 0. */
  readonly lags: number;
}

export type MeanModel = 'zero' | 'constant' | 'ar';

export interface GarchOrders {
  readonly mean: MeanModel;
  /** Squares that the variance depends on, and past variances. */
  readonly p: number;
  readonly q: number;
}

/** What is known of each time: its error and its variance. One longer than the series: the last variance is that of the next value. */
export interface Volatility {
  readonly errors: Float64Array;
  readonly variances: Float64Array;
}

/** Errors and variances of a series. O(n·(p + q)). */
export function volatilityOf(series: Float64Array, process: Garch): Volatility {
  const { omega, alpha, beta, before, lags } = process;
  const n = series.length;
  const errors = Float64Array.from(series, (x, t) =>
    t < lags ? Math.sqrt(before) : x - meanAfter(process, series[t - 1] as number),
  );
  const variances = new Float64Array(n + 1).fill(before, 0, lags);
  for (let t = lags; t <= n; t++) {
    let variance = omega;
    alpha.forEach((a, i) => {
      variance += a * (t - 1 - i < lags ? before : (errors[t - 1 - i] as number) ** 2);
    });
    beta.forEach((b, j) => {
      variance += b * (t - 1 - j < lags ? before : (variances[t - 1 - j] as number));
    });
    variances[t] = variance;
  }
  return { errors, variances };
}

/** What is expected after a value. */
export function meanAfter({ constant, phi }: Garch, x: number): number {
  return phi === 0 ? constant : constant + phi * x;
}

/** −2/n of the logarithm of the Gaussian likelihood, without constants, given the values that the mean needs. */
export function devianceOf(series: Float64Array, process: Garch): number {
  const { errors, variances } = volatilityOf(series, process);
  let sum = 0;
  for (let t = process.lags; t < series.length; t++) {
    const variance = variances[t] as number;
    sum += Math.log(variance) + (errors[t] as number) ** 2 / variance;
  }
  return sum / (series.length - process.lags);
}

/** Variances of the values `steps` after the first `known` ones of a series: variances of the errors of an AR mean add up. */
export function variancesAhead(
  { errors, variances }: Volatility,
  { omega, alpha, beta, before, phi, lags }: Garch,
  { known, steps }: { readonly known: number; readonly steps: number },
): Float64Array {
  // E[e²] is the variance where e is not known yet.
  const ahead = new Float64Array(steps);
  const square = (t: number): number =>
    t < lags ? before : t < known ? (errors[t] as number) ** 2 : (ahead[t - known] as number);
  const variance = (t: number): number =>
    t < lags ? before : t < known ? (variances[t] as number) : (ahead[t - known] as number);
  for (let h = 0; h < steps; h++) {
    let sum = omega;
    alpha.forEach((a, i) => (sum += a * square(known + h - 1 - i)));
    beta.forEach((b, j) => (sum += b * variance(known + h - 1 - j)));
    ahead[h] = sum;
  }
  let spread = 0;
  return ahead.map((value) => (spread = value + phi * phi * spread));
}

/** Persistences that a search starts from: most of them are high, and a few series hardly remember. */
const starts = [
  [0.05, 0.9],
  [0.15, 0.6],
  [0.2, 0.1],
] as const;

/**
 * The process of greatest Gaussian likelihood (Bollerslev 1986), by L-BFGS from several starts; Σα + Σβ stays below 1. What
 * came before counts as the mean square about the least-squares mean.
 */
export function fittedGarch(given: Float64Array, orders: GarchOrders, rng: Rng): Garch {
  const { mean, p, q } = orders;
  const line = leastSquares(given, mean);
  const scale = Math.sqrt(line.meanSquare);
  if (!(scale > 0)) {
    const [alpha, beta] = [new Float64Array(p), new Float64Array(q)];
    return { ...line, omega: 0, alpha, beta, before: 0 };
  }
  const series = given.map((x) => x / scale);
  const processAt = (free: Float64Array): Garch => {
    // Shares of a whole: what is left of 1 is no persistence.
    const weights = free.slice(3, 3 + p + q).map(Math.exp);
    const total = 1 + weights.reduce((sum, w) => sum + w, 0);
    const shares = weights.map((w) => w / total);
    return {
      constant: line.constant / scale + (mean === 'zero' ? 0 : (free[0] as number)),
      phi: line.phi + (mean === 'ar' ? (free[1] as number) : 0),
      omega: 1e-12 + Math.exp(free[2] as number),
      alpha: shares.subarray(0, p),
      beta: shares.subarray(p),
      before: 1,
      lags: line.lags,
    };
  };
  const valueAt = (free: Float64Array): number => devianceOf(series, processAt(free));
  let best = { value: Infinity, free: new Float64Array(3 + p + q) };
  for (const [a, b] of starts) {
    const left = 1 - a - (q === 0 ? 0 : b);
    const start = Float64Array.from({ length: 3 + p + q }, (_, k) => {
      if (k < 2) return 0;
      if (k === 2) return Math.log(left);
      return Math.log((k < 3 + p ? a / p : b / q) / left);
    });
    const free = leastNear(start, valueAt, rng);
    const value = valueAt(free);
    if (value < best.value) best = { value, free: Float64Array.from(free) };
  }
  const found = processAt(best.free);
  return {
    ...found,
    constant: found.constant * scale,
    omega: found.omega * scale ** 2,
    before: scale ** 2,
  };
}

/** The mean by least squares, given the values that it needs, and the mean square that is left. */
function leastSquares(series: Float64Array, mean: MeanModel) {
  const lags = mean === 'ar' ? 1 : 0;
  const [x, y] = [series.subarray(0, series.length - lags), series.subarray(lags)];
  const n = y.length;
  const meanOf = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / n;
  const [mx, my] = [meanOf(x), meanOf(y)];
  const sxx = x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  const sxy = x.reduce((sum, v, t) => sum + (v - mx) * ((y[t] as number) - my), 0);
  const phi = mean === 'ar' && sxx > 0 ? sxy / sxx : 0;
  const constant = mean === 'zero' ? 0 : my - phi * mx;
  const squares = y.reduce((sum, v, t) => sum + (v - constant - phi * (x[t] as number)) ** 2, 0);
  return { constant, phi, lags, meanSquare: squares / n } as const;
}
