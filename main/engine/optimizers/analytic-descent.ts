import { lbfgsb } from './lbfgs.ts';
import {
  evaluateAll,
  maxIterations,
  numberSetting,
  type Optimizer,
  type OptimizerAsk,
  type OptimizerAnswer,
  tolerance,
} from './optimizer.ts';

/** Farthest way along one angle on which the model is trusted. */
const farthest = Math.PI / 3;
/** How often a way is halved whose end is no better than its start. */
const mostHalvings = 6;
/** Of difference quotients on the model, which is free of noise. */
const difference = 1e-5;

/**
 * Quantum analytic descent (Koczor and Benjamin 2022, arXiv:2008.13774): around a point the energy is the product of
 * trigonometric polynomials of one frequency an angle; its terms to second order are known from 2n² + n + 1 values, and their
 * minimum is found on the computer.
 */
export const analyticDescent: Optimizer = {
  id: 'analytic-descent',
  title: 'Quantum analytic descent',
  summary:
    'Models the energy around a point from values alone and goes to the lowest point of the model; for few angles that turn one gate each.',
  usesGradient: false,
  parameters: [
    {
      ...maxIterations(50),
      help: 'The run stops after so many models even when it has not converged. Each takes 2n² + n + 1 values for n angles.',
    },
    tolerance(1e-7, 'The run has converged when a model’s way gains less than this.'),
  ],
  expectedIterations: (settings) => Math.min(10, numberSetting(settings, 'maxIterations')),
  *minimise(start, settings, rng) {
    const limit = numberSetting(settings, 'maxIterations');
    const least = numberSetting(settings, 'tolerance');
    const [first = Number.NaN] = yield* evaluateAll([start], 0);
    let here = { point: Float64Array.from(start), value: first };
    for (let iteration = 0; iteration < limit; iteration++) {
      const model = yield* modelAt(here, iteration);
      const search = lbfgsb.minimise(new Float64Array(start.length), standard, rng);
      let step = search.next({ values: new Float64Array(0), gradients: new Float64Array(0) });
      while (step.done !== true) step = search.next(answered(step.value, model));
      let way = trusted(step.value.point);
      let next = here;
      for (let halving = 0; halving <= mostHalvings; halving++) {
        const point = here.point.map((x, k) => x + (way[k] as number));
        const [value = Number.NaN] = yield* evaluateAll([point], iteration);
        if (value < here.value) {
          next = { point, value };
          break;
        }
        way = way.map((one) => one / 2);
      }
      const gain = here.value - next.value;
      here = next;
      // Where the model sees no way down, it is at its minimum: a way that it sees and the values do not is none.
      if (gain < least) {
        const isFlat = Math.abs(model(way) - model(new Float64Array(way.length))) < least;
        return { ...here, iterations: iteration + 1, converged: isFlat };
      }
    }
    return { ...here, iterations: limit, converged: false };
  },
};

const standard = Object.fromEntries(lbfgsb.parameters.map((one) => [one.id, one.default]));

type Model = (way: Float64Array) => number;

/** A way that goes no farther along any angle than is trusted. */
function trusted(way: Float64Array): Float64Array {
  const longest = way.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  return way.map((one) => one * Math.min(1, farthest / Math.max(longest, 1e-300)));
}

/** The energy by a way from a point: constant, a slope and a far value an angle, a curvature a pair. */
function* modelAt(
  { point, value }: { readonly point: Float64Array; readonly value: number },
  iteration: number,
): Generator<OptimizerAsk, Model, OptimizerAnswer> {
  const n = point.length;
  const quarter = Math.PI / 2;
  const turned = (by: readonly (readonly [number, number])[]) => {
    const at = point.slice();
    for (const [k, turn] of by) at[k] = (at[k] as number) + turn;
    return at;
  };
  const singles = Array.from({ length: n }, (_, k) => [
    turned([[k, quarter]]),
    turned([[k, -quarter]]),
    turned([[k, Math.PI]]),
  ]).flat();
  const pairs = Array.from({ length: n }, (_, k) =>
    Array.from({ length: k }, (_one, l) => [l, k] as const),
  ).flat();
  const corners = pairs.flatMap(([l, k]) =>
    [1, -1].flatMap((a) =>
      [1, -1].map((b) =>
        turned([
          [l, a * quarter],
          [k, b * quarter],
        ]),
      ),
    ),
  );
  const values = yield* evaluateAll([...singles, ...corners], iteration);
  const at = (k: number) => values[k] as number;
  const slopes = Float64Array.from({ length: n }, (_, k) => at(3 * k) - at(3 * k + 1));
  const far = Float64Array.from({ length: n }, (_, k) => at(3 * k + 2));
  const bends = pairs.map((_, j) => {
    const from = 3 * n + 4 * j;
    return at(from) - at(from + 1) - at(from + 2) + at(from + 3);
  });
  return (way) => {
    // (1 + cos)/2 belongs to the point, sin/2 to the slope and (1 − cos)/2 to the value half a turn away.
    const near = way.map((x) => Math.max((1 + Math.cos(x)) / 2, 1e-12));
    const across = way.map((x, k) => Math.sin(x) / 2 / (near[k] as number));
    let sum = value;
    way.forEach((x, k) => {
      sum += (across[k] as number) * (slopes[k] as number);
      sum += ((1 - Math.cos(x)) / 2 / (near[k] as number)) * (far[k] as number);
    });
    pairs.forEach(([l, k], j) => {
      sum += (across[l] as number) * (across[k] as number) * (bends[j] as number);
    });
    return near.reduce((product, one) => product * one, sum);
  };
}

/** What the model says at the points that a search on it asks about. */
function answered({ points, count }: OptimizerAsk, model: Model): OptimizerAnswer {
  const size = points.length / count;
  const rows = Array.from({ length: count }, (_, k) => points.slice(k * size, (k + 1) * size));
  const slopeOf = (row: Float64Array, k: number) => {
    const moved = (by: number) => model(row.with(k, (row[k] as number) + by));
    return (moved(difference) - moved(-difference)) / (2 * difference);
  };
  return {
    values: Float64Array.from(rows, model),
    gradients: Float64Array.from(rows.flatMap((row) => Array.from(row, (_, k) => slopeOf(row, k)))),
  };
}
