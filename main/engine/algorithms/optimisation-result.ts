import {
  bitAt,
  compareStrings,
  type PackedBits,
  stringCount,
  textOf,
} from '#shared/base/packed-bits.ts';
import {
  type BinaryProblem,
  isBetter,
  isFeasible,
  valueAt,
} from '#shared/problems/binary-problem.ts';
import type { Assignment, OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import type { Usage } from '../programs/program.ts';
import type { ExactSolution } from './exact-solution.ts';

/** Measured assignments, each once, with their probabilities (or frequencies). */
export interface WeightedAssignments {
  readonly assignments: PackedBits;
  readonly probabilities: Float64Array;
}

export function assignmentOf(problem: BinaryProblem, bits: PackedBits, k: number): Assignment {
  const x = Array.from({ length: problem.variables }, (_, i) => bitAt(bits, k, i));
  const chosen = problem.labels?.filter((_, i) => x[i] === 1);
  const feasible = isFeasible(problem, bits, k);
  const meaning = feasible ? problem.meaning?.(x) : undefined;
  return {
    x,
    bits: textOf(bits, k),
    value: valueAt(problem.objective, bits, k),
    feasible,
    ...(chosen === undefined ? {} : { labels: chosen }),
    ...(meaning === undefined ? {} : { solution: { ...meaning.solution } }),
  };
}

/** The best feasible of some assignments; null where none is feasible. */
export function bestOf(
  problem: BinaryProblem,
  assignments: PackedBits,
  among: Iterable<number> = Array(stringCount(assignments)).keys(),
): Assignment | null {
  let best: { k: number; value: number } | null = null;
  for (const k of among) {
    if (!isFeasible(problem, assignments, k)) continue;
    const value = valueAt(problem.objective, assignments, k);
    if (best === null || isBetter(problem, value, best.value)) best = { k, value };
  }
  return best === null ? null : assignmentOf(problem, assignments, best.k);
}

/** Evaluations of the objective, and what circuits they took. */
export interface Effort extends Usage {
  readonly evaluations: number;
}

/** The effort of a method that runs no circuit. */
export function classicalEffort(evaluations: number): Effort {
  return { evaluations, circuits: 0, shots: 0, gates: 0, qubits: 0 };
}

/**
 * The document of CONTRACT §4 from a distribution over assignments. `shots` null: the distribution
 * is exact, so means carry no error.
 */
export function optimisationResult(
  problem: BinaryProblem,
  distribution: WeightedAssignments,
  best: Assignment | null,
  exact: ExactSolution | null,
  effort: Effort,
  shots: number | null,
): OptimisationResult {
  const { assignments, probabilities } = distribution;
  const rated = Array.from(probabilities, (probability, k) => ({
    k,
    probability,
    value: valueAt(problem.objective, assignments, k),
    feasible: isFeasible(problem, assignments, k),
  }));
  const mean = rated.reduce((sum, one) => sum + one.probability * one.value, 0);
  const square = rated.reduce((sum, one) => sum + one.probability * one.value ** 2, 0);
  const feasible = rated.filter((one) => one.feasible);
  const weight = feasible.reduce((sum, one) => sum + one.probability, 0);
  const feasibleMean = feasible.reduce((sum, one) => sum + one.probability * one.value, 0) / weight;
  const samples = rated
    .toSorted((a, b) => b.probability - a.probability || compareStrings(assignments, a.k, b.k))
    .slice(0, 100)
    .map((one) => ({
      bits: textOf(assignments, one.k),
      value: one.value,
      feasible: one.feasible,
      probability: one.probability,
    }));
  const picture = best?.feasible === true ? problem.meaning?.(best.x).picture : undefined;
  return {
    best,
    expectation: mean,
    expectationStderr:
      shots === null ? 0 : Math.sqrt(Math.max(0, square - mean * mean) / Math.max(1, shots - 1)),
    ...(exact === null
      ? {}
      : exactParts(problem, exact, distribution, weight > 0 ? feasibleMean : null)),
    feasibleProbability: share(weight),
    samples,
    ...effort,
    ...(picture === undefined ? {} : { picture }),
  };
}

/** A sum of probabilities, which rounding may carry beyond 1. */
function share(sum: number): number {
  return Math.min(1, sum);
}

function exactParts(
  problem: BinaryProblem,
  exact: ExactSolution,
  { assignments, probabilities }: WeightedAssignments,
  feasibleMean: number | null,
): Partial<OptimisationResult> {
  const { x, bits, value } = assignmentOf(problem, exact.optima, 0);
  const optimal = new Set(exact.optima.words);
  // Exact solutions have few variables: one word each.
  const optimumProbability = probabilities.reduce(
    (sum, probability, k) =>
      optimal.has(assignments.words[k] as number) ? sum + probability : sum,
    0,
  );
  const spread = exact.worst - exact.best;
  const ratio =
    feasibleMean === null ? null : spread === 0 ? 1 : (exact.worst - feasibleMean) / spread;
  return {
    exact: { x, bits, value, worst: exact.worst },
    ...(ratio === null ? {} : { approximationRatio: ratio }),
    optimumProbability: share(optimumProbability),
  };
}
