import { dot, norm } from './vectors.ts';
import { maxIterations, numberSetting, type Optimizer, tolerance } from './optimizer.ts';

/**
 * Sequential quadratic programming (Kraft 1988, DFVLR-FB 88-28), which without constraints is Newton's method on a quadratic
 * model: a dense BFGS matrix kept positive by Powell's damping (Nocedal and Wright, procedure 18.2), and a backtracking search.
 */
export const slsqp: Optimizer = {
  id: 'slsqp',
  title: 'SLSQP',
  summary:
    'Minima of quadratic models from gradients, with a full matrix of curvatures; for up to a few hundred angles.',
  usesGradient: true,
  parameters: [
    maxIterations(200),
    tolerance(1e-7, 'Converged when the gradient is shorter than this.'),
  ],
  expectedIterations: (settings) => Math.min(80, numberSetting(settings, 'maxIterations')),
  *minimise(start, settings) {
    const limit = numberSetting(settings, 'maxIterations');
    const shortest = numberSetting(settings, 'tolerance');
    const n = start.length;
    let point = Float64Array.from(start);
    let answer = yield { count: 1, points: point.slice(), needsGradient: true, iteration: 0 };
    let value = answer.values[0] as number;
    let gradient = answer.gradients.slice();
    const inverse = identity(n);
    for (let iteration = 1; iteration <= limit; iteration++) {
      if (norm(gradient) < shortest) {
        return { point, value, iterations: iteration - 1, converged: true };
      }
      const direction = times(inverse, gradient).map((d) => -d);
      const slope = dot(direction, gradient);
      let length = iteration === 1 ? Math.min(1, 0.5 / norm(direction)) : 1;
      let isAccepted = false;
      for (let trial = 0; trial < 30 && !isAccepted; trial++) {
        const next = point.map((x, k) => x + length * (direction[k] as number));
        answer = yield { count: 1, points: next.slice(), needsGradient: true, iteration };
        const found = answer.values[0] as number;
        isAccepted = found <= value + 1e-4 * length * slope;
        if (!isAccepted) {
          // The minimum of the parabola through both values and the slope, not too near to either end.
          const bend = found - value - length * slope;
          length *= Math.min(0.5, Math.max(0.1, (-slope * length) / (2 * bend)));
          continue;
        }
        const step = next.map((x, k) => x - (point[k] as number));
        const change = answer.gradients.map((g, k) => g - (gradient[k] as number));
        update(inverse, step, change);
        const gained = value - found;
        [point, value, gradient] = [next, found, answer.gradients.slice()];
        if (gained < 1e-13 * Math.max(1, Math.abs(value))) {
          return { point, value, iterations: iteration, converged: true };
        }
      }
      // The model is no better than noise where not even a short step goes down: begin again along the gradient, or end.
      if (isAccepted) continue;
      return {
        point,
        value,
        iterations: iteration,
        converged: norm(gradient) < Math.sqrt(shortest),
      };
    }
    return { point, value, iterations: limit, converged: false };
  },
};

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, r) => dot(matrix.subarray(r * n, (r + 1) * n), vector));
}

/** The BFGS update of the inverse; a step of too little curvature is mixed with what was believed of it. */
function update(inverse: Float64Array, step: Float64Array, change: Float64Array): void {
  const n = step.length;
  const believed = times(inverse, change);
  const expected = dot(change, believed);
  const curvature = dot(step, change);
  if (!(expected > 0)) return;
  const share = curvature >= 0.2 * expected ? 1 : (0.8 * expected) / (expected - curvature);
  const mixed = step.map((s, k) => share * s + (1 - share) * (believed[k] as number));
  const rho = 1 / dot(mixed, change);
  const factor = rho * (1 + rho * expected);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) {
      const both =
        (mixed[r] as number) * (believed[c] as number) +
        (believed[r] as number) * (mixed[c] as number);
      inverse[r * n + c] =
        (inverse[r * n + c] as number) +
        factor * (mixed[r] as number) * (mixed[c] as number) -
        rho * both;
    }
  }
}
