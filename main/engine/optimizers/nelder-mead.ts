import {
  evaluateAll,
  maxIterations,
  numberSetting,
  type Optimizer,
  tolerance,
} from './optimizer.ts';

interface Vertex {
  readonly point: Float64Array;
  readonly value: number;
}

/** Nelder-Mead with coefficients that adapt to the dimension (Gao and Han 2012). */
export const nelderMead: Optimizer = {
  id: 'nelder-mead',
  title: 'Nelder-Mead',
  summary: 'A simplex that crawls downhill; needs no gradient, suits few parameters.',
  usesGradient: false,
  parameters: [
    maxIterations(400),
    {
      kind: 'number',
      id: 'initialStep',
      title: 'First step',
      help: 'Edge of the first simplex in radians.',
      default: 0.3,
      min: 0,
      exclusiveMin: true,
    },
    tolerance(1e-7, 'Converged when all values of the simplex differ by less than this.'),
  ],
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  *minimise(start, settings) {
    const n = start.length;
    const limit = numberSetting(settings, 'maxIterations');
    const width = numberSetting(settings, 'initialStep');
    const narrow = numberSetting(settings, 'tolerance');
    const expansion = 1 + 2 / n;
    const contraction = 0.75 - 1 / (2 * n);
    const shrink = 1 - 1 / n;
    const corners = Array.from({ length: n + 1 }, (_, k) => {
      const corner = Float64Array.from(start);
      if (k > 0) corner[k - 1] = (corner[k - 1] as number) + width;
      return corner;
    });
    const firstValues = yield* evaluateAll(corners, 0);
    let simplex: Vertex[] = corners.map((point, k) => ({ point, value: firstValues[k] as number }));
    for (let iteration = 0; iteration < limit; iteration++) {
      simplex = simplex.toSorted((a, b) => a.value - b.value);
      const [best, worst] = [simplex[0] as Vertex, simplex[n] as Vertex];
      if (worst.value - best.value < narrow)
        return { ...best, iterations: iteration, converged: true };
      const centre = centroidOf(simplex.slice(0, n));
      const along = function* (factor: number) {
        const point = centre.map((c, k) => c + factor * ((worst.point[k] as number) - c));
        const values = yield* evaluateAll([point], iteration);
        return { point, value: values[0] as number };
      };
      const reflected = yield* along(-1);
      const second = (simplex[n - 1] as Vertex).value;
      let replacement: Vertex | null = null;
      if (reflected.value < best.value) {
        const expanded = yield* along(-expansion);
        replacement = expanded.value < reflected.value ? expanded : reflected;
      } else if (reflected.value < second) replacement = reflected;
      else {
        const outside = reflected.value < worst.value;
        const contracted = yield* along(outside ? -contraction : contraction);
        if (contracted.value < Math.min(reflected.value, worst.value)) replacement = contracted;
      }
      if (replacement !== null) simplex = [...simplex.slice(0, n), replacement];
      else {
        const points = simplex
          .slice(1)
          .map(({ point }) =>
            point.map(
              (x, k) => (best.point[k] as number) + shrink * (x - (best.point[k] as number)),
            ),
          );
        const values = yield* evaluateAll(points, iteration);
        simplex = [best, ...points.map((point, k) => ({ point, value: values[k] as number }))];
      }
    }
    const best = simplex.toSorted((a, b) => a.value - b.value)[0] as Vertex;
    return { ...best, iterations: limit, converged: false };
  },
};

function centroidOf(vertices: readonly Vertex[]): Float64Array {
  const centre = new Float64Array(vertices[0]?.point.length ?? 0);
  for (const { point } of vertices)
    point.forEach((x, k) => (centre[k] = (centre[k] as number) + x / vertices.length));
  return centre;
}
