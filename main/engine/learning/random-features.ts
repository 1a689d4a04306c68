import type { Settings } from '../algorithms/algorithm.ts';
import { defaultGamma } from './kernels.ts';
import { dotOf, type FitTask, type Learner, saidBy, signsOf, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { ridgeFit } from './linear.ts';
import { ridgePenalty } from './parameters.ts';

/** √(2/D)·cos(w·x + b) with w drawn so that products are the RBF kernel on average (Rahimi and Recht 2007). */
function randomFourier(
  { train, rng }: FitTask,
  settings: Settings,
): (row: Float64Array) => Float64Array {
  const given = settings['gamma'];
  const gamma = typeof given === 'number' ? given : defaultGamma(train);
  const size = train[0]?.length ?? 0;
  const count = settings['features'] as number;
  const waves = Array.from({ length: count }, () => ({
    w: Float64Array.from({ length: size }, () => Math.sqrt(2 * gamma) * rng.normal()),
    b: 2 * Math.PI * rng.uniform(),
  }));
  const scale = Math.sqrt(2 / count);
  return (row) => Float64Array.from(waves, ({ w, b }) => scale * Math.cos(dotOf(w, row) + b));
}

function learnerOf(settings: Settings, areClasses: boolean): Learner {
  return {
    id: 'random-features',
    preprocessing: standardised,
    fit(task) {
      const map = randomFourier(task, settings);
      const y = areClasses ? signsOf(task.labels) : Float64Array.from(task.labels);
      const fit = ridgeFit(task.train.map(map), y, settings['alpha'] as number);
      return saidBy(task, (row) => dotOf(fit.coefficients, map(row)) + fit.intercept);
    },
  };
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
  classes: ({ settings }) => learnerOf(settings, true),
  values: ({ settings }) => learnerOf(settings, false),
});
