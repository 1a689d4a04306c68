import { boys } from './boys.ts';

/**
 * Expansion of a product of two Gaussians along one axis in Hermite Gaussians (McMurchie and Davidson 1978,
 * J. Comput. Phys. 26, 218): E_t^{ij} for t = 0 … i + j, powers i and j at most 2. `distance` is A − B.
 */
export function expansion(i: number, j: number, distance: number, a: number, b: number): number[] {
  const p = a + b;
  const e = (i1: number, j1: number, t: number): number => {
    if (t < 0 || t > i1 + j1) return 0;
    if (i1 === 0 && j1 === 0) return Math.exp(-((a * b) / p) * distance * distance);
    const [lower, upper] = i1 > 0 ? [i1 - 1, j1] : [i1, j1 - 1];
    const shift = i1 > 0 ? -(b / p) * distance : (a / p) * distance;
    return (
      e(lower, upper, t - 1) / (2 * p) +
      shift * e(lower, upper, t) +
      (t + 1) * e(lower, upper, t + 1)
    );
  };
  return Array.from({ length: i + j + 1 }, (_, t) => e(i, j, t));
}

/** Highest order of s and p functions: four of them. */
const highestOrder = 4;
const side = highestOrder + 1;
const values = new Float64Array(side);
/** R^n_{tuv}, at ((n·side + t)·side + u)·side + v. */
const table = new Float64Array(side ** 4);

export const orderStride = side;

/**
 * Hermite Coulomb integrals R⁰_{tuv}(p, X, Y, Z) for t + u + v ≤ order, at (t·5 + u)·5 + v of the table that is
 * handed back; the next call writes over it.
 */
export function coulomb(order: number, p: number, x: number, y: number, z: number): Float64Array {
  boys(order, p * (x * x + y * y + z * z), values);
  let power = 1;
  for (let n = 0; n <= order; n++) {
    table[n * side ** 3] = power * (values[n] as number);
    power *= -2 * p;
  }
  for (let total = 1; total <= order; total++) {
    for (let n = 0; n <= order - total; n++) fill(n, total, x, y, z);
  }
  return table;
}

/** Every R^n_{tuv} with t + u + v = total from those of order n + 1. */
function fill(n: number, total: number, x: number, y: number, z: number): void {
  const at = (t: number, u: number, v: number): number =>
    table[(((n + 1) * side + t) * side + u) * side + v] as number;
  for (let t = 0; t <= total; t++) {
    for (let u = 0; u <= total - t; u++) {
      const v = total - t - u;
      let value: number;
      if (t > 0) value = x * at(t - 1, u, v) + (t > 1 ? (t - 1) * at(t - 2, u, v) : 0);
      else if (u > 0) value = y * at(t, u - 1, v) + (u > 1 ? (u - 1) * at(t, u - 2, v) : 0);
      else value = z * at(t, u, v - 1) + (v > 1 ? (v - 1) * at(t, u, v - 2) : 0);
      table[((n * side + t) * side + u) * side + v] = value;
    }
  }
}
