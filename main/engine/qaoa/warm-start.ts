import type { QuadraticForm } from '#shared/problems/binary-problem.ts';

/** Sweeps over all variables, at most, and how far the last one may still move. */
const sweeps = 2000;
const settled = 1e-9;

/** Steps of the power method, and how much the curvature is raised for what they miss. */
const powerSteps = 500;
const margin = 1.01;

/** Each variable's x_j with its weight in the product with x_i. */
type Neighbours = readonly (readonly (readonly [number, number])[])[];

/**
 * The minimum (`sign` 1) or maximum (−1) of a quadratic form over the box [0, 1]^n, with the least multiple of Σ (x_i² − x_i)
 * added that makes it convex and changes no corner (Hammer and Rubin 1970).
 */
export function relaxedMinimum(form: QuadraticForm, sign: number): Float64Array {
  const size = form.linear.length;
  const around: [number, number][][] = Array.from({ length: size }, () => []);
  for (const [i, j, w] of form.quadratic) {
    around[i]?.push([j, sign * w]);
    around[j]?.push([i, sign * w]);
  }
  const curvature = (margin * Math.max(0, -lowestEigenvalue(around))) / 2;
  const x = new Float64Array(size).fill(0.5);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = 0;
    for (let i = 0; i < size; i++) {
      const slope = sum(around[i] ?? [], x) + sign * (form.linear[i] as number) - curvature;
      const target = curvature === 0 ? stepOf(slope) : -slope / (2 * curvature);
      const next = Math.min(1, Math.max(0, target));
      moved = Math.max(moved, Math.abs(next - (x[i] as number)));
      x[i] = next;
    }
    if (moved < settled) break;
  }
  return x;
}

/**
 * Angles from |0⟩ of qubits that are measured as 1 with the probabilities of a relaxed solution, kept `epsilon` away from 0 and
 * 1, where no mixer would move them (Egger, Mareček and Woerner 2021, arXiv:2009.10095).
 */
export function tiltsOf(relaxed: Float64Array, epsilon: number): number[] {
  return Array.from(relaxed, (one) => {
    const probability = Math.min(1 - epsilon, Math.max(epsilon, one));
    return 2 * Math.asin(Math.sqrt(probability));
  });
}

function stepOf(slope: number): number {
  return slope > 0 ? 0 : slope < 0 ? 1 : 0.5;
}

function sum(row: readonly (readonly [number, number])[], x: Float64Array): number {
  return row.reduce((total, [j, w]) => total + w * (x[j] as number), 0);
}

/** Of a symmetric matrix without a diagonal, by the power method on what is left of its largest conceivable eigenvalue. */
function lowestEigenvalue(around: Neighbours): number {
  const bound = around.reduce(
    (most, row) =>
      Math.max(
        most,
        row.reduce((total, [, w]) => total + Math.abs(w), 0),
      ),
    0,
  );
  // No symmetry of a problem may hide the lowest vector from the start.
  let vector = Float64Array.from(around, (_, i) => Math.sin(1 + 2.3 * i));
  let value = 0;
  for (let step = 0; step < powerSteps; step++) {
    const next = vector.map((one, i) => bound * one - sum(around[i] ?? [], vector));
    const norm = Math.hypot(...next);
    if (norm === 0) return 0;
    vector = next.map((one) => one / norm);
    value = bound - norm;
  }
  return value;
}
