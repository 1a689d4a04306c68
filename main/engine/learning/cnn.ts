import type { Settings } from '../algorithms/algorithm.ts';
import { type ConvolutionShape, ConvolutionalNet, convolutionSize } from './convolutions.ts';
import { defineLearner } from './learner-algorithm.ts';
import {
  sequenceLearner,
  type SequenceNetwork,
  sequenceNeeds,
  type SequenceShape,
} from './sequence.ts';
import { networkParameters } from './train-network.ts';

function shapeFor(sequence: SequenceShape, settings: Settings): ConvolutionShape {
  const filters = (settings['filters'] as readonly number[]).map((n) => Math.max(1, Math.round(n)));
  return { ...sequence, filters, width: settings['width'] as number };
}

const network: SequenceNetwork = {
  id: 'cnn',
  /** Uniform within √(6/inputs) (He et al. 2015). */
  started(sequence, settings, rng) {
    const shape = shapeFor(sequence, settings);
    const parameters = new Float64Array(convolutionSize(shape));
    const net = new ConvolutionalNet(shape, parameters);
    const inputs = shape.width * Math.max(shape.channels, ...shape.filters);
    const bound = Math.sqrt(6 / inputs);
    return parameters.map((_, k) => (net.isWeight(k) ? bound * (2 * rng.uniform() - 1) : 0.01));
  },
  net: (sequence, settings, parameters) =>
    new ConvolutionalNet(shapeFor(sequence, settings), parameters),
};

export const cnn = defineLearner({
  id: 'cnn',
  title: 'Convolutional network',
  summary:
    'Filters along the lags of a series, or along features in their order, rectified and pooled, trained by Adam.',
  source: 'LeCun et al. 1998, doi:10.1109/5.726791',
  kind: 'classical',
  parameters: [
    {
      kind: 'numbers',
      id: 'filters',
      title: 'Filters',
      help: 'Filters of each layer; after each the larger of every two steps is kept.',
      default: [8, 8],
    },
    {
      kind: 'integer',
      id: 'width',
      title: 'Width',
      help: 'Neighbouring steps that a filter looks at, an odd number.',
      default: 3,
      min: 1,
      max: 99,
    },
    ...networkParameters(0.01),
  ],
  fault: ({ width }) =>
    (width as number) % 2 === 1
      ? null
      : {
          path: 'width',
          message: `A filter has a middle: an odd width is expected, not ${String(width)}.`,
        },
  accuracy: 0.1,
  needs: sequenceNeeds((features) => 8 * (8 * 3 + features)),
  classes: ({ settings }) => sequenceLearner(network, settings, { areClasses: true, view: null }),
  values: ({ settings }) => sequenceLearner(network, settings, { areClasses: false, view: null }),
  series: ({ settings }, view) => sequenceLearner(network, settings, { areClasses: false, view }),
});
