import { AppError } from '#shared/base/errors.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import {
  maxIterations,
  numberSetting,
  type Optimizer,
  type OptimizerRun,
  type OptimizerSettings,
  tolerance,
} from './optimizer.ts';

/** Keeps shots finite where a slope is still unknown. */
const floor = 1e-6;

const parameters: readonly ParameterDescriptor[] = [
  maxIterations(200),
  {
    kind: 'number',
    id: 'learningRate',
    title: 'Learning rate',
    help: 'How far a step goes along a slope of 1, in radians.',
    default: 0.25,
    min: 0,
    exclusiveMin: true,
    max: 10,
  },
  {
    kind: 'number',
    id: 'smoothness',
    title: 'Smoothness',
    help: 'The most that slopes change by an angle (Lipschitz constant), in units of the spread of the energies. The learning rate must stay below 2 over it.',
    default: 4,
    min: 0,
    exclusiveMin: true,
    advanced: true,
  },
  {
    kind: 'number',
    id: 'memory',
    title: 'Memory',
    help: 'Of the mean slopes and variances by which shots are chosen: the share that a step leaves of what was known.',
    default: 0.9,
    min: 0,
    max: 0.9999,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'minShots',
    title: 'Fewest shots',
    help: 'Of each circuit of a slope; where the search begins.',
    default: 10,
    min: 2,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'maxShots',
    title: 'Most shots',
    help: 'Of each circuit of a slope, however flat the landscape is.',
    default: 10_000,
    min: 2,
  },
  tolerance(
    1e-4,
    'The run has converged when the gradient is shorter than this, its standard error counted in.',
  ),
];

/** What is known of the slopes: running means of them and of the variance of one shot. */
interface Known {
  readonly slopes: Float64Array;
  readonly variances: Float64Array;
  /** The share of the floor that is left. */
  readonly unknown: number;
}

interface Step {
  readonly rate: number;
  readonly smoothness: number;
}

/** Shots for each slope of the next step. */
type Allocation = (known: Known, step: Step) => readonly number[];

/** Shots for the most gain a shot, one slope apart from the others. */
const individual: Allocation = ({ slopes, variances, unknown }, { rate, smoothness }) => {
  const factor = (2 * smoothness * rate) / (2 - smoothness * rate);
  const wanted = slopes.map((slope, k) =>
    Math.ceil((factor * (variances[k] as number)) / (slope * slope + unknown)),
  );
  // No slope gets more than the one that gains most a shot.
  const gains = wanted.map((shots, k) => {
    const square = (slopes[k] as number) ** 2;
    const lost = (smoothness * rate * rate) / 2;
    const noise = shots > 0 ? (variances[k] as number) / shots : 0;
    return ((rate - lost) * square - lost * noise) / Math.max(1, shots);
  });
  const best = gains.reduce((at, gain, k) => (gain > (gains[at] as number) ? k : at), 0);
  return Array.from(wanted, (shots) => Math.min(shots, wanted[best] as number));
};

/** Shots for the most gain a shot, all slopes together. */
const global: Allocation = ({ slopes, variances, unknown }, { rate, smoothness }) => {
  const factor = (2 * smoothness * rate) / (2 - smoothness * rate);
  const deviations = variances.map(Math.sqrt);
  const total = deviations.reduce((sum, one) => sum + one, 0);
  const square = slopes.reduce((sum, slope) => sum + slope * slope, 0);
  return Array.from(deviations, (one) => Math.ceil((factor * one * total) / (square + unknown)));
};

/** iCANS (Kübler, Arrasmith, Cincio and Coles 2020, arXiv:1909.09083), in its form 1. */
export const icans: Optimizer = {
  id: 'icans',
  title: 'iCANS',
  summary:
    'Gradient descent that chooses the shots of each slope by what they gain: few at first, more as the landscape flattens.',
  usesGradient: true,
  parameters,
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  minimise: (start, settings) => minimise(start, settings, individual),
};

/** gCANS (Gu, Lowe, Dub, Coles and Arrasmith 2021, arXiv:2108.10434). */
export const gcans: Optimizer = {
  ...icans,
  id: 'gcans',
  title: 'gCANS',
  summary:
    'As iCANS, with the shots of all slopes chosen together: those that are known worst get most.',
  minimise: (start, settings) => minimise(start, settings, global),
};

function* minimise(
  start: Float64Array,
  settings: OptimizerSettings,
  allocation: Allocation,
): OptimizerRun {
  const limit = numberSetting(settings, 'maxIterations');
  const shortest = numberSetting(settings, 'tolerance');
  const memory = numberSetting(settings, 'memory');
  const step = stepOf(settings);
  const point = Float64Array.from(start);
  const least = numberSetting(settings, 'minShots');
  const most = Math.max(least, numberSetting(settings, 'maxShots'));
  let shots: readonly number[] = Array.from(start, () => least);
  let sums = { slopes: new Float64Array(start.length), variances: new Float64Array(start.length) };
  let last = { point: Float64Array.from(start), value: Number.NaN };
  for (let iteration = 0; iteration < limit; iteration++) {
    const { values, gradients, gradientErrors } = yield {
      count: 1,
      points: point.slice(),
      needsGradient: true,
      shots,
      iteration,
    };
    if (gradientErrors === undefined) throw new AppError('internal', 'Expected errors of slopes.');
    last = { point: point.slice(), value: values[0] as number };
    if (Math.hypot(...gradients, ...gradientErrors) < shortest) {
      return { ...last, iterations: iteration + 1, converged: true };
    }
    // The variance of one shot is that of the mean times the shots.
    const variances = gradientErrors.map((error, k) => error * error * (shots[k] as number));
    sums = {
      slopes: mixed(sums.slopes, gradients, memory),
      variances: mixed(sums.variances, variances, memory),
    };
    const begun = 1 - memory ** (iteration + 1);
    const known: Known = {
      slopes: sums.slopes.map((one) => one / begun),
      variances: sums.variances.map((one) => one / begun),
      unknown: floor * memory ** iteration,
    };
    shots = allocation(known, step).map((one) => Math.min(Math.max(one, least), most));
    gradients.forEach((slope, k) => (point[k] = (point[k] as number) - step.rate * slope));
  }
  return { ...last, iterations: limit, converged: false };
}

function mixed(before: Float64Array, now: Float64Array, memory: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(now, (one, k) => memory * (before[k] as number) + (1 - memory) * one);
}

/** Longer steps than 2 over the smoothness lead uphill, so no number of shots helps. */
function stepOf(settings: OptimizerSettings): Step {
  const rate = numberSetting(settings, 'learningRate');
  const smoothness = numberSetting(settings, 'smoothness');
  if (rate * smoothness < 2) return { rate, smoothness };
  throw new AppError(
    'bad-input',
    `A learning rate of ${rate} is too large for a smoothness of ${smoothness}: it must stay below ${2 / smoothness}.`,
    { path: 'settings.optimizer.learningRate' },
  );
}
