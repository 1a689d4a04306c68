import { unreachable } from '#shared/base/assert.ts';
import type { Extrapolation } from '#shared/jobs/mitigate.ts';

/** How values at several strengths of the noise are brought back to none. */
export interface Extrapolator {
  readonly extrapolation: Extrapolation;
  /** Degree of the polynomial in the exponent; of `poly-exponential` alone. */
  readonly order?: number | undefined;
  /** What an exponential decays to, 0 where left out. */
  readonly asymptote?: number | undefined;
}

export interface Extrapolated {
  readonly value: number;
  readonly stderr: number;
}

/** A polynomial in the exponent has a degree of 2: with 1 it would be `exponential`. */
const usualOrder = 2;

export function isExponential({ extrapolation }: Extrapolator): boolean {
  return (
    extrapolation === 'exponential' ||
    extrapolation === 'poly-exponential' ||
    extrapolation === 'adaptive'
  );
}

/** Degree of the polynomial that is fitted to the values or to their logarithms; Richardson's goes through all. */
function degreeOf({ extrapolation, order }: Extrapolator, scales: number): number {
  switch (extrapolation) {
    case 'linear':
    case 'exponential':
    case 'adaptive':
      return 1;
    case 'quadratic':
      return 2;
    case 'poly-exponential':
      return order ?? usualOrder;
    case 'richardson':
      return scales - 1;
    default:
      return unreachable(extrapolation);
  }
}

/** Fewest scales that a fit needs. */
export function scalesNeeded(method: Extrapolator): number {
  return Math.max(2, degreeOf(method, 0) + 1);
}

/**
 * How many times larger errors of the measured values may be in the extrapolated one: Σ|w| of the weights
 * that the values (of exponentials their logarithms) are added up with. Grows without bound with the degree
 * of the polynomial, and where scales lie close together.
 */
export function amplificationOf(method: Extrapolator, scales: readonly number[]): number {
  return weightsOf(method, scales).reduce((sum, weight) => sum + Math.abs(weight), 0);
}

/** What each value (of exponentials its logarithm) is multiplied by in the one at scale 0. */
export function weightsOf(method: Extrapolator, scales: readonly number[]): number[] {
  return method.extrapolation === 'richardson'
    ? lagrangeWeights(scales)
    : polynomialWeights(scales, degreeOf(method, scales.length));
}

/**
 * The value at scale 0 from values at `scales`, with the standard error that follows from theirs
 * (independent). Exponentials: least squares of ln|value − asymptote|; NaN where a value lies on the asymptote or
 * they lie on both sides of it, because no exponential goes there.
 */
export function extrapolate(
  method: Extrapolator,
  scales: readonly number[],
  values: readonly number[],
  stderrs: readonly number[],
): Extrapolated {
  const weights = weightsOf(method, scales);
  return isExponential(method)
    ? exponential(weights, method.asymptote ?? 0, values, stderrs)
    : weighted(weights, values, stderrs);
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

/** Gaussian elimination with pivoting, for systems of few unknowns. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
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
  weights: readonly number[],
  asymptote: number,
  values: readonly number[],
  stderrs: readonly number[],
): Extrapolated {
  const above = values.map((value) => value - asymptote);
  const sign = Math.sign(above[0] ?? 0);
  if (sign === 0 || above.some((value) => Math.sign(value) !== sign)) {
    return { value: Number.NaN, stderr: Number.NaN };
  }
  const logs = above.map((value) => Math.log(Math.abs(value)));
  // d ln|E| = dE/E carries the standard errors into the fit.
  const relative = stderrs.map((stderr, k) => stderr / Math.abs(above[k] as number));
  const fit = weighted(weights, logs, relative);
  const height = sign * Math.exp(fit.value);
  return { value: asymptote + height, stderr: Math.abs(height) * fit.stderr };
}

/** Errors that grow more than this in the extrapolation leave nothing to be trusted: three digits are lost. */
export const largestAmplification = 1000;

/** Why an extrapolation from these scales is not to be trusted, and what to do instead; null where it is. */
export function faultOfExtrapolation(
  method: Extrapolator,
  scales: readonly number[],
): { readonly path: 'scaleFactors' | 'order' | 'asymptote'; readonly message: string } | null {
  const { extrapolation, order, asymptote } = method;
  if (order !== undefined && extrapolation !== 'poly-exponential') {
    const message = `“order” belongs to poly-exponential; ${extrapolation} has none. Leave it out.`;
    return { path: 'order', message };
  }
  if (asymptote !== undefined && !isExponential(method)) {
    const message = `“asymptote” belongs to exponentials; ${extrapolation} has none. Leave it out.`;
    return { path: 'asymptote', message };
  }
  const path = 'scaleFactors';
  if (new Set(scales).size !== scales.length) {
    return { path, message: `Each scale is expected once; got ${scales.join(', ')}.` };
  }
  const needed = scalesNeeded(method);
  if (scales.length < needed) {
    const message = `A ${extrapolation} extrapolation needs at least ${needed} scale factors; got ${scales.length}.`;
    return { path, message };
  }
  const amplification = amplificationOf(method, scales);
  // Scales that the numbers hardly tell apart may give no number at all.
  if (amplification <= largestAmplification) return null;
  return {
    path,
    message: `A ${extrapolation} extrapolation from ${scales.length} scale factors between ${Math.min(...scales)} and ${Math.max(...scales)} makes errors up to ${amplification.toPrecision(2)} times as large. ${adviceOn(extrapolation)}`,
  };
}

function adviceOn(extrapolation: Extrapolation): string {
  const further = 'scale factors that lie further apart, such as 1, 3, 5';
  return extrapolation === 'linear' || extrapolation === 'exponential'
    ? `Use ${further}.`
    : `Use the extrapolation “linear” or “exponential”, or fewer ${further}.`;
}
