import { count, fittedShape, floats, listOf } from '#shared/models/fitted.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { type FitTask, type Learner, learnerOf, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { Perceptron, startedPerceptron } from './perceptron.ts';
import { networkParameters, trainNetwork } from './train-network.ts';

function trained(
  { train: { rows }, labels, rng }: FitTask,
  settings: Settings,
  areClasses: boolean,
): Perceptron {
  const hidden = (settings['hidden'] as readonly number[]).map((size) =>
    Math.max(1, Math.round(size)),
  );
  const net = startedPerceptron([rows[0]?.length ?? 0, ...hidden, 1], rng);
  trainNetwork(net, { rows, targets: Float64Array.from(labels), rng }, settings, areClasses);
  return net;
}

function layered(settings: Settings, areClasses: boolean): Learner {
  return learnerOf({
    id: 'mlp',
    preprocessing: standardised,
    tells: areClasses ? 'log-odds' : 'values',
    model: fittedShape({ sizes: listOf(count), parameters: floats }),
    train: (task) => {
      const { sizes, parameters } = trained(task, settings, areClasses);
      return { sizes: [...sizes], parameters };
    },
    says({ sizes, parameters }) {
      const net = new Perceptron(sizes, parameters);
      return (row) => net.output(row);
    },
  });
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
  classes: ({ settings }) => layered(settings, true),
  values: ({ settings }) => layered(settings, false),
});
