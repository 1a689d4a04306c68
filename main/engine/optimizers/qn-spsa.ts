import { AppError } from '#shared/base/errors.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { evaluateAll, maxIterations, numberSetting, type Optimizer } from './optimizer.ts';
import { moved, signsOf, steepest, symmetricProduct } from './random-directions.ts';

/**
 * Quantum natural gradient from random directions (Gacon et al. 2021, arXiv:2103.09232): the metric of the states is averaged
 * from four overlaps a step, so that it runs on machines, at a cost that does not grow with the number of angles.
 */
export const qnSpsa: Optimizer = {
  id: 'qn-spsa',
  title: 'QN-SPSA',
  summary:
    'SPSA in the metric of the states, learnt from overlaps of nearby states; for devices and shots.',
  usesGradient: false,
  usesOverlaps: true,
  parameters: [
    maxIterations(300),
    {
      kind: 'number',
      id: 'learningRate',
      title: 'Learning rate',
      help: 'Length of a step; smaller is steadier, larger is faster.',
      default: 0.05,
      min: 0,
      exclusiveMin: true,
      max: 10,
    },
    {
      kind: 'number',
      id: 'perturbation',
      title: 'Perturbation',
      help: 'Distance in radians at which values and overlaps are taken; not below their noise.',
      default: 0.1,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'number',
      id: 'regularisation',
      title: 'Regularisation',
      help: 'Added to the metric, so that directions that change no state stay calm.',
      default: 0.05,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
  ],
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  *minimise(start, settings, rng) {
    const limit = numberSetting(settings, 'maxIterations');
    const rate = numberSetting(settings, 'learningRate');
    const width = numberSetting(settings, 'perturbation');
    const shift = numberSetting(settings, 'regularisation');
    const n = start.length;
    let point = Float64Array.from(start);
    const metric = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 0.25 : 0));
    for (let k = 0; k < limit; k++) {
      const [signs, first, second] = [signsOf(n, rng), signsOf(n, rng), signsOf(n, rng)];
      const [up = 0, down = 0] = yield* evaluateAll(
        [moved(point, signs, width), moved(point, signs, -width)],
        k,
      );
      const [plus, minus] = [moved(point, first, width), moved(point, first, -width)];
      const states = [point, moved(plus, second, width), plus, moved(minus, second, width), minus];
      const { overlaps } = yield {
        count: states.length,
        points: Float64Array.from(states.flatMap((one) => [...one])),
        needsGradient: false,
        needsOverlaps: true,
        iteration: k,
      };
      if (overlaps === undefined) throw new AppError('internal', 'Expected overlaps.');
      const [both = 0, one = 0, across = 0, other = 0] = overlaps;
      // The overlap falls by δ·g·δ: its mixed difference is −2 times the metric between both directions.
      const bend = -(both - one - (across - other)) / (4 * width * width);
      symmetricProduct(first, second).forEach((product, j) => {
        metric[j] = ((metric[j] as number) * (k + 1) + bend * product) / (k + 2);
      });
      const slope = (up - down) / (2 * width);
      const step = steepest(
        symmetricEigen(metric, n),
        signs.map((sign) => slope * sign),
        shift,
      );
      point = point.map((x, i) => x - rate * (step[i] as number));
    }
    const [value] = yield* evaluateAll([point], limit);
    return { point, value: value as number, iterations: limit, converged: false };
  },
};
