import { AppError } from '#shared/base/errors.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import { dotOf, type LinearModel } from './learner.ts';
import { meanOf } from './scaling.ts';

type Rows = readonly Float64Array[];

/** Least |y − w·x − b|² + α|w|², the intercept free (Hoerl and Kennard 1970); at α = 0 least squares. */
export function ridgeFit(rows: Rows, y: Float64Array, alpha: number): LinearModel {
  const size = rows[0]?.length ?? 0;
  const mean = meanOf(rows);
  const middle = y.reduce((sum, value) => sum + value, 0) / y.length;
  const centred = rows.map((row) => row.map((v, k) => v - (mean[k] as number)));
  const right = new Float64Array(size);
  centred.forEach((row, i) => addScaled(right, row, (y[i] as number) - middle));
  const square = weightedSquare(centred, null, size);
  const coefficients = solvePositive(square, alpha, right) ?? leastNorm(square, right);
  return { coefficients, intercept: middle - dotOf(coefficients, mean) };
}

/** Columns that depend on each other: a shift at the level of rounding picks among the solutions. */
function leastNorm(square: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  let trace = 0;
  for (let k = 0; k < size; k++) trace += square[k * size + k] as number;
  const found = solvePositive(square, 1e-10 * (trace || 1), right);
  if (found !== null) return found;
  throw new AppError('bad-input', 'These features cannot be told apart; leave some of them out.', {
    path: 'problem.features',
  });
}

export interface LogisticSettings {
  readonly C: number;
  /** Share of the sum of sizes in the penalty; 0 is squares alone. */
  readonly l1Ratio: number;
}

const mostSteps = 200;

/**
 * Least (1 − ρ)/2·|w|² + ρ·Σ|w_k| + C·Σ ln(1 + exp(−y(w·x + b))) with the intercept free, by Newton steps whose
 * quadratic model is solved exactly, or by coordinate descent where ρ > 0 (Lee, Sun and Saunders 2014).
 */
export function logisticFit(
  rows: Rows,
  labels: readonly number[],
  { C, l1Ratio }: LogisticSettings,
): LinearModel {
  const size = rows[0]?.length ?? 0;
  // The intercept is the last coefficient, of a column of ones.
  const wide = rows.map((row) => Float64Array.of(...row, 1));
  const penalty = (w: Float64Array): number => {
    let sum = 0;
    for (let k = 0; k < size; k++) {
      const value = w[k] as number;
      sum += ((1 - l1Ratio) / 2) * value * value + l1Ratio * Math.abs(value);
    }
    return sum;
  };
  const lossAt = (w: Float64Array): number =>
    wide.reduce((sum, row, i) => {
      const z = labels[i] === 1 ? dotOf(w, row) : -dotOf(w, row);
      return sum + (z > 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z);
    }, 0);
  const valueAt = (w: Float64Array): number => penalty(w) + C * lossAt(w);
  let w = new Float64Array(size + 1);
  let value = valueAt(w);
  for (let step = 0; step < mostSteps; step++) {
    const model = quadraticModel(wide, labels, w, { C, square: 1 - l1Ratio });
    const next =
      l1Ratio === 0 ? newtonPoint(model, w) : coordinatePoint(model, w, { l1: l1Ratio, size });
    const direction = next.map((v, k) => v - (w[k] as number));
    const length = Math.sqrt(dotOf(direction, direction));
    if (!(length > 1e-12 * (1 + Math.sqrt(dotOf(w, w))))) break;
    const moved = downhill(w, direction, value, valueAt);
    if (moved === null) break;
    [w, value] = [moved.w, moved.value];
  }
  return { coefficients: w.slice(0, size), intercept: w[size] as number };
}

function downhill(
  w: Float64Array,
  direction: Float64Array,
  value: number,
  valueAt: (w: Float64Array) => number,
): { w: Float64Array<ArrayBuffer>; value: number } | null {
  for (let share = 1; share > 1e-10; share /= 2) {
    const there = Float64Array.from(w, (v, k) => v + share * (direction[k] as number));
    const found = valueAt(there);
    if (found < value) return { w: there, value: found };
  }
  return null;
}

interface QuadraticModel {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Gradient and Hessian of the smooth part; the intercept, last, has no penalty. */
function quadraticModel(
  wide: Rows,
  labels: readonly number[],
  w: Float64Array,
  { C, square }: { readonly C: number; readonly square: number },
): QuadraticModel {
  const n = w.length;
  const gradient = w.map((v, k) => (k === n - 1 ? 0 : square * v));
  const weights = Float64Array.from(wide, (row, i) => {
    const p = 1 / (1 + Math.exp(-dotOf(w, row)));
    addScaled(gradient, row, C * (p - (labels[i] as number)));
    return C * Math.max(p * (1 - p), 1e-12);
  });
  const hessian = weightedSquare(wide, weights, n);
  for (let k = 0; k < n - 1; k++) hessian[k * n + k] = (hessian[k * n + k] as number) + square;
  return { gradient, hessian };
}

function newtonPoint({ gradient, hessian }: QuadraticModel, w: Float64Array): Float64Array {
  const step = solvePositive(hessian, 1e-12, gradient) ?? gradient;
  return w.map((v, k) => v - (step[k] as number));
}

/** The minimum of the model plus l1·Σ|w_k|, coordinate by coordinate. */
function coordinatePoint(
  { gradient, hessian }: QuadraticModel,
  w: Float64Array,
  { l1, size }: { readonly l1: number; readonly size: number },
): Float64Array {
  const n = w.length;
  const at = w.slice();
  // The model's gradient at the moving point.
  const slope = gradient.slice();
  for (let sweep = 0; sweep < 1000; sweep++) {
    let largest = 0;
    for (let k = 0; k < n; k++) {
      const curvature = hessian[k * n + k] as number;
      if (curvature === 0) continue;
      const free = (at[k] as number) - (slope[k] as number) / curvature;
      const shrunk = Math.sign(free) * Math.max(0, Math.abs(free) - l1 / curvature);
      const change = (k < size ? shrunk : free) - (at[k] as number);
      if (change === 0) continue;
      at[k] = (at[k] as number) + change;
      addScaled(slope, hessian.subarray(k * n, (k + 1) * n), change);
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < 1e-13) break;
  }
  return at;
}

/** Σ weight·row·rowᵀ, row-major. */
function weightedSquare(rows: Rows, weights: Float64Array | null, size: number): Float64Array {
  const result = new Float64Array(size * size);
  rows.forEach((row, r) => {
    const weight = weights === null ? 1 : (weights[r] as number);
    for (let i = 0; i < size; i++) {
      const left = weight * (row[i] as number);
      for (let j = 0; j <= i; j++) {
        result[i * size + j] = (result[i * size + j] as number) + left * (row[j] as number);
      }
    }
  });
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) result[j * size + i] = result[i * size + j] as number;
  }
  return result;
}

function addScaled(target: Float64Array, row: Float64Array, factor: number): void {
  for (let k = 0; k < target.length; k++) {
    target[k] = (target[k] as number) + factor * (row[k] as number);
  }
}
