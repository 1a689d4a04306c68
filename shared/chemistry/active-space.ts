import type { OrbitalIntegrals } from './orbital-integrals.ts';

/**
 * The integrals between the functions that the columns of `coefficients` (rows · columns, row-major) make of those that were
 * given: O(n⁵) for both kinds.
 */
export function transformed(
  one: Float64Array,
  two: Float64Array,
  coefficients: Float64Array,
): { readonly one: Float64Array; readonly two: Float64Array } {
  const n = Math.sqrt(one.length);
  let [a, b] = [one, two];
  // Each round turns the last index and brings it to the front, so that after all of them the order is as it was.
  for (let round = 0; round < 2; round++) a = turnedToFront(a, coefficients, n);
  for (let round = 0; round < 4; round++) b = turnedToFront(b, coefficients, n);
  return { one: a, two: b };
}

/** Σ_s t[rest, s]·C[s, j] at [j, rest]. */
function turnedToFront(tensor: Float64Array, coefficients: Float64Array, n: number): Float64Array {
  const rest = tensor.length / n;
  const result = new Float64Array(tensor.length);
  for (let r = 0; r < rest; r++) {
    for (let s = 0; s < n; s++) {
      const value = tensor[r * n + s] as number;
      if (value === 0) continue;
      for (let j = 0; j < n; j++) {
        const at = j * rest + r;
        result[at] = (result[at] as number) + value * (coefficients[s * n + j] as number);
      }
    }
  }
  return result;
}

/**
 * Keeps the orbitals from `frozen` on, `kept` of them: those before are doubly filled and become a part of the constant and of
 * a mean field, those after stay empty.
 */
export function withinActiveSpace(
  integrals: OrbitalIntegrals,
  frozen: number,
  kept: number,
): OrbitalIntegrals {
  const { orbitals: n, electrons, one, two } = integrals;
  const at = (p: number, q: number, r: number, s: number): number =>
    two[((p * n + q) * n + r) * n + s] as number;
  const field = (p: number, q: number): number => {
    let sum = 0;
    for (let i = 0; i < frozen; i++) sum += 2 * at(p, q, i, i) - at(p, i, i, q);
    return sum;
  };
  let constant = integrals.constant;
  for (let i = 0; i < frozen; i++) constant += 2 * (one[i * n + i] as number) + field(i, i);
  const place = (k: number, power: number): number =>
    frozen + (Math.floor(k / kept ** power) % kept);
  return {
    orbitals: kept,
    electrons: [electrons[0] - frozen, electrons[1] - frozen],
    constant,
    one: Float64Array.from({ length: kept ** 2 }, (_, k) => {
      const [p, q] = [place(k, 1), place(k, 0)];
      return (one[p * n + q] as number) + field(p, q);
    }),
    two: Float64Array.from({ length: kept ** 4 }, (_, k) =>
      at(place(k, 3), place(k, 2), place(k, 1), place(k, 0)),
    ),
  };
}
