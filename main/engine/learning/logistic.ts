import { linearShape } from '#shared/models/fitted.ts';
import { type Learner, learnerOf, linearValue, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { logisticFit, type LogisticSettings } from './linear.ts';
import { weightOfErrors } from './parameters.ts';

/** Logistic regression with the penalties of scikit-learn. */
export const logistic = defineLearner({
  id: 'logistic',
  title: 'Logistic regression',
  summary: 'Log-odds that are linear in the features, with squares, sizes or both as the penalty.',
  kind: 'classical',
  parameters: [
    weightOfErrors,
    {
      kind: 'choice',
      id: 'penalty',
      title: 'Penalty',
      help: 'l2 keeps coefficients small, l1 makes some of them zero, the elastic net does both.',
      default: 'l2',
      options: [
        { value: 'l1', title: 'l1' },
        { value: 'l2', title: 'l2' },
        { value: 'elastic-net', title: 'Elastic net' },
      ],
    },
    {
      kind: 'number',
      id: 'l1Ratio',
      title: 'l1 share',
      help: 'Share of l1 in the elastic net.',
      default: 0.5,
      min: 0,
      max: 1,
      advanced: true,
    },
  ],
  classes: ({ settings }) => {
    const penalty = settings['penalty'] as 'l1' | 'l2' | 'elastic-net';
    const shares = { l1: 1, l2: 0, 'elastic-net': settings['l1Ratio'] as number };
    return logisticLearner({ C: settings['C'] as number, l1Ratio: shares[penalty] });
  },
});

/** Logistic regression as a learner. */
export function logisticLearner(settings: LogisticSettings): Learner {
  return learnerOf({
    id: 'logistic',
    preprocessing: standardised,
    tells: 'log-odds',
    model: linearShape,
    train: ({ train, labels }) => logisticFit(train.rows, labels, settings),
    says: (model) => (row) => linearValue(model, row),
    linear: (model) => model,
  });
}
