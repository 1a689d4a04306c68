import { evaluateAll, maxIterations, numberSetting, type Optimizer } from './optimizer.ts';

/** SPSA with Spall's gain sequences (IEEE Trans. AES 34, 1998): two evaluations a step, made for noise. */
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
  ],
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  *minimise(start, settings, rng) {
    const limit = numberSetting(settings, 'maxIterations');
    const a = numberSetting(settings, 'step');
    const c = numberSetting(settings, 'perturbation');
    const stability = limit / 10;
    let point = Float64Array.from(start);
    for (let k = 0; k < limit; k++) {
      const rate = (a * (stability + 1) ** 0.602) / (k + 1 + stability) ** 0.602;
      const width = c / (k + 1) ** 0.101;
      const signs = point.map(() => (rng.uniform() < 0.5 ? -1 : 1));
      const shifted = (by: number) => point.map((x, i) => x + by * (signs[i] as number));
      const values = yield* evaluateAll([shifted(width), shifted(-width)], k);
      const slope = ((values[0] as number) - (values[1] as number)) / (2 * width);
      point = point.map((x, i) => x - rate * slope * (signs[i] as number));
    }
    const [value] = yield* evaluateAll([point], limit);
    return { point, value: value as number, iterations: limit, converged: false };
  },
};
