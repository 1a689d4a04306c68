import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { dot } from './vectors.ts';

/** A quadratic function about a point: its slope there and its curvatures (n², row-major). */
export interface Quadratic {
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
}

interface Sample {
  readonly point: Float64Array;
  readonly value: number;
}

/**
 * The quadratic function through the samples whose curvatures differ least (Frobenius) from those before
 * (Powell 2004, Math. Program. 100, 183), by the equations of Karush, Kuhn and Tucker; null where the samples do not determine its slope.
 * O((samples + n)³).
 */
export function quadraticThrough(
  samples: readonly Sample[],
  { point: centre, value: base }: Sample,
  before: Float64Array,
): Quadratic | null {
  const n = centre.length;
  const steps = samples.map(({ point }) => point.map((x, k) => x - (centre[k] as number)));
  const scale = Math.max(...steps.map((step) => Math.sqrt(dot(step, step))));
  if (!(scale > 0)) return null;
  const unit = steps.map((step) => step.map((x) => x / scale));
  const bentBy = (matrix: Float64Array, s: Float64Array): number =>
    s.reduce((sum, x, r) => sum + x * dot(matrix.subarray(r * n, (r + 1) * n), s), 0);
  const m = samples.length;
  const size = m + n + 1;
  const system = new Float64Array(size * size);
  const right = new Float64Array(size);
  unit.forEach((a, i) => {
    unit.forEach((b, j) => (system[i * size + j] = dot(a, b) ** 2 / 2));
    [1, ...a].forEach((x, k) => {
      system[i * size + m + k] = x;
      system[(m + k) * size + i] = x;
    });
    right[i] = (samples[i] as Sample).value - base - (scale * scale * bentBy(before, a)) / 2;
  });
  const solution = solved(system, right);
  if (solution === null) return null;
  const curvature = before.slice();
  unit.forEach((a, i) => {
    for (let k = 0; k < n * n; k++) {
      const product = (a[Math.floor(k / n)] as number) * (a[k % n] as number);
      curvature[k] = (curvature[k] as number) + ((solution[i] as number) * product) / scale ** 2;
    }
  });
  const slope = solution.slice(m + 1).map((x) => x / scale);
  return { slope, curvature };
}

/** Solves a symmetric indefinite system by its eigenvectors; null where it is singular. */
function solved(system: Float64Array, right: Float64Array): Float64Array | null {
  const size = right.length;
  const { values, vectors } = symmetricEigen(system, size);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const result = new Float64Array(size);
  for (const [k, vector] of vectors.entries()) {
    const value = values[k] as number;
    if (Math.abs(value) < 1e-11 * largest) return null;
    const part = dot(vector, right) / value;
    vector.forEach((v, i) => (result[i] = (result[i] as number) + part * v));
  }
  return result;
}
