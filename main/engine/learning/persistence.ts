import { defineLearner } from './learner-algorithm.ts';
import { saidBy } from './learner.ts';

export const persistence = defineLearner({
  id: 'persistence',
  title: 'Persistence',
  summary: 'The next value is the newest lag: what every forecast has to beat.',
  kind: 'classical',
  parameters: [],
  series: (_, { lags }) => ({
    id: 'persistence',
    preprocessing: [],
    fit: (task) => saidBy(task, (row) => row[lags - 1] as number),
  }),
});
