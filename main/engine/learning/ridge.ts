import type { Step } from '#shared/problems/tables/preprocessing.ts';
import { dotOf, type Learner, saidBy, signsOf, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { ridgeFit } from './linear.ts';
import { ridgePenalty } from './parameters.ts';

/** A linear learner by least squares with a penalty; classes are ±1. */
export function linearLearner(
  { id, alpha, areClasses }: { id: string; alpha: number; areClasses: boolean },
  preprocessing: readonly Step[] = standardised,
): Learner {
  return {
    id,
    preprocessing,
    isLinear: true,
    fit(task) {
      const y = areClasses ? signsOf(task.labels) : Float64Array.from(task.labels);
      const { coefficients, intercept } = ridgeFit(task.train, y, alpha);
      const said = saidBy(task, (row) => dotOf(coefficients, row) + intercept);
      return { ...said, coefficients, intercept };
    },
  };
}

export const ridge = defineLearner({
  id: 'ridge',
  title: 'Ridge regression',
  summary: 'Least squares with a penalty on squared coefficients; classes are taken as ±1.',
  kind: 'classical',
  parameters: [ridgePenalty],
  accuracy: 2e-2,
  classes: ({ settings }) =>
    linearLearner({ id: 'ridge', alpha: settings['alpha'] as number, areClasses: true }),
  values: ({ settings }) =>
    linearLearner({ id: 'ridge', alpha: settings['alpha'] as number, areClasses: false }),
});
