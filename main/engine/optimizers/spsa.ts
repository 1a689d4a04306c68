import type { Rng } from '#shared/base/rng.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import {
  evaluateAll,
  maxIterations,
  numberSetting,
  type Optimizer,
  type OptimizerSettings,
} from './optimizer.ts';
import { moved, signsOf, steepest, symmetricProduct } from './random-directions.ts';

/** Pairs of values by which the first step is calibrated, or the noise of values is known. */
const calibrationPairs = 10;
/** Curvatures below this are no reason for a longer step. */
const shift = 0.1;

/**
 * SPSA with Spall's gain sequences (IEEE Trans. AES 34, 1998): two evaluations a step, made for noise. The second order
 * form averages an estimate of the curvatures from two more (Spall 2000, IEEE Trans. Autom. Control 45, 1839).
 */
export const spsa: Optimizer = {
  id: 'spsa',
  title: 'SPSA',
  summary: 'Two noisy values give a step along a random direction; made for devices and shots.',
  usesGradient: false,
  parameters: [
    maxIterations(300),
    {
      kind: 'number',
      id: 'step',
      title: 'Step',
      help: 'First step length a in radians.',
      default: 0.2,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'number',
      id: 'perturbation',
      title: 'Perturbation',
      help: 'First perturbation c in radians; not below the noise of the values.',
      default: 0.15,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'boolean',
      id: 'calibrated',
      title: 'Calibrated',
      help: `Chooses the gain so that the first steps are as long as “Step”, from ${calibrationPairs} pairs of values at the start.`,
      default: false,
    },
    {
      kind: 'boolean',
      id: 'secondOrder',
      title: 'Second order',
      help: 'Steps in the metric of curvatures, learnt from two more values a step.',
      default: false,
      advanced: true,
    },
    {
      kind: 'boolean',
      id: 'blocking',
      title: 'Blocking',
      help: 'Takes a step only if the value there is no worse than before by more than twice its noise; costs one more value a step.',
      default: false,
      advanced: true,
    },
  ],
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  *minimise(start, settings, rng) {
    const limit = numberSetting(settings, 'maxIterations');
    const c = numberSetting(settings, 'perturbation');
    const { calibrated, secondOrder, blocking } = settings as unknown as Options;
    const stability = limit / 10;
    let point = Float64Array.from(start);
    const a = calibrated
      ? yield* calibratedGain(point, settings, rng)
      : numberSetting(settings, 'step');
    const noise = blocking ? yield* noiseAt(point) : 0;
    let value = Number.POSITIVE_INFINITY;
    const n = point.length;
    const curvature = Float64Array.from({ length: n * n }, (_, j) => (j % (n + 1) === 0 ? 1 : 0));
    for (let k = 0; k < limit; k++) {
      const rate = (a * (stability + 1) ** 0.602) / (k + 1 + stability) ** 0.602;
      const width = c / (k + 1) ** 0.101;
      const signs = signsOf(n, rng);
      const others = secondOrder ? signsOf(n, rng) : null;
      const pair = [moved(point, signs, width), moved(point, signs, -width)];
      const besides = others === null ? [] : pair.map((one) => moved(one, others, width));
      const values = yield* evaluateAll([...pair, ...besides], k);
      const [up = 0, down = 0, upBeside = 0, downBeside = 0] = values;
      const slope = (up - down) / (2 * width);
      let direction: Float64Array = signs.map((sign) => slope * sign);
      if (others !== null) {
        const bend = (upBeside - up - (downBeside - down)) / (2 * width * width);
        // As if the first estimate had been 1.
        symmetricProduct(signs, others).forEach((product, j) => {
          curvature[j] = ((curvature[j] as number) * (k + 1) + bend * product) / (k + 2);
        });
        direction = steepest(symmetricEigen(curvature, n), direction, shift);
      }
      const next = point.map((x, i) => x - rate * (direction[i] as number));
      if (blocking) {
        const [found = 0] = yield* evaluateAll([next], k);
        if (found > value + 2 * noise) continue;
        value = found;
      }
      point = next;
    }
    const [last] = yield* evaluateAll([point], limit);
    return { point, value: last as number, iterations: limit, converged: false };
  },
};

interface Options {
  readonly calibrated: boolean;
  readonly secondOrder: boolean;
  readonly blocking: boolean;
}

/** The gain with which a step along the mean slope is as long as it was asked to be (Kandala et al. 2017, arXiv:1704.05018). */
function* calibratedGain(point: Float64Array, settings: OptimizerSettings, rng: Rng) {
  const c = numberSetting(settings, 'perturbation');
  const pairs = Array.from({ length: calibrationPairs }, () => signsOf(point.length, rng));
  const values = yield* evaluateAll(
    pairs.flatMap((signs) => [moved(point, signs, c), moved(point, signs, -c)]),
    0,
  );
  const slopes = pairs.map(
    (_, k) => Math.abs((values[2 * k] as number) - (values[2 * k + 1] as number)) / (2 * c),
  );
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / calibrationPairs;
  const step = numberSetting(settings, 'step');
  return mean > 1e-10 ? step / mean : step;
}

/** The standard deviation of values at one point. */
function* noiseAt(point: Float64Array) {
  const values = yield* evaluateAll(
    Array.from({ length: calibrationPairs }, () => point),
    0,
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / calibrationPairs;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(square / (calibrationPairs - 1));
}
