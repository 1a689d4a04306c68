import {
  evaluateAll,
  maxIterations,
  numberSetting,
  type Optimizer,
  tolerance,
} from './optimizer.ts';

/** Points of a period at which a curve is looked at before its minimum is refined. */
const grid = 64;
const mostFrequencies = 32;

/**
 * Rotosolve (Ostaszewski, Grant and Benedetti 2021, arXiv:1905.09692; Nakanishi, Fujii and Todo 2020, arXiv:1903.12166): as a
 * function of one angle the energy is a trigonometric polynomial, known from 2R + 1 values; one angle after the other is put
 * to the minimum of its polynomial (R frequencies: Vidal and Theis 2018, arXiv:1812.06323).
 */
export const rotosolve: Optimizer = {
  id: 'rotosolve',
  title: 'Rotosolve',
  summary:
    'Puts one angle after the other to its best value, found exactly from a few values; for circuits whose angles turn gates by whole multiples, as in VQE.',
  usesGradient: false,
  parameters: [
    {
      ...maxIterations(100),
      help: 'The run stops after so many rounds over all angles even when it has not converged.',
    },
    {
      kind: 'integer',
      id: 'frequencies',
      title: 'Frequencies',
      help: 'How many frequencies the energy has along one angle: 1 where each angle turns one gate, 2 for UCCSD. Empty: 1 at first, and twice as many where a minimum is not what was expected.',
      default: null,
      min: 1,
      max: mostFrequencies,
    },
    tolerance(1e-7, 'The run has converged when a whole round gains less than this.'),
  ],
  expectedIterations: (settings) => Math.min(20, numberSetting(settings, 'maxIterations')),
  *minimise(start, settings) {
    const limit = numberSetting(settings, 'maxIterations');
    const least = numberSetting(settings, 'tolerance');
    const given = settings['frequencies'] as number | undefined;
    let frequencies = given ?? 1;
    const [first = 0] = yield* evaluateAll([start], 0);
    let here = { point: Float64Array.from(start), value: first };
    for (let iteration = 0; iteration < limit; iteration++) {
      const before = { value: here.value, frequencies };
      let isSure = true;
      for (let k = 0; k < start.length; k++) {
        const { point, value } = here;
        const count = 2 * frequencies + 1;
        const turned = (by: number) => point.with(k, (point[k] as number) + by);
        const points = Array.from({ length: count - 1 }, (_, j) =>
          turned((2 * Math.PI * (j + 1)) / count),
        );
        const values = Float64Array.of(value, ...(yield* evaluateAll(points, iteration)));
        const lowest = lowestOf(polynomialOf(values));
        const next = turned(lowest.at);
        const [found = Number.NaN] = yield* evaluateAll([next], iteration);
        const range = Math.max(...values) - Math.min(...values);
        if (found <= lowest.value + 0.1 * range + least) {
          here = { point: next, value: found };
          continue;
        }
        // There are more frequencies than so many values can tell.
        isSure = false;
        if (given === undefined) frequencies = Math.min(2 * frequencies, mostFrequencies);
        const seen = [point, ...points].map((one, j) => ({
          point: one,
          value: values[j] as number,
        }));
        here = seen.reduce((best, one) => (one.value < best.value ? one : best), {
          point: next,
          value: found,
        });
      }
      if (before.value - here.value < least && before.frequencies === frequencies) {
        return { ...here, iterations: iteration + 1, converged: isSure };
      }
    }
    return { ...here, iterations: limit, converged: false };
  },
};

/** a_0, then a_m and b_m of Σ a_m cos mθ + b_m sin mθ through equidistant values. */
function polynomialOf(values: Float64Array): Float64Array {
  const count = values.length;
  const result = new Float64Array(count);
  values.forEach((value, j) => {
    result[0] = (result[0] as number) + value / count;
    for (let m = 1; 2 * m < count; m++) {
      const angle = (2 * Math.PI * m * j) / count;
      result[2 * m - 1] = (result[2 * m - 1] as number) + (2 * value * Math.cos(angle)) / count;
      result[2 * m] = (result[2 * m] as number) + (2 * value * Math.sin(angle)) / count;
    }
  });
  return result;
}

/** The lowest point within half a period to both sides, by Newton's method from the best of a grid. */
function lowestOf(polynomial: Float64Array): { readonly at: number; readonly value: number } {
  const highest = (polynomial.length - 1) / 2;
  const derivative = (x: number, order: 0 | 1 | 2): number => {
    let sum = order === 0 ? (polynomial[0] as number) : 0;
    for (let m = 1; m <= highest; m++) {
      const turn = m * x + (order * Math.PI) / 2;
      const [a, b] = [polynomial[2 * m - 1] as number, polynomial[2 * m] as number];
      sum += m ** order * (a * Math.cos(turn) + b * Math.sin(turn));
    }
    return sum;
  };
  const size = grid * highest;
  let at = 0;
  for (let j = 1; j < size; j++) {
    const x = (2 * Math.PI * j) / size - (2 * j > size ? 2 * Math.PI : 0);
    if (derivative(x, 0) < derivative(at, 0)) at = x;
  }
  for (let step = 0; step < 20; step++) {
    const curvature = derivative(at, 2);
    if (!(curvature > 0)) break;
    const next = at - derivative(at, 1) / curvature;
    if (!(derivative(next, 0) <= derivative(at, 0)) || next === at) break;
    at = next;
  }
  return { at, value: derivative(at, 0) };
}
