import type { Rng } from '#shared/base/rng.ts';
import type { Multiply } from './lowest-eigenvalues.ts';
import { lowestPair } from './tridiagonal.ts';

/** An eigenvalue lies no farther away than its residual, however near to each other they lie. */
const tolerance = 1e-10;
/** Steps between two looks at what was found. */
const stride = 5;
const mostSteps = 2000;

/**
 * The lowest eigenvalue of a real symmetric H of `length` rows with |H| ≤ 1, by Lanczos' method without
 * reorthogonalisation: three vectors are held, and what rounding adds are copies of eigenvalues that were found (Paige
 * 1980, Linear Algebra Appl. 34, 235). Yields the residual so far after every few steps.
 */
export function* lowestEigenvalue(
  multiply: Multiply,
  length: number,
  rng: Rng,
): Generator<number, number> {
  let current = Float64Array.from({ length }, () => rng.normal());
  let before = new Float64Array(length);
  let next = new Float64Array(length);
  scale(current, 1 / Math.sqrt(inner(current, current)));
  const diagonal: number[] = [];
  const beside: number[] = [];
  for (let step = 1; ; step++) {
    multiply(current, next);
    const mean = inner(current, next);
    diagonal.push(mean);
    const coupling = beside.at(-1) ?? 0;
    let square = 0;
    for (let k = 0; k < length; k++) {
      const rest =
        (next[k] as number) - mean * (current[k] as number) - coupling * (before[k] as number);
      next[k] = rest;
      square += rest * rest;
    }
    const beta = Math.sqrt(square);
    if (step % stride === 0 || beta < tolerance) {
      const { value, vector } = lowestPair(diagonal, beside);
      const residual = beta * Math.abs(vector.at(-1) ?? 1);
      if (residual < tolerance || step >= mostSteps) return value;
      yield residual;
    }
    beside.push(beta);
    scale(next, 1 / beta);
    [before, current, next] = [current, next, before];
  }
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

function scale(vector: Float64Array, factor: number): void {
  for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] as number) * factor;
}
