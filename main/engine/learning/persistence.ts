import { fittedShape } from '#shared/models/fitted.ts';
import { defineLearner } from './learner-algorithm.ts';
import { learnerOf } from './learner.ts';

export const persistence = defineLearner({
  id: 'persistence',
  title: 'Persistence',
  summary: 'The next value is the newest lag: what every forecast has to beat.',
  kind: 'classical',
  parameters: [],
  series: (_, { lags }) =>
    learnerOf({
      id: 'persistence',
      preprocessing: [],
      tells: 'values',
      model: fittedShape({}),
      train: () => ({}),
      says: () => (row) => row[lags - 1] as number,
    }),
});
