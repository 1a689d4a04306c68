import { count, fittedShape, floats, listOf } from '#shared/models/fitted.ts';
import { shuffled } from '#shared/base/rng.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { type FitTask, type Learner, learnerOf, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { AdamTrainer, Perceptron, startedPerceptron } from './perceptron.ts';

/** A change of the loss below this counts as none; after ten epochs of it training ends, as in scikit-learn. */
const leastChange = 1e-4;
const patience = 10;

function trained(
  { train: { rows }, labels, rng }: FitTask,
  settings: Settings,
  areClasses: boolean,
): Perceptron {
  const hidden = (settings['hidden'] as readonly number[]).map((size) =>
    Math.max(1, Math.round(size)),
  );
  const net = startedPerceptron([rows[0]?.length ?? 0, ...hidden, 1], rng);
  const trainer = new AdamTrainer(net, {
    batch: (settings['batch'] as number | undefined) ?? Math.min(200, rows.length),
    learningRate: settings['learningRate'] as number,
    weightDecay: settings['weightDecay'] as number,
    areClasses,
  });
  const targets = Float64Array.from(labels);
  const all = rows.map((_, i) => i);
  let [best, still] = [Infinity, 0];
  for (let epoch = 0; epoch < (settings['epochs'] as number) && still <= patience; epoch++) {
    const loss = trainer.epoch(rows, targets, shuffled(all, rng));
    still = loss > best - leastChange ? still + 1 : 0;
    best = Math.min(best, loss);
  }
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
    {
      kind: 'integer',
      id: 'epochs',
      title: 'Epochs',
      help: 'How often all training rows are gone over at most; it ends where the loss no longer falls.',
      default: 200,
      min: 1,
      max: 100_000,
    },
    {
      kind: 'number',
      id: 'learningRate',
      title: 'Learning rate',
      help: 'Length of a step of Adam.',
      default: 0.001,
      min: 0,
      exclusiveMin: true,
      max: 10,
    },
    {
      kind: 'integer',
      id: 'batch',
      title: 'Batch',
      help: 'Rows that a step looks at. Empty: 200, or all where there are fewer.',
      default: null,
      min: 1,
    },
    {
      kind: 'number',
      id: 'weightDecay',
      title: 'Weight decay',
      help: 'Weight of the squared weights, as scikit-learn’s alpha.',
      default: 0.0001,
      min: 0,
    },
  ],
  // Two hundred steps of its standard length do not end at the optimum.
  accuracy: 0.1,
  classes: ({ settings }) => layered(settings, true),
  values: ({ settings }) => layered(settings, false),
});
