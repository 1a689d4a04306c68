import { type PackedBits, packIndices } from '#shared/base/packed-bits.ts';
import {
  allValues,
  type BinaryProblem,
  isBetter,
  isFeasible,
} from '#shared/problems/binary-problem.ts';

/** Largest number of variables that is solved by looking at every assignment. */
export const bruteForceLimit = 20;

/** Bytes that `solveExactly` works in: values, indices and packed assignments. */
export function exactSolutionBytes(variables: number): number {
  return variables <= bruteForceLimit ? 8 * 3 * 2 ** variables : 0;
}

export interface ExactSolution {
  /** All optimal assignments (equal within 1e-12 relative), ascending. */
  readonly optima: PackedBits;
  readonly best: number;
  /** Worst feasible value. */
  readonly worst: number;
  readonly feasibleCount: number;
}

/** Optimum and worst by looking at all 2^n assignments; null above `bruteForceLimit` or if none is feasible. */
export function solveExactly(problem: BinaryProblem): ExactSolution | null {
  if (problem.variables > bruteForceLimit) return null;
  const values = allValues(problem.objective);
  const all = packIndices(
    problem.variables,
    values.map((_, index) => index),
  );
  let best: number | null = null;
  let worst: number | null = null;
  let feasibleCount = 0;
  for (let index = 0; index < values.length; index++) {
    if (!isFeasible(problem, all, index)) continue;
    feasibleCount++;
    const value = values[index] as number;
    if (best === null || isBetter(problem, value, best)) best = value;
    if (worst === null || isBetter(problem, worst, value)) worst = value;
  }
  if (best === null || worst === null) return null;
  const tolerance = 1e-12 * Math.max(1, Math.abs(best));
  const optima: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (Math.abs((values[index] as number) - best) <= tolerance && isFeasible(problem, all, index))
      optima.push(index);
  }
  return { optima: packIndices(problem.variables, optima), best, worst, feasibleCount };
}
