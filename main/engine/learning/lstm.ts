import { defineLearner } from './learner-algorithm.ts';
import { Lstm, lstmSize } from './long-short-term-memory.ts';
import { sequenceLearner, type SequenceNetwork, sequenceNeeds } from './sequence.ts';
import { networkParameters } from './train-network.ts';

const network: SequenceNetwork = {
  id: 'lstm',
  /** Uniform within 1/√hidden; gates that forget begin open (Gers, Schmidhuber and Cummins 2000). */
  started(sequence, settings, rng) {
    const hidden = settings['hidden'] as number;
    const shape = { ...sequence, hidden };
    const bound = 1 / Math.sqrt(hidden);
    const parameters = Float64Array.from(
      { length: lstmSize(shape) },
      () => bound * (2 * rng.uniform() - 1),
    );
    const forget = 4 * hidden * (shape.channels + hidden) + hidden;
    return parameters.fill(1, forget, forget + hidden);
  },
  net: (sequence, settings, parameters) =>
    new Lstm({ ...sequence, hidden: settings['hidden'] as number }, parameters),
};

export const lstm = defineLearner({
  id: 'lstm',
  title: 'LSTM',
  summary:
    'A layer with a memory that goes through the lags of a series, or features in their order.',
  source: 'Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735',
  kind: 'classical',
  parameters: [
    {
      kind: 'integer',
      id: 'hidden',
      title: 'Hidden units',
      help: 'Units of the layer, each with a memory.',
      default: 16,
      min: 1,
      max: 1000,
    },
    ...networkParameters(0.01),
  ],
  accuracy: 0.1,
  needs: sequenceNeeds((features) => 4 * 16 * (features + 17)),
  classes: ({ settings }) => sequenceLearner(network, settings, { areClasses: true, view: null }),
  values: ({ settings }) => sequenceLearner(network, settings, { areClasses: false, view: null }),
  series: ({ settings }, view) => sequenceLearner(network, settings, { areClasses: false, view }),
});
