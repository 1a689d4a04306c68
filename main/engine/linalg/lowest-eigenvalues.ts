import type { Rng } from '#shared/base/rng.ts';
import { lowestPair } from './tridiagonal.ts';

/** Writes H·v into `into`. Vectors hold all real parts, then all imaginary ones. */
export type Multiply = (v: Float64Array, into: Float64Array) => void;

/** Vectors of one Krylov space; more restart from the best of them. */
const spaceSize = 60;
const restartLimit = 500;
/** Residuals below this count as 0. */
const tolerance = 1e-12;

/**
 * The lowest `count` eigenvalues of a Hermitian H of `size` rows with |H| ≤ 1, ascending and each as often as it
 * is there, by Lanczos' method with full reorthogonalisation; what was found is projected out before
 * the next. Yields before every restart; the number is that of the eigenvalues
 * that are known.
 */
export function* lowestEigenvalues(
  multiply: Multiply,
  size: number,
  count: number,
  rng: Rng,
): Generator<number, number[]> {
  const found: Float64Array[] = [];
  const values: number[] = [];
  while (found.length < Math.min(count, size)) {
    let start = randomVector(size, rng);
    for (let restart = 0; ; restart++) {
      yield found.length;
      const best = bestOfSpace(multiply, start, found, Math.min(spaceSize, size - found.length));
      start = best.vector;
      if (best.residual > tolerance && restart < restartLimit) continue;
      found.push(best.vector);
      values.push(best.value);
      break;
    }
  }
  return values.toSorted((a, b) => a - b);
}

function bestOfSpace(
  multiply: Multiply,
  start: Float64Array,
  without: readonly Float64Array[],
  limit: number,
) {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let next = orthogonal(start, without);
  let coupling = 0;
  let scale = 0;
  while (basis.length < limit) {
    basis.push(next);
    const image = new Float64Array(start.length);
    multiply(next, image);
    const mean = realInner(next, image);
    diagonal.push(mean);
    scale = Math.max(scale, Math.sqrt(realInner(image, image)));
    removeAll(image, without);
    removeAll(image, basis);
    // Once more against rounding.
    removeAll(image, without);
    removeAll(image, basis);
    coupling = Math.sqrt(realInner(image, image));
    // The space is closed under H.
    if (coupling <= 1e-14 * scale) {
      coupling = 0;
      break;
    }
    beside.push(coupling);
    next = image.map((one) => one / coupling);
  }
  const { value, vector: weights } = lowestPair(diagonal, beside.slice(0, diagonal.length - 1));
  const vector = new Float64Array(start.length);
  basis.forEach((one, k) => {
    const weight = weights[k] as number;
    for (let i = 0; i < vector.length; i++)
      vector[i] = (vector[i] as number) + weight * (one[i] as number);
  });
  return {
    value,
    vector: orthogonal(vector, without),
    residual: coupling * Math.abs(weights.at(-1) ?? 0),
  };
}

function randomVector(size: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: 2 * size }, () => rng.normal());
}

/** The part of a vector that is orthogonal to others, at length 1. */
function orthogonal(vector: Float64Array, others: readonly Float64Array[]): Float64Array {
  const rest = Float64Array.from(vector);
  removeAll(rest, others);
  const length = Math.sqrt(realInner(rest, rest));
  return rest.map((one) => one / length);
}

/** Takes ⟨other|vector⟩·other off a vector, in place, for each of some orthonormal ones. */
function removeAll(vector: Float64Array, others: readonly Float64Array[]): void {
  const half = vector.length / 2;
  for (const other of others) {
    let [re, im] = [0, 0];
    for (let i = 0; i < half; i++) {
      const [a, b] = [other[i] as number, other[i + half] as number];
      const [c, d] = [vector[i] as number, vector[i + half] as number];
      re += a * c + b * d;
      im += a * d - b * c;
    }
    for (let i = 0; i < half; i++) {
      const [a, b] = [other[i] as number, other[i + half] as number];
      vector[i] = (vector[i] as number) - (re * a - im * b);
      vector[i + half] = (vector[i + half] as number) - (re * b + im * a);
    }
  }
}

/** The real part of ⟨a|b⟩. */
function realInner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
