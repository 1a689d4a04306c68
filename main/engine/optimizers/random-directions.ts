import type { Rng } from '#shared/base/rng.ts';
import type { SymmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { dot } from './vectors.ts';

/** A direction with ±1 along each axis. */
export function signsOf(n: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: n }, () => (rng.uniform() < 0.5 ? -1 : 1));
}

export function moved(point: Float64Array, direction: Float64Array, by: number): Float64Array {
  return point.map((x, i) => x + by * (direction[i] as number));
}

/** (a·bᵀ + b·aᵀ)/2, row-major. */
export function symmetricProduct(a: Float64Array, b: Float64Array): Float64Array {
  const n = a.length;
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [r, c] = [Math.floor(k / n), k % n];
    return ((a[r] as number) * (b[c] as number) + (b[r] as number) * (a[c] as number)) / 2;
  });
}

/** (|H| + shift)⁻¹ times a slope: no curvature turns a step uphill. */
export function steepest(
  { values, vectors }: SymmetricEigen,
  slope: Float64Array,
  shift: number,
): Float64Array {
  const result = new Float64Array(slope.length);
  vectors.forEach((vector, j) => {
    const part = dot(vector, slope) / (Math.abs(values[j] as number) + shift);
    vector.forEach((v, k) => (result[k] = (result[k] as number) + part * v));
  });
  return result;
}
