import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { quadraticThrough, type Quadratic } from './interpolation.ts';
import { evaluateAll, maxIterations, numberSetting, type Optimizer } from './optimizer.ts';
import { dot, norm } from './vectors.ts';

interface Sample {
  readonly point: Float64Array;
  readonly value: number;
}

/**
 * Trust regions on quadratic models, as in Powell's BOBYQA (2009, DAMTP 2009/NA06), without bounds: 2n + 1 points determine
 * a model whose curvatures change as little as they can, and each step goes to its minimum within the region.
 */
export const bobyqa: Optimizer = {
  id: 'bobyqa',
  title: 'BOBYQA',
  summary:
    'Quadratic models through 2n + 1 points in a trust region; needs no gradient, and few evaluations where values are exact.',
  usesGradient: false,
  parameters: [
    {
      ...maxIterations(1000),
      help: 'The run stops after so many steps even when it has not converged; each costs one evaluation.',
    },
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
      default: 1e-5,
      min: 0,
      exclusiveMin: true,
    },
  ],
  expectedIterations: (settings) => Math.min(200, numberSetting(settings, 'maxIterations')),
  *minimise(start, settings) {
    const limit = numberSetting(settings, 'maxIterations');
    const last = numberSetting(settings, 'rhoEnd');
    const n = start.length;
    let radius = numberSetting(settings, 'rhoBegin');
    const first = around(start, radius);
    const values = yield* evaluateAll(first, 0);
    let samples: Sample[] = first.map((point, k) => ({ point, value: values[k] as number }));
    let curvature: Float64Array = new Float64Array(n * n);
    for (let iteration = 1; iteration <= limit; iteration++) {
      const best = lowest(samples);
      if (radius < last || n === 0) {
        return { ...best, iterations: iteration - 1, converged: true };
      }
      const model = quadraticThrough(samples, best, curvature);
      if (model === null) {
        // The points lie too flat to say anything of some direction.
        const fresh = around(best.point, radius).slice(1);
        const found = yield* evaluateAll(fresh, iteration);
        samples = [best, ...fresh.map((point, k) => ({ point, value: found[k] as number }))];
        curvature = new Float64Array(n * n);
        continue;
      }
      curvature = model.curvature;
      const { step, gain } = stepWithin(model, radius);
      const length = norm(step);
      const farthest = farthestFrom(best, samples);
      const isFar = distance(best, samples[farthest] as Sample) > 2 * radius;
      if (length < 0.1 * radius || !(gain > 0)) {
        if (isFar) samples = yield* renewed(samples, farthest, best, model, radius, iteration);
        else radius /= 2;
        continue;
      }
      const point = best.point.map((x, k) => x + (step[k] as number));
      const [value] = yield* evaluateAll([point], iteration);
      const ratio = (best.value - (value as number)) / gain;
      samples = samples.with(leavingFor(samples, best, point), { point, value: value as number });
      if (ratio > 0.7) radius = Math.max(radius, Math.min(2 * radius, 2 * length));
      else if (ratio < 0.1) {
        if (isFar)
          samples = yield* renewed(
            samples,
            farthestFrom(lowest(samples), samples),
            lowest(samples),
            model,
            radius,
            iteration,
          );
        else radius /= 2;
      }
    }
    return { ...lowest(samples), iterations: limit, converged: false };
  },
};

/** The centre, and a step to both sides along each axis. */
function around(centre: Float64Array, radius: number): Float64Array[] {
  const sides = [1, -1].flatMap((sign) =>
    Array.from(centre, (x, k) => centre.with(k, x + sign * radius)),
  );
  return [Float64Array.from(centre), ...sides];
}

function lowest(samples: readonly Sample[]): Sample {
  return samples.reduce((best, one) => (one.value < best.value ? one : best));
}

function distance(a: Sample, b: Sample): number {
  return norm(a.point.map((x, k) => x - (b.point[k] as number)));
}

function farthestFrom(best: Sample, samples: readonly Sample[]): number {
  return samples.reduce(
    (far, one, k) => (distance(best, one) > distance(best, samples[far] as Sample) ? k : far),
    0,
  );
}

/** The point that a new one replaces: the farthest from it, but not the best. */
function leavingFor(samples: readonly Sample[], best: Sample, point: Float64Array): number {
  const fresh = { point, value: 0 };
  let found = -1;
  samples.forEach((one, k) => {
    if (one === best) return;
    if (found < 0 || distance(fresh, one) > distance(fresh, samples[found] as Sample)) found = k;
  });
  return found;
}

/** A far point is replaced by one in the region that is as far from all others as a few tries find. */
function* renewed(
  samples: readonly Sample[],
  index: number,
  best: Sample,
  model: Quadratic,
  radius: number,
  iteration: number,
) {
  const others = samples.filter((_, k) => k !== index);
  const { vectors } = symmetricEigen(spreadOf(others, best), best.point.length);
  // The direction in which the others are least apart.
  const thin = vectors.at(-1) ?? best.point;
  const sign = dot(model.slope, thin) > 0 ? -1 : 1;
  const point = best.point.map((x, k) => x + sign * radius * (thin[k] as number));
  const [value] = yield* evaluateAll([point], iteration);
  return samples.with(index, { point, value: value as number });
}

/** Σ of the outer products of the directions to the points. */
function spreadOf(samples: readonly Sample[], centre: Sample): Float64Array {
  const n = centre.point.length;
  const result = new Float64Array(n * n);
  for (const { point } of samples) {
    const step = point.map((x, k) => x - (centre.point[k] as number));
    const square = dot(step, step);
    if (square === 0) continue;
    for (let k = 0; k < n * n; k++) {
      const product = (step[Math.floor(k / n)] as number) * (step[k % n] as number);
      result[k] = (result[k] as number) + product / square;
    }
  }
  return result;
}

/** The minimum of the model within the radius, from the eigenvectors of its curvature, and what it promises. */
function stepWithin({ slope, curvature }: Quadratic, radius: number) {
  const n = slope.length;
  const { values, vectors } = symmetricEigen(curvature, n);
  const along = vectors.map((vector) => dot(vector, slope));
  const lengthAt = (shift: number): number =>
    Math.hypot(...along.map((g, k) => g / ((values[k] as number) + shift)));
  const bend = values[n - 1] as number;
  const least = Math.max(0, -bend) + 1e-12 * Math.max(1, Math.abs(values[0] as number));
  let [low, high] = [least, least];
  if (bend <= 1e-12 * Math.abs(values[0] as number) || lengthAt(0) > radius) {
    high = least + norm(slope) / radius;
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (lengthAt(middle) > radius) low = middle;
      else high = middle;
    }
  } else high = 0;
  const step = new Float64Array(n);
  vectors.forEach((vector, k) => {
    const part = -(along[k] as number) / ((values[k] as number) + high);
    vector.forEach((v, i) => (step[i] = (step[i] as number) + part * v));
  });
  const bent = step.reduce(
    (sum, s, r) =>
      sum + s * dot(curvature.subarray(r * n, (r + 1) * n) as Float64Array<ArrayBuffer>, step),
    0,
  );
  return { step, gain: -dot(slope, step) - bent / 2 };
}
