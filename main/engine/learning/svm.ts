import { rowsView } from '#shared/problems/views/rows.ts';
import { learner } from '#shared/results/kinds/learner.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { classificationRun, kernelNeeds } from './cross-validation.ts';
import { rbfLearner } from './rbf-learner.ts';

export const svm = defineAlgorithm({
  id: 'svm',
  title: 'Support vector machine',
  summary: 'The classical RBF support vector machine (LIBSVM), the baseline of the quantum kernel.',
  source: 'Chang and Lin 2011, LIBSVM',
  kind: 'classical',
  takes: rowsView,
  result: learner,
  steps: { name: 'folds', areCourse: false },
  parameters: [
    {
      kind: 'choice',
      id: 'kernel',
      title: 'Kernel',
      help: 'RBF bends the border, linear keeps it straight.',
      default: 'rbf',
      options: [
        { value: 'linear', title: 'Linear' },
        { value: 'rbf', title: 'RBF' },
      ],
    },
    {
      kind: 'number',
      id: 'C',
      title: 'C',
      help: 'Weight of training errors; larger fits the training rows more closely.',
      default: 1,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'number',
      id: 'gamma',
      title: 'γ',
      help: 'Width of the RBF kernel. Empty: 1/(features × variance).',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
  ],
  canPause: true,
  asks: () => [],
  needs: kernelNeeds,
  *run(input) {
    return yield* classificationRun(input, rbfLearner(input.settings), null);
  },
});
