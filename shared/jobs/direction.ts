import type { Objective } from '../problems/objective.ts';
import { objectiveOf, problemSchema } from '../problems/problem.ts';

/** Which of two values of a figure is the better one. */
export type Direction = 'higher' | 'lower';

/** What the direction of a job's figures hangs on. */
export interface Aim {
  readonly kind: string;
  /** Null: the problem has no objective of its own. */
  readonly objective: Objective | null;
}

const objectives = new Set(['expectation', 'best', 'value', 'objective', 'energy', 'cut']);
const lowerWords =
  /(loss|error|stderr|cost|time|seconds|variance|infidelity|regret|gap|gates|circuits|shots)$/i;
const higherWords =
  /(accuracy|auc|f1|precision|recall|sensitivity|specificity|fidelity|ratio|probability|score|reward|advantage)$/i;

/** Whether a problem's own objective is maximised or minimised; null where it has none. */
function directionOfObjective({ objective }: Aim): Direction | null {
  if (objective === null) return null;
  return objective === 'max' ? 'higher' : 'lower';
}

/**
 * Which way a metric of a job is better: an objective goes with its problem, accuracies and the like
 * are to be high, losses and errors low. Null where neither is known, so that nothing is called best.
 */
export function directionOf(metric: string, aim: Aim): Direction | null {
  if (objectives.has(metric)) return directionOfObjective(aim);
  if (lowerWords.test(metric)) return 'lower';
  return higherWords.test(metric) ? 'higher' : null;
}

/** Whether `a` is better than `b`; what is no number is better than nothing. */
export function isBetterIn(direction: Direction, a: number, b: number): boolean {
  if (Number.isNaN(b)) return !Number.isNaN(a);
  return direction === 'higher' ? a > b : a < b;
}

/** The best value up to each point; NaN before the first that is a number. */
export function bestSoFar(values: Float64Array, direction: Direction): Float64Array {
  const result = new Float64Array(values.length);
  let best = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (isBetterIn(direction, value, best)) best = value;
    result[i] = best;
  }
  return result;
}

/** What the steps of a job's curves are, in the plural: "evaluations", "reads", "folds". */
export function stepsOf(algorithm: string, kind: string): string {
  if (kind === 'classification') return 'folds';
  if (algorithm === 'simulated-annealing') return 'reads';
  return kind === 'circuit' ? 'steps' : 'evaluations';
}

/** The aim that a job's spec tells; null where it cannot be read. */
export function aimOf(spec: unknown): Aim | null {
  if (typeof spec !== 'object' || spec === null || !('problem' in spec)) return null;
  const problem = problemSchema.safeParse(spec.problem);
  if (!problem.success) return null;
  return { kind: problem.data.kind, objective: objectiveOf(problem.data) };
}
