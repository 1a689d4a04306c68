import { type Rng, shuffled } from '#shared/base/rng.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { AdamTrainer, type Network } from './perceptron.ts';

/** A change of the loss below this counts as none; after ten epochs of it training ends, as in scikit-learn. */
const leastChange = 1e-4;
const patience = 10;

/** Settings of what is trained by Adam over shuffled batches. */
export function networkParameters(learningRate: number): readonly ParameterDescriptor[] {
  return [
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
      default: learningRate,
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
  ];
}

interface Lesson {
  readonly rows: readonly Float64Array[];
  readonly targets: Float64Array;
  readonly rng: Rng;
}

/** Changes the weights of a network until its loss no longer falls or the epochs are over. */
export function trainNetwork(
  net: Network,
  { rows, targets, rng }: Lesson,
  settings: Settings,
  areClasses: boolean,
): void {
  const trainer = new AdamTrainer(net, {
    batch: (settings['batch'] as number | undefined) ?? Math.min(200, rows.length),
    learningRate: settings['learningRate'] as number,
    weightDecay: settings['weightDecay'] as number,
    areClasses,
  });
  const all = rows.map((_, i) => i);
  let [best, still] = [Infinity, 0];
  for (let epoch = 0; epoch < (settings['epochs'] as number) && still <= patience; epoch++) {
    const loss = trainer.epoch(rows, targets, shuffled(all, rng));
    still = loss > best - leastChange ? still + 1 : 0;
    best = Math.min(best, loss);
  }
}
