import { linearShape } from '#shared/models/fitted.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';
import { type Learner, learnerOf, linearValue, signsOf, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { ridgeFit } from './linear.ts';
import { ridgePenalty } from './parameters.ts';

/** A linear learner by least squares with a penalty; classes are ±1. */
export function linearLearner(
  { id, alpha, areClasses }: { id: string; alpha: number; areClasses: boolean },
  preprocessing: readonly Step[] = standardised,
): Learner {
  return learnerOf({
    id,
    preprocessing,
    tells: areClasses ? 'margins' : 'values',
    model: linearShape,
    train: ({ train, labels }) =>
      ridgeFit(train.rows, areClasses ? signsOf(labels) : Float64Array.from(labels), alpha),
    says: (model) => (row) => linearValue(model, row),
    linear: (model) => model,
  });
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
