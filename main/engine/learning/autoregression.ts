import { defineLearner } from './learner-algorithm.ts';
import { linearLearner } from './ridge.ts';

export const autoregression = defineLearner({
  id: 'autoregression',
  title: 'Autoregression',
  summary: 'The next value as a linear function of the lags, by least squares.',
  kind: 'classical',
  parameters: [],
  series: () => linearLearner({ id: 'autoregression', alpha: 0, areClasses: false }, []),
});
