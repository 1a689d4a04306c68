import type { Objective } from '../problems/objective.ts';
import type { Direction, Metric } from './metric.ts';
import { resultKinds } from './registry.ts';

/** Of a run, whatever its result is. */
export const runMetrics = [
  { id: 'executionTime', title: 'Execution time', unit: 's', better: 'lower' },
  { id: 'timeToSolution', title: 'Time to solution', unit: 's', better: 'lower' },
] as const satisfies readonly Metric[];

const known: ReadonlyMap<string, Metric> = new Map(
  [...resultKinds.flatMap(({ live, metrics }) => [...live, ...metrics]), ...runMetrics].map(
    (metric) => [metric.id, metric],
  ),
);

/** What a metric is called, "Time to solution"; one that no kind names is spelt out. */
export function titleOfMetric(id: string): string {
  const title = known.get(id)?.title;
  if (title !== undefined) return title;
  const words = id
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "s" or nothing. */
export function unitOfMetric(id: string): string {
  return known.get(id)?.unit ?? '';
}

/** The title with its unit, as an axis has it: "Time to solution (s)". */
export function labelOfMetric(id: string): string {
  const unit = unitOfMetric(id);
  return unit === '' ? titleOfMetric(id) : `${titleOfMetric(id)} (${unit})`;
}

/**
 * Which way a metric of a job is better; what goes with the problem, by its objective. Null where
 * that is not known, so that nothing is called best.
 */
export function directionOf(id: string, objective: Objective | null): Direction | null {
  const better = known.get(id)?.better ?? null;
  if (better !== 'objective') return better;
  if (objective === null) return null;
  return objective === 'max' ? 'higher' : 'lower';
}
