import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { SeriesRows } from '#shared/problems/views/series.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { type FitTask, type Learner, saidBy, standardised, withProbabilities } from './learner.ts';
import type { Network } from './perceptron.ts';
import { trainNetwork } from './train-network.ts';

/** How a row is read as a sequence: its first `steps` numbers in turn, each with all that follow them beside it. */
export interface SequenceShape {
  readonly steps: number;
  /** Numbers at each step. */
  readonly channels: number;
}

/** Every feature is a step; of a series the lags are, and what is known beside them comes with each. */
export function shapeOf(features: number, view: Pick<SeriesRows, 'lags'> | null): SequenceShape {
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

/** A network for sequences of a shape, with weights that are drawn. */
type Started = (shape: SequenceShape, settings: Settings, rng: FitTask['rng']) => Network;

/** What learns from sequences by a network. Values are learned with mean 0 and deviation 1. */
export function sequenceLearner(
  id: string,
  settings: Settings,
  { started, areClasses, view }: { started: Started; areClasses: boolean; view: SeriesRows | null },
): Learner {
  return {
    id,
    preprocessing: standardised,
    fit(task) {
      const { train, labels, rng } = task;
      const net = started(shapeOf(train[0]?.length ?? 0, view), settings, rng);
      const mean = areClasses ? 0 : labels.reduce((sum, y) => sum + y, 0) / labels.length;
      const square = labels.reduce((sum, y) => sum + (y - mean) ** 2, 0) / labels.length;
      const scale = areClasses ? 1 : Math.sqrt(square) || 1;
      const targets = Float64Array.from(labels, (y) => (y - mean) / scale);
      trainNetwork(net, { rows: train, targets, rng }, settings, areClasses);
      const said = saidBy(task, (row) => mean + scale * net.output(row));
      return areClasses ? withProbabilities(said) : said;
    },
  };
}

/** Rows, and what a network keeps of one while it is gone through. */
export function sequenceNeeds(parameters: (features: number) => number) {
  return ({ rows, features }: TrainingRows) => ({
    ownBytes: 8 * (4 * rows.length * features.length + 4 * parameters(features.length)),
    qubits: null,
    answerBytes: 0,
  });
}
