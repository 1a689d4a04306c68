import { type PackedBits, packIndices } from '#shared/base/packed-bits.ts';
import {
  allValues,
  type BinaryProblem,
  isBetter,
  quadraticForm,
} from '#shared/problems/binary-problem.ts';

/** Largest number of variables of which every assignment is listed, so that other methods are compared with it. */
export const listedLimit = 20;

/** Bytes that `solveExactly` works in: values, those of a constraint, and which assignments are feasible. */
export function exactSolutionBytes(variables: number): number {
  return variables <= listedLimit ? 8 * 3 * 2 ** variables : 0;
}

export interface ExactSolution {
  /** All optimal assignments (equal within 1e-12 relative), ascending. */
  readonly optima: PackedBits;
  readonly best: number;
  /** Worst feasible value. */
  readonly worst: number;
  readonly feasibleCount: number;
}

/** Optimum and worst by looking at all 2^n assignments; null above `listedLimit` or if none is feasible. */
export function solveExactly(problem: BinaryProblem): ExactSolution | null {
  if (problem.variables > listedLimit) return null;
  const values = allValues(problem.objective);
  const isFeasible = feasibleTable(problem);
  let best: number | null = null;
  let worst: number | null = null;
  let feasibleCount = 0;
  for (let index = 0; index < values.length; index++) {
    if (isFeasible[index] === 0) continue;
    feasibleCount++;
    const value = values[index] as number;
    if (best === null || isBetter(problem, value, best)) best = value;
    if (worst === null || isBetter(problem, worst, value)) worst = value;
  }
  if (best === null || worst === null) return null;
  const tolerance = 1e-12 * Math.max(1, Math.abs(best));
  const optima: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (Math.abs((values[index] as number) - best) <= tolerance && isFeasible[index] === 1)
      optima.push(index);
  }
  return { optima: packIndices(problem.variables, optima), best, worst, feasibleCount };
}

/** 1 at every assignment at which all constraints hold (as `isFeasible` says), one constraint after another. */
export function feasibleTable({ variables, constraints }: BinaryProblem): Uint8Array {
  const table = new Uint8Array(2 ** variables).fill(1);
  for (const { linear, quadratic, relation, bound } of constraints) {
    const dense = Array.from({ length: variables }, () => 0);
    for (const [i, w] of linear) dense[i] = w;
    const sums = allValues(quadraticForm(variables, 0, dense, quadratic));
    const weights = [...linear, ...quadratic].map((term) => Math.abs(term.at(-1) as number));
    const tolerance = 1e-9 * weights.reduce((most, w) => Math.max(most, w), Math.abs(bound));
    const low = relation === '<=' ? -Infinity : bound - tolerance;
    const high = relation === '>=' ? Infinity : bound + tolerance;
    for (let k = 0; k < sums.length; k++) {
      const sum = sums[k] as number;
      if (sum < low || sum > high) table[k] = 0;
    }
  }
  return table;
}
