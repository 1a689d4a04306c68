import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import {
  maxIterations,
  numberSetting,
  type Optimizer,
  type OptimizerRun,
  type OptimizerSettings,
  tolerance,
} from './optimizer.ts';

const parameters: readonly ParameterDescriptor[] = [
  maxIterations(200),
  {
    kind: 'number',
    id: 'learningRate',
    title: 'Learning rate',
    help: 'Length of a step in radians; smaller is steadier, larger is faster.',
    default: 0.05,
    min: 0,
    exclusiveMin: true,
    max: 10,
  },
  {
    kind: 'number',
    id: 'beta1',
    title: 'β₁',
    help: 'Memory of the mean gradient.',
    default: 0.9,
    min: 0,
    max: 0.9999,
    advanced: true,
  },
  {
    kind: 'number',
    id: 'beta2',
    title: 'β₂',
    help: 'Memory of the squared gradient.',
    default: 0.999,
    min: 0,
    max: 0.999999,
    advanced: true,
  },
  tolerance(1e-6, 'The run has converged when the gradient is shorter than this.'),
];

/** Adam (Kingma and Ba, arXiv:1412.6980), keeping the best point that it saw. */
export const adam: Optimizer = {
  id: 'adam',
  title: 'Adam',
  summary: 'Gradient descent with momentum and a step size of its own for each parameter.',
  usesGradient: true,
  parameters,
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  minimise: (start, settings) => minimise(start, settings, false),
};

/** AMSGrad (Reddi, Kale and Kumar 2018, arXiv:1904.09237): Adam whose steps never grow again. */
export const amsgrad: Optimizer = {
  ...adam,
  id: 'amsgrad',
  title: 'AMSGrad',
  summary: 'Adam whose steps never grow again, which converges where Adam may wander.',
  minimise: (start, settings) => minimise(start, settings, true),
};

function* minimise(
  start: Float64Array,
  settings: OptimizerSettings,
  keepsLargest: boolean,
): OptimizerRun {
  const limit = numberSetting(settings, 'maxIterations');
  const rate = numberSetting(settings, 'learningRate');
  const [beta1, beta2] = [numberSetting(settings, 'beta1'), numberSetting(settings, 'beta2')];
  const shortest = numberSetting(settings, 'tolerance');
  const point = Float64Array.from(start);
  const mean = new Float64Array(start.length);
  const square = new Float64Array(start.length);
  const largest = new Float64Array(start.length);
  let best = { point: Float64Array.from(start), value: Infinity };
  for (let iteration = 0; iteration < limit; iteration++) {
    const { values, gradients } = yield {
      count: 1,
      points: point.slice(),
      needsGradient: true,
      iteration,
    };
    const value = values[0] as number;
    if (value < best.value) best = { point: point.slice(), value };
    if (Math.hypot(...gradients) < shortest)
      return { ...best, iterations: iteration + 1, converged: true };
    for (let k = 0; k < point.length; k++) {
      const g = gradients[k] as number;
      mean[k] = beta1 * (mean[k] as number) + (1 - beta1) * g;
      square[k] = beta2 * (square[k] as number) + (1 - beta2) * g * g;
      const meanHat = (mean[k] as number) / (1 - beta1 ** (iteration + 1));
      const squareHat = (square[k] as number) / (1 - beta2 ** (iteration + 1));
      largest[k] = keepsLargest ? Math.max(largest[k] as number, squareHat) : squareHat;
      point[k] = (point[k] as number) - (rate * meanHat) / (Math.sqrt(largest[k] as number) + 1e-8);
    }
  }
  return { ...best, iterations: limit, converged: false };
}
