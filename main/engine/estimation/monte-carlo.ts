import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import {
  meanOnGrid,
  type PayoffProblem,
  payoffView,
  qubitsOfGrid,
} from '#shared/problems/views/payoff.ts';
import { type CoursePoint, estimation } from '#shared/results/kinds/estimation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { expectedPayoff } from '../algorithms/expected-payoff.ts';
import { riskOf } from '../algorithms/risk.ts';
import type { Program } from '../programs/program.ts';
import { studentHalfWidth } from '../statistics/tails.ts';
import { type Drawing, pointsOf, sobolCopies } from './grid-points.ts';

const parameters = [
  {
    kind: 'integer',
    id: 'samples',
    title: 'Samples',
    help: 'Points of the grid that are drawn. Four times as many halve the interval.',
    default: 16_384,
    min: 64,
    max: 50_000_000,
  },
  {
    kind: 'number',
    id: 'alpha',
    title: 'Error rate α',
    help: 'How often the interval may miss the value: 0.05 is a confidence of 95 %.',
    default: 0.05,
    min: 0,
    max: 1,
    exclusiveMin: true,
    exclusiveMax: true,
  },
  {
    kind: 'choice',
    id: 'drawing',
    title: 'Drawing',
    help: 'Each point by itself, in mirrored pairs, or along Sobol’s sequence in 16 randomly shifted copies.',
    default: 'sobol',
    options: [
      { value: 'plain', title: 'Plain' },
      { value: 'antithetic', title: 'Antithetic' },
      { value: 'sobol', title: 'Sobol' },
    ],
  },
  {
    kind: 'boolean',
    id: 'controlVariate',
    title: 'Control variate',
    help: 'Takes out what the payoff shares with the underlying, whose mean is known. No effect where the underlying itself is paid.',
    default: true,
  },
] as const satisfies readonly ParameterDescriptor[];

interface Settings {
  readonly samples: number;
  readonly alpha: number;
  readonly drawing: Drawing;
  readonly controlVariate: boolean;
}

/** Points between two checks of whether the run is to stop. */
const chunk = 2 ** 15;
const firstPoint = 256;

/**
 * The mean payoff of drawn points of the same grid that the quantum methods take, so that both answer one
 * question (Glasserman, Monte Carlo Methods in Financial Engineering, 2003). A call is one drawn point.
 */
export const monteCarlo = defineAlgorithm({
  id: 'monte-carlo',
  title: 'Monte Carlo',
  summary:
    'Draws points of the grid and takes the mean payoff: plain, in mirrored pairs or along Sobol’s sequence, with a control variate; the interval is Student’s.',
  source: 'Glasserman 2003, Monte Carlo Methods in Financial Engineering',
  limits: 'a grid of 12 qubits',
  kind: 'classical',
  takes: payoffView,
  result: estimation,
  steps: { name: 'samples', areCourse: true },
  parameters,
  canPause: true,
  canFinish: true,
  asks: () => [],
  needs: (problem, settings) => ({
    ownBytes: 40 * 2 ** qubitsOfGrid(problem) + 4 * (settings['samples'] as number),
    qubits: null,
    answerBytes: 0,
  }),
  *run({ view: problem, settings: given, seed }) {
    // Checked against the parameters above.
    const settings = given as unknown as Settings;
    const { points, course } = yield* draw(problem, settings, seed);
    const meanOf = (values: Float64Array) => meanBy(problem, settings, values, points);
    return {
      result: {
        ...expectedPayoff(problem, {
          payoff: meanOf(problem.payoff),
          delta: problem.slope === null ? null : meanOf(problem.slope),
          risk: riskOf(problem, sharesOf(problem, points)),
          course,
        }),
        confidence: 1 - settings.alpha,
        oracleCalls: points.length,
        circuits: 0,
        shots: 0,
        gates: 0,
        qubits: 0,
      },
      warnings: [],
    };
  },
});

/** How often each point of the grid was drawn. */
function sharesOf({ payoff }: PayoffProblem, points: Uint32Array): Float64Array {
  const shares = new Float64Array(payoff.length);
  points.forEach((index) => (shares[index] = (shares[index] as number) + 1 / points.length));
  return shares;
}

/** Whole pairs, or as many of each copy. */
function samplesOf({ samples, drawing }: Settings): number {
  const group = { plain: 1, antithetic: 2, sobol: sobolCopies }[drawing];
  return group * Math.floor(samples / group);
}

/** Draws the points, and tells the interval of the payoff whenever their number has doubled. */
function* draw(
  problem: PayoffProblem,
  settings: Settings,
  seed: number,
): Program<{ readonly points: Uint32Array; readonly course: readonly CoursePoint[] }> {
  const points = new Uint32Array(samplesOf(settings));
  const fill = pointsOf(problem, settings.drawing, seed);
  const course: CoursePoint[] = [];
  let next = firstPoint;
  for (let from = 0; from < points.length; ) {
    const to = Math.min(points.length, from + chunk, next);
    fill(from, points.subarray(from, to));
    from = to;
    if (from !== next && from !== points.length) continue;
    next *= 2;
    const { interval } = meanBy(problem, settings, problem.payoff, points.subarray(0, from));
    const [low, high] = interval;
    course.push({ oracleCalls: from, low, high });
    const told = yield {
      kind: 'progress',
      progress: {
        fraction: from / points.length,
        message: `${from.toLocaleString('en-US')} samples`,
        step: from,
        metrics: { halfWidth: (high - low) / 2 },
      },
    };
    if (told.kind === 'finish') return { points: points.slice(0, from), course };
  }
  return { points, course };
}

/** The mean of values over drawn points with Student's interval from units that are independent of each other. */
function meanBy(
  { underlying, payoff, ...problem }: PayoffProblem,
  { alpha, drawing, controlVariate }: Settings,
  values: Float64Array,
  points: Uint32Array,
): { readonly value: number; readonly interval: readonly [number, number] } {
  const found = unitMeans(values, points, drawing);
  // The mean of what is itself looked for is not known.
  const isControlled = controlVariate && underlying.values !== payoff;
  const control = isControlled ? unitMeans(underlying.values, points, drawing) : null;
  const mean = meanOfAll(found);
  const bend = control === null ? 0 : slopeOn(control, found);
  const known =
    control === null ? 0 : meanOnGrid({ underlying, payoff, ...problem }, underlying.values);
  const value = mean - bend * ((control === null ? 0 : meanOfAll(control)) - known);
  const freedom = found.length - (bend === 0 ? 1 : 2);
  const away = meanOfAll(control ?? found);
  const square = found.reduce((sum, one, k) => {
    const rest = one - mean - bend * ((control?.[k] ?? away) - away);
    return sum + rest * rest;
  }, 0);
  if (square === 0 && bend === 0)
    return { value, interval: unseen(values, value, [alpha, points.length]) };
  const half = studentHalfWidth(alpha, freedom) * Math.sqrt(square / freedom / found.length);
  return { value, interval: [value - half, value + half] };
}

/** Where every point gave the same, others may still be there that come less often than the points tell. */
function unseen(
  values: Float64Array,
  value: number,
  [alpha, count]: readonly [number, number],
): readonly [number, number] {
  const rare = 1 - alpha ** (1 / count);
  const low = values.reduce((least, one) => Math.min(least, one), value);
  const high = values.reduce((most, one) => Math.max(most, one), value);
  return [value - rare * (value - low), value + rare * (high - value)];
}

/** Points, pairs or copies: means of what was drawn together. */
function unitMeans(values: Float64Array, points: Uint32Array, drawing: Drawing): Float64Array {
  const count = { plain: points.length, antithetic: points.length / 2, sobol: sobolCopies }[
    drawing
  ];
  const unitOf = { plain: 1, antithetic: 2, sobol: 0 }[drawing];
  const sums = new Float64Array(count);
  points.forEach((index, p) => {
    const unit = unitOf === 0 ? p % sobolCopies : Math.floor(p / unitOf);
    sums[unit] = (sums[unit] as number) + (values[index] as number);
  });
  const size = points.length / count;
  return sums.map((sum) => sum / size);
}

function meanOfAll(values: Float64Array): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Least squares slope of y on x; 0 where x does not vary. */
function slopeOn(x: Float64Array, y: Float64Array): number {
  const [middleX, middleY] = [meanOfAll(x), meanOfAll(y)];
  let [both, square] = [0, 0];
  x.forEach((one, k) => {
    both += (one - middleX) * ((y[k] as number) - middleY);
    square += (one - middleX) ** 2;
  });
  return square === 0 ? 0 : both / square;
}
