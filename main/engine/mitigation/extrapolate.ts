import { unreachable } from '#shared/base/assert.ts';

export type Extrapolation = 'linear' | 'quadratic' | 'richardson' | 'exponential';

export interface Extrapolated {
  readonly value: number;
  readonly stderr: number;
}

/** Fewest scales that a fit needs. */
export function scalesNeeded(kind: Extrapolation): number {
  return kind === 'quadratic' ? 3 : 2;
}

/**
 * How many times larger errors of the measured values may be in the extrapolated one: Σ|w| of the weights
 * that the values (for `exponential` their logarithms) are added up with. Grows without bound with the degree
 * of the polynomial, and where scales lie close together.
 */
export function amplificationOf(kind: Extrapolation, scales: readonly number[]): number {
  return weightsOf(kind, scales).reduce((sum, weight) => sum + Math.abs(weight), 0);
}

function weightsOf(kind: Extrapolation, scales: readonly number[]): number[] {
  switch (kind) {
    case 'linear':
    case 'exponential':
      return polynomialWeights(scales, 1);
    case 'quadratic':
      return polynomialWeights(scales, 2);
    case 'richardson':
      return lagrangeWeights(scales);
    default:
      return unreachable(kind);
  }
}

/**
 * The value at scale 0 from values at `scales`, with the standard error that follows from theirs
 * (independent). `exponential`: log-linear least squares with asymptote 0; NaN where a value is 0 or
 * signs differ, because no exponential goes there.
 */
export function extrapolate(
  kind: Extrapolation,
  scales: readonly number[],
  values: readonly number[],
  stderrs: readonly number[],
): Extrapolated {
  return kind === 'exponential'
    ? exponential(scales, values, stderrs)
    : weighted(weightsOf(kind, scales), values, stderrs);
}

function weighted(
  weights: readonly number[],
  values: readonly number[],
  stderrs: readonly number[],
): Extrapolated {
  const value = weights.reduce((sum, w, k) => sum + w * (values[k] as number), 0);
  const variance = weights.reduce((sum, w, k) => sum + (w * (stderrs[k] as number)) ** 2, 0);
  return { value, stderr: Math.sqrt(variance) };
}

/** Lagrange basis at 0. */
function lagrangeWeights(scales: readonly number[]): number[] {
  return scales.map((x, k) =>
    scales.reduce((product, y, j) => (j === k ? product : (product * y) / (y - x)), 1),
  );
}

/** Weights of the least-squares polynomial's value at 0: first row of (VᵀV)⁻¹Vᵀ. */
function polynomialWeights(scales: readonly number[], degree: number): number[] {
  const size = degree + 1;
  const moment = (power: number): number => scales.reduce((sum, x) => sum + x ** power, 0);
  const normal = Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (__, c) => moment(r + c)),
  );
  const coefficients = solve(normal, unit(size));
  return scales.map((x) => coefficients.reduce((sum, c, power) => sum + c * x ** power, 0));
}

function unit(size: number): number[] {
  return Array.from({ length: size }, (_, k) => (k === 0 ? 1 : 0));
}

/** Gaussian elimination with pivoting for the small symmetric systems above. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, r) => [...row, right[r] as number]);
  for (let column = 0; column < n; column++) {
    const pivot = rows.reduce(
      (best, row, r) =>
        r >= column && Math.abs(row[column] as number) > Math.abs(rows[best]?.[column] as number)
          ? r
          : best,
      column,
    );
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    const top = rows[column] as number[];
    for (const [r, row] of rows.entries()) {
      if (r === column) continue;
      const factor = (row[column] as number) / (top[column] as number);
      for (let c = column; c <= n; c++) row[c] = (row[c] as number) - factor * (top[c] as number);
    }
  }
  return rows.map((row, r) => (row[n] as number) / (row[r] as number));
}

function exponential(
  scales: readonly number[],
  values: readonly number[],
  stderrs: readonly number[],
): Extrapolated {
  const sign = Math.sign(values[0] ?? 0);
  if (sign === 0 || values.some((value) => Math.sign(value) !== sign)) {
    return { value: Number.NaN, stderr: Number.NaN };
  }
  const logs = values.map((value) => Math.log(Math.abs(value)));
  // d ln|E| = dE/E carries the standard errors into the fit.
  const relative = stderrs.map((stderr, k) => stderr / Math.abs(values[k] as number));
  const fit = weighted(polynomialWeights(scales, 1), logs, relative);
  const value = sign * Math.exp(fit.value);
  return { value, stderr: Math.abs(value) * fit.stderr };
}
