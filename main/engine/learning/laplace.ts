import { factorPositive, logDeterminant, solveFactored } from '../linalg/factor-positive.ts';
import { logistic } from './learner.ts';

export interface LatentMode {
  /** ∇ ln p(y|f) at the mode: the mode of another row is Σ slope_i·K(x, x_i). */
  readonly slope: Float64Array;
  /** −ln of the approximate evidence. */
  readonly evidence: number;
}

const mostSteps = 100;

/**
 * The most likely latent function of a Gaussian process for classes 1 and 0 under the logistic function, by Newton
 * steps (Rasmussen and Williams 2006, algorithm 3.1). Null where the covariance is too badly scaled.
 */
export function latentMode(covariance: Float64Array, labels: Float64Array): LatentMode | null {
  const n = labels.length;
  let f = new Float64Array(n);
  let weights = new Float64Array(n);
  let objective = -Infinity;
  let lower: Float64Array | null = null;
  for (let step = 0; step < mostSteps; step++) {
    const p = f.map(logistic);
    const root = p.map((v) => Math.sqrt(v * (1 - v)));
    // 1 + √W·K·√W, which is never badly scaled.
    const inner = Float64Array.from(covariance, (k, at) => {
      return (root[Math.floor(at / n)] as number) * k * (root[at % n] as number);
    });
    lower = factorPositive(inner, 1, n);
    if (lower === null) return null;
    const b = f.map(
      (v, i) => (root[i] as number) ** 2 * v + (labels[i] as number) - (p[i] as number),
    );
    const pulled = timesMatrix(covariance, b).map((v, i) => (root[i] as number) * v);
    const solved = solveFactored(lower, pulled);
    weights = Float64Array.from(b, (v, i) => v - (root[i] as number) * (solved[i] as number));
    f = timesMatrix(covariance, weights);
    const next = likelihood(f, labels) - dotHalf(weights, f);
    if (!(next - objective > 1e-10)) break;
    objective = next;
  }
  if (lower === null) return null;
  return {
    slope: f.map((v, i) => (labels[i] as number) - logistic(v)),
    evidence: dotHalf(weights, f) - likelihood(f, labels) + logDeterminant(lower, n) / 2,
  };
}

function likelihood(f: Float64Array, labels: Float64Array): number {
  return f.reduce((sum, v, i) => {
    const signed = labels[i] === 1 ? v : -v;
    return sum - Math.log1p(Math.exp(-Math.abs(signed))) + Math.min(0, signed);
  }, 0);
}

function dotHalf(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, i) => sum + v * (b[i] as number), 0) / 2;
}

function timesMatrix(matrix: Float64Array, x: Float64Array): Float64Array<ArrayBuffer> {
  const n = x.length;
  return Float64Array.from({ length: n }, (_, r) => {
    let sum = 0;
    for (let c = 0; c < n; c++) sum += (matrix[r * n + c] as number) * (x[c] as number);
    return sum;
  });
}
