import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Estimates } from '../programs/program.ts';

/** How the parameters of a circuit move, and how fast its state does along it, in the Fubini-Study metric. */
export interface Motion {
  readonly velocity: Float64Array;
  readonly speed: number;
}

export interface Travel {
  readonly order: 1 | 2 | 4;
  /** Of the energies: one over it is the shortest time in which anything happens. */
  readonly spread: number;
  readonly motionAt: (point: Float64Array) => Generator<Ask, Motion, Answer>;
}

/** Longest part of a step, in units of one over the spread; Runge and Kutta's formula is stable for spectra 14 times as wide. */
const longestPart = 0.2;
/** Farthest way of the state in one part. */
const farthest = 0.1;

export const regularisationParameter = (standard: number): ParameterDescriptor => ({
  kind: 'number',
  id: 'regularisation',
  title: 'Regularisation',
  help: 'Added to the diagonal of the metric, so that directions that change no state stay calm.',
  default: standard,
  min: 0,
  exclusiveMin: true,
  advanced: true,
});

/** McLachlan's principle (1964, Mol. Phys. 8, 39): the metric of the states times the velocity is the force. */
export function motionOf(
  metric: Float64Array,
  force: Float64Array,
  regularisation: number,
): Motion {
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

/** The point after a span of time, in parts that are short for the spectrum and for the state's way. */
export function* travelled(
  from: Float64Array,
  span: number,
  travel: Travel,
): Generator<Ask, Float64Array, Answer> {
  let point = from;
  let rest = Math.abs(span);
  while (rest > 1e-12 * Math.abs(span)) {
    const { velocity, speed } = yield* travel.motionAt(point);
    const part = Math.min(rest, longestPart / travel.spread, farthest / speed);
    point = yield* moved(point, velocity, Math.sign(span) * part, travel);
    rest -= part;
  }
  return point;
}

/** One part of a step by the formula of the order. */
function* moved(
  point: Float64Array,
  k1: Float64Array,
  h: number,
  { order, motionAt }: Travel,
): Generator<Ask, Float64Array, Answer> {
  const along = (slope: Float64Array, by: number): Float64Array =>
    point.map((x, k) => x + by * (slope[k] as number));
  switch (order) {
    case 1:
      return along(k1, h);
    case 2: {
      const { velocity } = yield* motionAt(along(k1, h / 2));
      return along(velocity, h);
    }
    case 4: {
      const { velocity: k2 } = yield* motionAt(along(k1, h / 2));
      const { velocity: k3 } = yield* motionAt(along(k2, h / 2));
      const { velocity: k4 } = yield* motionAt(along(k3, h));
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

interface CourseSnapshot {
  readonly kind: string;
  readonly point: readonly number[];
  /** The observables at each time. */
  readonly rows: readonly {
    readonly values: readonly number[];
    readonly stderrs: readonly number[];
  }[];
}

interface Followed {
  /** Names the circuit, and whose snapshots these are. */
  readonly key: string;
  readonly start: Float64Array;
  readonly times: readonly number[];
  /** How many observables of the circuit are measured at each time. */
  readonly observables: number;
  readonly travel: Travel;
  readonly snapshot: unknown;
  /** The curve of the first observable. */
  readonly curve: string;
}

/** Follows a circuit's observables through time, with a snapshot after each step. */
export function* followCourse({
  key,
  start,
  times,
  observables,
  travel,
  snapshot,
  curve,
}: Followed): Generator<Ask, { readonly point: Float64Array; readonly rows: Estimates[] }, Answer> {
  const observed = (at: Float64Array): Generator<Ask, Estimates, Answer> => {
    const all = Array.from({ length: observables }, (_, k) => k);
    return ask({ kind: 'expectations', key, items: 1, bindings: at, observables: all });
  };
  const before = snapshotOf(snapshot, key, start.length);
  let point = before?.point ?? start;
  const rows = before?.rows ?? [yield* observed(point)];
  const steps = times.length - 1;
  for (let step = rows.length; step <= steps; step++) {
    point = yield* travelled(point, (times[step] as number) - (times[step - 1] as number), travel);
    const row = yield* observed(point);
    rows.push(row);
    yield { kind: 'snapshot', state: stateOf(key, point, rows) };
    yield {
      kind: 'progress',
      progress: {
        fraction: step / steps,
        message: `Step ${step} of ${steps}`,
        step,
        metrics: { [curve]: row.values[0] as number },
      },
    };
  }
  return { point, rows };
}

function stateOf(kind: string, point: Float64Array, rows: readonly Estimates[]): CourseSnapshot {
  const plain = rows.map(({ values, stderrs }) => ({
    values: Array.from(values),
    stderrs: Array.from(stderrs),
  }));
  return { kind, point: Array.from(point), rows: plain };
}

function snapshotOf(given: unknown, key: string, size: number) {
  if (typeof given !== 'object' || given === null || !('kind' in given)) return null;
  const { kind, point, rows } = given as CourseSnapshot;
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
