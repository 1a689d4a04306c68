import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Estimates } from '../programs/program.ts';
import { defineAlgorithm } from './algorithm.ts';
import {
  courseOf,
  type CourseSettings,
  followed,
  observablesParameter,
  orderFault,
  orderParameter,
  stepsParameter,
  timesOf,
} from './course.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import {
  ansatzParameter,
  circuitFacts,
  initialParametersParameter,
  needsOf,
  spreadOf,
  trialOf,
} from './variational.ts';

interface ImaginarySettings extends CourseSettings {
  readonly time?: number;
  readonly regularisation: number;
}

const key = 'imaginary-time';
/** In units of one over the spread of the energies: what is left of others is about e^−20 for gaps of its size. */
const standardTime = 20;
/** Longest part of a step in the same units; Runge and Kutta's formula is stable for spectra 14 times as wide. */
const longestPart = 0.2;
/** Farthest way of the state in one part. */
const farthest = 0.1;

/**
 * Follows exp(−Hτ) within the states of a circuit by McLachlan's principle (McArdle et al. 2019, arXiv:1804.03023):
 * the metric of the states times the velocity of the parameters is minus half the slope of the energy.
 */
export const imaginaryTime = defineAlgorithm({
  id: 'imaginary-time',
  title: 'Imaginary time evolution',
  summary:
    'Cools a circuit’s state down to the ground state along imaginary time; exact simulation only.',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'steps', areCourse: true },
  parameters: [
    ansatzParameter,
    {
      kind: 'number',
      id: 'time',
      title: 'Imaginary time',
      help: 'How long the state cools, in units of one over that of the coefficients. Empty: 20 over the spread of the energies.',
      default: null,
      min: 0,
      exclusiveMin: true,
    },
    stepsParameter(40),
    orderParameter(
      4,
      'How the equation of motion is followed: 1 (Euler), 2 (midpoint) or 4 (Runge and Kutta).',
    ),
    observablesParameter,
    initialParametersParameter,
    {
      kind: 'number',
      id: 'regularisation',
      title: 'Regularisation',
      help: 'Added to the diagonal of the metric, so that directions that change no state stay calm.',
      default: 1e-4,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
  ],
  fault: orderFault,
  canPause: true,
  accuracy: 1e-4,
  asks: () => ['expectations', 'gradients', 'metric'],
  needs: (view) => needsOf(view, knownEnergiesBytes(view, 1)),
  *run(input) {
    const { view } = input;
    const settings = input.settings as unknown as ImaginarySettings;
    const { texts, sums } = followed(settings, view.qubits);
    const { circuit, start } = trialOf(input, 118);
    const observables = [view.sum, ...sums].map((sum) => ({ kind: 'pauli' as const, sum }));
    yield { kind: 'define', key, circuit, observables };
    const spread = spreadOf(view);
    const times = timesOf(settings.time ?? standardTime / spread, settings.steps);
    const before = snapshotOf(input.snapshot, start.length);
    let point = before?.point ?? start;
    const rows: Estimates[] = before?.rows ?? [yield* observed(point, observables.length)];
    for (let step = rows.length; step < times.length; step++) {
      const span = (times[step] as number) - (times[step - 1] as number);
      point = yield* cooled(point, span, settings, spread);
      const row = yield* observed(point, observables.length);
      rows.push(row);
      yield { kind: 'snapshot', state: stateOf(point, rows) };
      yield {
        kind: 'progress',
        progress: {
          fraction: step / settings.steps,
          message: `Step ${step} of ${settings.steps}`,
          step,
          metrics: { energy: row.values[0] as number },
        },
      };
    }
    const last = rows.at(-1) as Estimates;
    const course = rows.map(({ values, stderrs }) => ({
      values: values.subarray(1),
      stderrs: stderrs.subarray(1),
    }));
    return {
      result: {
        energies: [{ value: last.values[0] as number, stderr: last.stderrs[0] as number }],
        ...circuitFacts(circuit, point),
        ...knownEnergies(input, 1),
        ...courseOf(times, texts, course),
        ...input.usage(),
      },
      warnings: [],
    };
  },
});

/** The energy and the observables at a point. */
function observed(point: Float64Array, count: number): Generator<Ask, Estimates, Answer> {
  const observables = Array.from({ length: count }, (_, k) => k);
  return ask({ kind: 'expectations', key, items: 1, bindings: point, observables });
}

/** The point after a span of imaginary time, in parts that are short for the spectrum and for the state's way. */
function* cooled(
  from: Float64Array,
  span: number,
  settings: ImaginarySettings,
  spread: number,
): Generator<Ask, Float64Array, Answer> {
  let point = from;
  let rest = span;
  while (rest > 1e-12 * span) {
    const { velocity, speed } = yield* motionAt(point, settings);
    const part = Math.min(rest, longestPart / spread, farthest / speed);
    point = yield* moved(point, velocity, part, settings);
    rest -= part;
  }
  return point;
}

/** One part of a step by the formula of the order. */
function* moved(
  point: Float64Array,
  k1: Float64Array,
  h: number,
  settings: ImaginarySettings,
): Generator<Ask, Float64Array, Answer> {
  const along = (slope: Float64Array, by: number): Float64Array =>
    point.map((x, k) => x + by * (slope[k] as number));
  const { order } = settings;
  switch (order) {
    case 1:
      return along(k1, h);
    case 2: {
      const { velocity } = yield* motionAt(along(k1, h / 2), settings);
      return along(velocity, h);
    }
    case 4: {
      const { velocity: k2 } = yield* motionAt(along(k1, h / 2), settings);
      const { velocity: k3 } = yield* motionAt(along(k2, h / 2), settings);
      const { velocity: k4 } = yield* motionAt(along(k3, h), settings);
      const mean = k1.map(
        (slope, k) =>
          (slope + 2 * (k2[k] as number) + 2 * (k3[k] as number) + (k4[k] as number)) / 6,
      );
      return along(mean, h);
    }
    default:
      return unreachable(order);
  }
}

/** θ̇ = −½ g⁻¹∇E, and the speed of the state along it in the Fubini-Study metric. */
function* motionAt(
  point: Float64Array,
  { regularisation }: ImaginarySettings,
): Generator<Ask, { readonly velocity: Float64Array; readonly speed: number }, Answer> {
  const rows = { key, items: 1, bindings: point };
  const { gradients } = yield* ask({ kind: 'gradients', ...rows, observable: 0 });
  const { values: metric } = yield* ask({ kind: 'metric', ...rows });
  const force = gradients.map((slope) => -slope / 2);
  const velocity = solvePositive(metric, regularisation, force);
  if (velocity === null) {
    throw new AppError(
      'bad-input',
      `The metric of the states is singular beyond its regularisation of ${regularisation}; choose a larger one.`,
      { path: 'settings.regularisation' },
    );
  }
  // θ̇·g·θ̇ is at most θ̇·force.
  const square = velocity.reduce((sum, v, k) => sum + v * (force[k] as number), 0);
  return { velocity, speed: Math.sqrt(Math.max(square, Number.MIN_VALUE)) };
}

interface ImaginarySnapshot {
  readonly kind: typeof key;
  readonly point: readonly number[];
  /** The energy and the observables at each time. */
  readonly rows: readonly {
    readonly values: readonly number[];
    readonly stderrs: readonly number[];
  }[];
}

function stateOf(point: Float64Array, rows: readonly Estimates[]): ImaginarySnapshot {
  const plain = rows.map(({ values, stderrs }) => ({
    values: Array.from(values),
    stderrs: Array.from(stderrs),
  }));
  return { kind: key, point: Array.from(point), rows: plain };
}

function snapshotOf(given: unknown, size: number) {
  if (typeof given !== 'object' || given === null || !('kind' in given)) return null;
  const { kind, point, rows } = given as ImaginarySnapshot;
  if (kind !== key || point.length !== size) return null;
  return {
    point: Float64Array.from(point),
    rows: rows.map(
      ({ values, stderrs }): Estimates => ({
        values: Float64Array.from(values),
        stderrs: Float64Array.from(stderrs),
      }),
    ),
  };
}
