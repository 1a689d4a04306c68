import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { fittedShape, float, floats } from '#shared/models/fitted.ts';
import { type FitTask, type Learner, learnerOf, type Series, standardised } from './learner.ts';
import type { Network } from './perceptron.ts';
import { trainNetwork } from './train-network.ts';

/** How a row is read as a sequence: its first `steps` numbers in turn, each with all that follow them beside it. */
export interface SequenceShape {
  readonly steps: number;
  /** Numbers at each step. */
  readonly channels: number;
}

/** Every feature is a step; of a series the lags are, and what is known beside them comes with each. */
export function shapeOf(features: number, view: Pick<Series, 'lags'> | null): SequenceShape {
  const steps = view?.lags ?? features;
  return { steps, channels: 1 + features - steps };
}

/** What is at a step of a row. */
export function channelAt(
  row: Float64Array,
  shape: SequenceShape,
  step: number,
  channel: number,
): number {
  return row[channel === 0 ? step : shape.steps + channel - 1] as number;
}

/** A kind of network on sequences. */
export interface SequenceNetwork {
  readonly id: string;
  /** Weights before any training. */
  readonly started: (shape: SequenceShape, settings: Settings, rng: FitTask['rng']) => Float64Array;
  readonly net: (shape: SequenceShape, settings: Settings, parameters: Float64Array) => Network;
}

/** The numbers of a network, and what gives values back their unit. */
const shape = fittedShape({ parameters: floats, mean: float, scale: float });

/** What learns from sequences by a network. Values are learned with mean 0 and deviation 1. */
export function sequenceLearner(
  { id, started, net: netOf }: SequenceNetwork,
  settings: Settings,
  { areClasses, view }: { readonly areClasses: boolean; readonly view: Series | null },
): Learner {
  return learnerOf({
    id,
    preprocessing: standardised,
    tells: areClasses ? 'log-odds' : 'values',
    model: shape,
    train({ train: { rows }, labels, rng }) {
      const sequence = shapeOf(rows[0]?.length ?? 0, view);
      const net = netOf(sequence, settings, started(sequence, settings, rng));
      const mean = areClasses ? 0 : labels.reduce((sum, y) => sum + y, 0) / labels.length;
      const square = labels.reduce((sum, y) => sum + (y - mean) ** 2, 0) / labels.length;
      const scale = areClasses ? 1 : Math.sqrt(square) || 1;
      const targets = Float64Array.from(labels, (y) => (y - mean) / scale);
      trainNetwork(net, { rows, targets, rng }, settings, areClasses);
      return { parameters: net.parameters, mean, scale };
    },
    says({ parameters, mean, scale }) {
      let net: Network | null = null;
      return (row) => {
        net ??= netOf(shapeOf(row.length, view), settings, parameters);
        return mean + scale * net.output(row);
      };
    },
  });
}

/** Rows, and what a network keeps of one while it is gone through. */
export function sequenceNeeds(parameters: (features: number) => number) {
  return ({ rows, features }: TrainingRows) => ({
    ownBytes: 8 * (4 * rows.length * features.length + 4 * parameters(features.length)),
    qubits: null,
    answerBytes: 0,
  });
}
