import type { Settings } from '../algorithms/algorithm.ts';
import { type Learner, saidBy, standardised, withProbabilities } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { Perceptron } from './perceptron.ts';
import { networkParameters, trainNetwork } from './train-network.ts';

function learnerOf(settings: Settings, areClasses: boolean): Learner {
  return {
    id: 'mlp',
    preprocessing: standardised,
    fit(task) {
      const { train, labels, rng } = task;
      const hidden = (settings['hidden'] as readonly number[]).map((size) =>
        Math.max(1, Math.round(size)),
      );
      const net = new Perceptron([train[0]?.length ?? 0, ...hidden, 1], rng);
      const targets = Float64Array.from(labels);
      trainNetwork(net, { rows: train, targets, rng }, settings, areClasses);
      const said = saidBy(task, (row) => net.output(row));
      return areClasses ? withProbabilities(said) : said;
    },
  };
}

export const mlp = defineLearner({
  id: 'mlp',
  title: 'Multilayer perceptron',
  summary: 'Dense layers with rectified units, trained by Adam.',
  kind: 'classical',
  parameters: [
    {
      kind: 'numbers',
      id: 'hidden',
      title: 'Hidden units',
      help: 'Units of each hidden layer.',
      default: [100],
    },
    ...networkParameters(0.001),
  ],
  // Two hundred steps of its standard length do not end at the optimum.
  accuracy: 0.1,
  classes: ({ settings }) => learnerOf(settings, true),
  values: ({ settings }) => learnerOf(settings, false),
});
