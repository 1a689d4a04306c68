import { type ModelRow } from './model-summary.ts';

type Scored = Pick<ModelRow, 'metrics' | 'trainMetrics'>;

/**
 * How much of what a model shows on its training rows is left on rows that it has not seen: 1 − max(0, train − test) for
 * scores that are at most 1 and best there (accuracy, else R²), at least 0. Null where no such score is known.
 */
export function generalisationOf({ metrics, trainMetrics }: Scored): number | null {
  const name = ['accuracy', 'r2'].find((one) => metrics[one] !== undefined);
  if (name === undefined) return null;
  const [test, train] = [metrics[name], trainMetrics[name]];
  if (test === undefined || train === undefined) return null;
  return Math.max(0, 1 - Math.max(0, train - test));
}
