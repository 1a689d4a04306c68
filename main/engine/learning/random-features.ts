import { fittedShape, float, floatRows, floats, type Read } from '#shared/models/fitted.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { gammaOf } from './kernels.ts';
import {
  dotOf,
  type FitTask,
  type Learner,
  learnerOf,
  linearValue,
  signsOf,
  standardised,
} from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { ridgeFit } from './linear.ts';
import { ridgePenalty } from './parameters.ts';

const shape = fittedShape({
  directions: floatRows,
  phases: floats,
  coefficients: floats,
  intercept: float,
});

type Waves = Pick<Read<typeof shape>, 'directions' | 'phases'>;

/** √(2/D)·cos(w·x + b) with w drawn so that products are the RBF kernel on average (Rahimi and Recht 2007). */
function drawnWaves({ train: { rows }, rng }: FitTask, settings: Settings): Waves {
  const gamma = gammaOf(settings, rows);
  const size = rows[0]?.length ?? 0;
  const waves = Array.from({ length: settings['features'] as number }, () => ({
    w: Float64Array.from({ length: size }, () => Math.sqrt(2 * gamma) * rng.normal()),
    b: 2 * Math.PI * rng.uniform(),
  }));
  return { directions: waves.map(({ w }) => w), phases: Float64Array.from(waves, ({ b }) => b) };
}

function onWaves({ directions, phases }: Waves): (row: Float64Array) => Float64Array {
  const scale = Math.sqrt(2 / directions.length);
  return (row) =>
    phases.map((b, k) => scale * Math.cos(dotOf(directions[k] as Float64Array, row) + b));
}

function onRandomFeatures(settings: Settings, areClasses: boolean): Learner {
  return learnerOf({
    id: 'random-features',
    preprocessing: standardised,
    tells: areClasses ? 'margins' : 'values',
    model: shape,
    train(task) {
      const waves = drawnWaves(task, settings);
      const y = areClasses ? signsOf(task.labels) : Float64Array.from(task.labels);
      const fit = ridgeFit(task.train.rows.map(onWaves(waves)), y, settings['alpha'] as number);
      return { ...waves, ...fit };
    },
    says(model) {
      const map = onWaves(model);
      return (row) => linearValue(model, map(row));
    },
  });
}

export const randomFeatures = defineLearner({
  id: 'random-features',
  title: 'Random Fourier features',
  summary: 'Ridge regression on random waves, which stands for an RBF kernel on many rows.',
  kind: 'classical',
  parameters: [
    {
      kind: 'integer',
      id: 'features',
      title: 'Waves',
      help: 'How many random features there are; more come nearer to the kernel.',
      default: 100,
      min: 1,
      max: 5000,
    },
    ridgePenalty,
    {
      kind: 'number',
      id: 'gamma',
      title: 'γ',
      help: 'Scale of the kernel. Empty, or “scale”: 1/(features × variance).',
      default: null,
      min: 0,
      exclusiveMin: true,
      word: 'scale',
      advanced: true,
    },
  ],
  accuracy: 2e-2,
  needs: ({ rows }, settings) => ({
    ownBytes:
      8 * (settings['features'] as number) * (rows.length + 2 * (settings['features'] as number)),
    qubits: null,
    answerBytes: 0,
  }),
  classes: ({ settings }) => onRandomFeatures(settings, true),
  values: ({ settings }) => onRandomFeatures(settings, false),
});
