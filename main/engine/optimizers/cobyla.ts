import { evaluateAll, maxIterations, numberSetting, type Optimizer } from './optimizer.ts';

interface Vertex {
  readonly point: Float64Array;
  readonly value: number;
}

/**
 * COBYLA's unconstrained core (Powell 1994): a linear model through n + 1 points, a step of length
 * rho against its gradient, and rho halves when neither step nor geometry brings anything more.
 */
export const cobyla: Optimizer = {
  id: 'cobyla',
  title: 'COBYLA',
  summary: 'Linear models in a shrinking trust region; needs no gradient and few evaluations.',
  usesGradient: false,
  parameters: [
    maxIterations(1000),
    {
      kind: 'number',
      id: 'rhoBegin',
      title: 'First radius',
      help: 'Radius of the first trust region in radians.',
      default: 0.5,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'number',
      id: 'rhoEnd',
      title: 'Last radius',
      help: 'The run has converged when the radius is below this.',
      default: 1e-4,
      min: 0,
      exclusiveMin: true,
    },
  ],
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  *minimise(start, settings) {
    const n = start.length;
    const limit = numberSetting(settings, 'maxIterations');
    const last = numberSetting(settings, 'rhoEnd');
    let rho = numberSetting(settings, 'rhoBegin');
    const around = (centre: Float64Array, radius: number): Float64Array[] =>
      Array.from({ length: n }, (_, k) => centre.map((x, i) => (i === k ? x + radius : x)));
    const points = [Float64Array.from(start), ...around(start, rho)];
    const values = yield* evaluateAll(points, 0);
    let simplex: Vertex[] = points.map((point, k) => ({ point, value: values[k] as number }));
    let iteration = 0;
    while (iteration < limit) {
      iteration++;
      simplex = simplex.toSorted((a, b) => a.value - b.value);
      const best = simplex[0] as Vertex;
      const edges = simplex
        .slice(1)
        .map(({ point }) => point.map((x, k) => x - (best.point[k] as number)));
      const bad = farOrFlat(edges, rho);
      if (bad !== null) {
        // The model is only as good as the simplex: replace the vertex that spoils it.
        const fresh = best.point.map((x, k) => x + (bad.direction[k] as number) * rho * 0.5);
        const [value] = yield* evaluateAll([fresh], iteration);
        simplex[bad.index + 1] = { point: fresh, value: value as number };
        continue;
      }
      const slope = solve(
        edges,
        simplex.slice(1).map(({ value }) => value - best.value),
      );
      const length = Math.sqrt(slope.reduce((sum, g) => sum + g * g, 0));
      if (length > 0) {
        const trial = best.point.map((x, k) => x - (rho * (slope[k] as number)) / length);
        const [value] = yield* evaluateAll([trial], iteration);
        const gained = best.value - (value as number);
        simplex = [...simplex.slice(0, n), { point: trial, value: value as number }];
        if (gained > 0.1 * rho * length) continue;
      }
      if (rho <= last) {
        const final = simplex.toSorted((a, b) => a.value - b.value)[0] as Vertex;
        return { ...final, iterations: iteration, converged: true };
      }
      rho = rho <= 2 * last ? last : rho / 2;
      const centre = simplex.toSorted((a, b) => a.value - b.value)[0] as Vertex;
      const fresh = around(centre.point, rho);
      const freshValues = yield* evaluateAll(fresh, iteration);
      simplex = [centre, ...fresh.map((point, k) => ({ point, value: freshValues[k] as number }))];
    }
    const best = simplex.toSorted((a, b) => a.value - b.value)[0] as Vertex;
    return { ...best, iterations: iteration, converged: false };
  },
};

/** The edge that is too long or lies almost in the span of the others, with a better direction. */
function farOrFlat(
  edges: readonly Float64Array[],
  rho: number,
): { index: number; direction: Float64Array } | null {
  const far = edges.findIndex((edge) => Math.hypot(...edge) > 2.1 * rho);
  for (let index = 0; index < edges.length; index++) {
    if (far >= 0 && index !== far) continue;
    const rest = residual(edges, index);
    const height = Math.hypot(...rest);
    if (far >= 0 || height < 0.25 * rho) {
      const scale = height > 1e-12 ? 1 / height : 0;
      const direction = scale > 0 ? rest.map((x) => x * scale) : unit(rest.length, index);
      return { index, direction };
    }
  }
  return null;
}

/** The part of an edge that is orthogonal to all others (modified Gram-Schmidt). */
function residual(edges: readonly Float64Array[], index: number): Float64Array {
  const basis: Float64Array[] = [];
  const reduce = (vector: Float64Array): Float64Array => {
    let result = vector.slice();
    for (const b of basis) {
      const overlap = result.reduce((sum, x, k) => sum + x * (b[k] as number), 0);
      result = result.map((x, k) => x - overlap * (b[k] as number));
    }
    return result;
  };
  edges.forEach((edge, k) => {
    if (k === index) return;
    const left = reduce(edge);
    const length = Math.hypot(...left);
    if (length > 1e-12) basis.push(left.map((x) => x / length));
  });
  return reduce(edges[index] as Float64Array);
}

function unit(size: number, k: number): Float64Array {
  const result = new Float64Array(size);
  result[k] = 1;
  return result;
}

/** Gaussian elimination with pivoting: the gradient g with edges·g = differences. */
function solve(edges: readonly Float64Array[], differences: readonly number[]): Float64Array {
  const n = differences.length;
  const rows = edges.map((edge, r) => [...edge, differences[r] as number]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let r = column + 1; r < n; r++) {
      if (
        Math.abs((rows[r] as number[])[column] as number) >
        Math.abs((rows[pivot] as number[])[column] as number)
      )
        pivot = r;
    }
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    const top = rows[column] as number[];
    const head = top[column] as number;
    if (Math.abs(head) < 1e-300) return new Float64Array(n);
    for (let r = 0; r < n; r++) {
      if (r === column) continue;
      const row = rows[r] as number[];
      const factor = (row[column] as number) / head;
      for (let c = column; c <= n; c++) row[c] = (row[c] as number) - factor * (top[c] as number);
    }
  }
  return Float64Array.from(
    { length: n },
    (_, r) => ((rows[r] as number[])[n] as number) / ((rows[r] as number[])[r] as number),
  );
}
