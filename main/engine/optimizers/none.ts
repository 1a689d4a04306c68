import type { Optimizer } from './optimizer.ts';

export const noOptimizer: Optimizer = {
  id: 'none',
  title: 'None',
  summary: 'Evaluates the initial parameters and stops.',
  usesGradient: false,
  parameters: [],
  expectedIterations: () => 1,
  *minimise(start) {
    const answer = yield {
      count: 1,
      points: Float64Array.from(start),
      needsGradient: false,
      iteration: 0,
    };
    return {
      point: Float64Array.from(start),
      value: answer.values[0] as number,
      iterations: 0,
      converged: true,
    };
  },
};
