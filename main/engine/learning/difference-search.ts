import type { Rng } from '#shared/base/rng.ts';
import { lbfgsb } from '../optimizers/lbfgs.ts';

const difference = 1e-6;

/** The least value of a smooth function of a few numbers, by L-BFGS on central difference quotients. */
export function leastNear(
  start: Float64Array,
  valueAt: (point: Float64Array) => number,
  rng: Rng,
): Float64Array {
  const settings = { maxIterations: 200, memory: 10, tolerance: 1e-7 };
  const run = lbfgsb.minimise(start, settings, rng);
  let step = run.next();
  while (step.done !== true) {
    const { points } = step.value;
    const gradients = points.map((x, k) => {
      const at = (v: number): number => valueAt(points.with(k, v));
      return (at(x + difference) - at(x - difference)) / (2 * difference);
    });
    step = run.next({ values: Float64Array.of(valueAt(points)), gradients });
  }
  return step.value.point;
}
