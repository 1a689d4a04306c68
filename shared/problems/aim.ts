import type { Objective } from './objective.ts';
import { objectiveOf, problemSchema } from './problem.ts';

/** Whether the problem of a job's spec is made small or large; null where it has no objective or cannot be read. */
export function aimOf(spec: unknown): Objective | null {
  if (typeof spec !== 'object' || spec === null || !('problem' in spec)) return null;
  const problem = problemSchema.safeParse(spec.problem);
  return problem.success ? objectiveOf(problem.data) : null;
}
