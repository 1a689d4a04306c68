import { dot, norm } from './vectors.ts';
import { maxIterations, numberSetting, type Optimizer, tolerance } from './optimizer.ts';

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly rho: number;
}

/** Limited-memory BFGS with a backtracking Armijo search (Nocedal and Wright, algorithm 7.5). */
export const lbfgsb: Optimizer = {
  id: 'lbfgsb',
  title: 'L-BFGS',
  summary: 'Quasi-Newton steps from exact gradients; the fastest choice for a noiseless simulator.',
  usesGradient: true,
  parameters: [
    maxIterations(200),
    {
      kind: 'integer',
      id: 'memory',
      title: 'Memory',
      help: 'How many past steps shape the next one.',
      default: 10,
      min: 1,
      max: 100,
      advanced: true,
    },
    tolerance(1e-7, 'Converged when the gradient is shorter than this.'),
  ],
  expectedIterations: (settings) => Math.min(80, numberSetting(settings, 'maxIterations')),
  *minimise(start, settings) {
    const limit = numberSetting(settings, 'maxIterations');
    const memory = numberSetting(settings, 'memory');
    const shortest = numberSetting(settings, 'tolerance');
    let point = Float64Array.from(start);
    let answer = yield { count: 1, points: point.slice(), needsGradient: true, iteration: 0 };
    let value = answer.values[0] as number;
    let gradient = answer.gradients.slice();
    const pairs: Pair[] = [];
    for (let iteration = 1; iteration <= limit; iteration++) {
      if (norm(gradient) < shortest)
        return { point, value, iterations: iteration - 1, converged: true };
      let direction = descent(gradient, pairs);
      let slope = dot(direction, gradient);
      if (slope >= 0) {
        // Curvature from a flat stretch can turn the direction uphill; start again from the gradient.
        pairs.length = 0;
        direction = gradient.map((g) => -g);
        slope = -dot(gradient, gradient);
      }
      let length = pairs.length === 0 ? Math.min(1, 1 / norm(gradient)) * 0.5 : 1;
      let accepted = false;
      for (let trial = 0; trial < 30 && !accepted; trial++) {
        const next = point.map((x, k) => x + length * (direction[k] as number));
        answer = yield { count: 1, points: next.slice(), needsGradient: true, iteration };
        const nextValue = answer.values[0] as number;
        accepted = nextValue <= value + 1e-4 * length * slope;
        if (accepted) {
          const nextGradient = answer.gradients.slice();
          remember(pairs, point, next, gradient, nextGradient, memory);
          const gained = value - nextValue;
          [point, value, gradient] = [next, nextValue, nextGradient];
          if (gained < 1e-13 * Math.max(1, Math.abs(value)))
            return { point, value, iterations: iteration, converged: true };
        } else length /= 2;
      }
      if (!accepted) return { point, value, iterations: iteration, converged: true };
    }
    return { point, value, iterations: limit, converged: false };
  },
};

function remember(
  pairs: Pair[],
  from: Float64Array,
  to: Float64Array,
  before: Float64Array,
  after: Float64Array,
  memory: number,
): void {
  const step = to.map((x, k) => x - (from[k] as number));
  const change = after.map((g, k) => g - (before[k] as number));
  const curvature = dot(step, change);
  // Only positive curvature keeps the approximate Hessian positive definite.
  if (curvature <= 1e-12 * norm(step) * norm(change)) return;
  pairs.push({ step, change, rho: 1 / curvature });
  if (pairs.length > memory) pairs.shift();
}

/** −H·g by the two-loop recursion. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  let q = gradient.slice();
  const alphas: number[] = [];
  for (const { step, change, rho } of pairs.toReversed()) {
    const alpha = rho * dot(step, q);
    alphas.push(alpha);
    q = q.map((x, k) => x - alpha * (change[k] as number));
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    q = q.map((x) => x * scale);
  }
  for (const { step, change, rho } of pairs) {
    const beta = rho * dot(change, q);
    const alpha = alphas.pop() as number;
    q = q.map((x, k) => x + (alpha - beta) * (step[k] as number));
  }
  return q.map((x) => -x);
}
