import { AppError } from '#shared/base/errors.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import { maxIterations, numberSetting, type Optimizer, tolerance } from './optimizer.ts';

/**
 * Quantum natural gradient (Stokes et al., arXiv:1909.02108): steps are as long in the space of states
 * as they are in that of angles elsewhere, with momentum where that is given (Borysenko et al. 2024, arXiv:2409.01978). Keeps the
 * best point that it saw.
 */
export const qng: Optimizer = {
  id: 'qng',
  title: 'Quantum natural gradient',
  summary: 'Gradient descent in the metric of the states; few steps, exact simulation only.',
  usesGradient: true,
  usesMetric: true,
  parameters: [
    maxIterations(100),
    {
      kind: 'number',
      id: 'learningRate',
      title: 'Learning rate',
      help: 'Length of a step; smaller is steadier, larger is faster.',
      default: 0.1,
      min: 0,
      exclusiveMin: true,
      max: 10,
    },
    {
      kind: 'number',
      id: 'momentum',
      title: 'Momentum',
      help: 'The share of the last step that the next one begins with; above 0 it runs through flat stretches faster.',
      default: 0,
      min: 0,
      max: 0.999,
      advanced: true,
    },
    {
      kind: 'number',
      id: 'regularisation',
      title: 'Regularisation',
      help: 'Added to the diagonal of the metric, so that directions that change no state stay calm.',
      default: 0.001,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
    tolerance(1e-6, 'The run has converged when the gradient is shorter than this.'),
  ],
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  *minimise(start, settings) {
    const limit = numberSetting(settings, 'maxIterations');
    const rate = numberSetting(settings, 'learningRate');
    const momentum = numberSetting(settings, 'momentum');
    const shift = numberSetting(settings, 'regularisation');
    const shortest = numberSetting(settings, 'tolerance');
    const point = Float64Array.from(start);
    let way = new Float64Array(start.length);
    let best = { point: Float64Array.from(start), value: Infinity };
    for (let iteration = 0; iteration < limit; iteration++) {
      const { values, gradients, metric } = yield {
        count: 1,
        points: point.slice(),
        needsGradient: true,
        needsMetric: true,
        iteration,
      };
      const value = values[0] as number;
      if (value < best.value) best = { point: point.slice(), value };
      if (Math.hypot(...gradients) < shortest)
        return { ...best, iterations: iteration + 1, converged: true };
      if (metric === undefined) throw new AppError('internal', 'Expected a metric.');
      // Rounding may leave a metric slightly below zero; the plain gradient always goes down.
      const step = solvePositive(metric, shift, gradients) ?? gradients;
      way = way.map((before, k) => momentum * before - rate * (step[k] as number));
      way.forEach((by, k) => (point[k] = (point[k] as number) + by));
    }
    return { ...best, iterations: limit, converged: false };
  },
};
