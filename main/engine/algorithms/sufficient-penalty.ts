import { allValues, type BinaryProblem } from '#shared/problems/binary-problem.ts';
import { dominatingPenalty, violationOf } from '#shared/problems/penalties.ts';
import { listedLimit, solveExactly } from './exact-solution.ts';

/** Above the least penalty by this share, so that the optimum is better and not only as good. */
const margin = 1.01;

/**
 * A penalty under which no infeasible assignment is as good as the optimum: the least one where the problem is
 * small enough to try every assignment, otherwise the bound that surely suffices.
 */
export function sufficientPenalty(problem: BinaryProblem): number {
  const violation = violationOf(problem);
  const best = violation.variables > listedLimit ? null : (solveExactly(problem)?.best ?? null);
  if (best === null) return dominatingPenalty(problem);
  const values = allValues(problem.objective);
  const broken = allValues(violation.form);
  const sign = problem.sense === 'min' ? 1 : -1;
  // Least penalty at which every assignment that gains on the optimum pays for it.
  let least = 0;
  for (let k = 0; k < broken.length; k++) {
    const count = broken[k] as number;
    if (count < 0.5) continue;
    const gain = sign * (best - (values[k % values.length] as number));
    if (gain > least * count) least = gain / count;
  }
  return margin * least;
}
