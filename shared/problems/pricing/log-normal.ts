import { AppError } from '../../base/errors.ts';

/** A price that follows geometric Brownian motion, seen from today. */
export interface Market {
  readonly spot: number;
  /** Standard deviation of the log-return over a year. */
  readonly volatility: number;
  /** Continuously compounded, a year. */
  readonly rate: number;
  readonly dividendYield: number;
}

/** A price after some years on 2^qubits points with equal steps. */
export interface PriceGrid {
  readonly values: Float64Array;
  readonly probabilities: Float64Array;
}

/**
 * Points from low to high, by default three standard deviations about the mean and not below 0, weighted
 * by the log-normal density and normalised (Stamatopoulos et al., arXiv:1905.02666).
 */
export function logNormalGrid(
  market: Market,
  years: number,
  qubits: number,
  bounds?: readonly number[],
): PriceGrid {
  const { location, scale } = logNormalOf(market, years);
  const mean = Math.exp(location + scale ** 2 / 2);
  const deviation = mean * Math.sqrt(Math.expm1(scale ** 2));
  const [low = Math.max(0, mean - 3 * deviation), high = mean + 3 * deviation] = bounds ?? [];
  const values = equalSteps(low, high, qubits);
  const logs = values.map((x) => {
    const z = (Math.log(x) - location) / scale;
    return x > 0 ? -Math.log(x) - 0.5 * z * z : -Infinity;
  });
  return { values, probabilities: normalisedWeights(logs) };
}

/** 2^qubits points from low to high. */
export function equalSteps(low: number, high: number, qubits: number): Float64Array {
  const last = 2 ** qubits - 1;
  return Float64Array.from({ length: last + 1 }, (_, k) => low + ((high - low) * k) / last);
}

/** ln S after some years is normal with this mean and standard deviation. */
export function logNormalOf(
  { spot, volatility, rate, dividendYield }: Market,
  years: number,
): { readonly location: number; readonly scale: number } {
  const drift = rate - dividendYield - volatility ** 2 / 2;
  return { location: Math.log(spot) + drift * years, scale: volatility * Math.sqrt(years) };
}

/** Probabilities from the logarithms of densities. */
export function normalisedWeights(logs: Float64Array): Float64Array {
  const highest = logs.reduce((most, one) => Math.max(most, one), -Infinity);
  const weights = logs.map((one) => Math.exp(one - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (Number.isFinite(total)) return weights.map((weight) => weight / total);
  throw new AppError(
    'bad-input',
    'The distribution has no weight that can be computed with on this grid; choose other bounds, a lower volatility or a shorter time.',
    { path: 'problem' },
  );
}
