import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import type {
  Optimizer,
  OptimizerAsk,
  OptimizerResult,
  OptimizerSettings,
} from '../optimizers/optimizer.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Progress, QuestionKind } from '../programs/program.ts';

/** What training by an optimiser asks beside values. */
export function extraQuestions({
  usesGradient,
  usesMetric,
  usesOverlaps,
}: Optimizer): readonly QuestionKind[] {
  return [
    ...(usesGradient ? (['gradients'] as const) : []),
    ...(usesMetric === true ? (['metric'] as const) : []),
    ...(usesOverlaps === true ? (['overlaps'] as const) : []),
  ];
}

/** Overlaps of the state of a circuit's first row with those of its other ones. */
export function* overlapsWithFirst(
  key: string,
  bindings: Float64Array,
  items: number,
): Generator<Ask, Float64Array, Answer> {
  const pairs = Uint32Array.from({ length: 2 * (items - 1) }, (_, k) =>
    k % 2 === 0 ? 0 : (k + 1) / 2,
  );
  const { values } = yield* ask({ kind: 'overlaps', key, items, bindings, pairs });
  return values;
}

/** What is made small or large, as a function of an optimiser's numbers. */
export interface Objective {
  /** `max` is turned into a minimum on the way to the optimiser. */
  readonly sense: 'min' | 'max';
  /** Values are divided by this for the optimiser, so that its step sizes suit every problem. */
  readonly scale: number;
  /** Values at `count` points (row-major), and where asked for gradients alike, in the objective's own sense and unit. */
  readonly evaluate: (batch: PointBatch) => Generator<Ask, Evaluated, Answer>;
  /** Fubini-Study metric of the states by the optimiser's numbers (row-major), for optimisers that want it. */
  readonly metric?: (point: Float64Array) => Generator<Ask, Float64Array, Answer>;
  /** |⟨ψ|φ⟩|² of the first point's state with those of the others, for optimisers that want them. */
  readonly overlaps?: (points: Float64Array, count: number) => Generator<Ask, Float64Array, Answer>;
  /** The parameters that results list at a point, by name. */
  readonly describe: (point: Float64Array) => Readonly<Record<string, readonly number[]>>;
}

export interface PointBatch {
  readonly count: number;
  readonly points: Float64Array;
  readonly needsGradient: boolean;
  /** Shots for each slope; absent: as many as the job gives. */
  readonly shots?: readonly number[];
}

export interface Evaluated {
  readonly values: Float64Array;
  /** Standard errors of the values; zeros where exact. */
  readonly stderrs: Float64Array;
  /** Row-major; empty where none was asked for. */
  readonly gradients: Float64Array;
  /** Standard errors of the gradients, in the same layout, from the shots of each; absent: the objective knows none. */
  readonly gradientErrors?: Float64Array;
}

/** From which a run can be started again, by this build or another. */
export interface MinimiseSnapshot {
  readonly kind: 'minimise';
  readonly point: readonly number[];
  readonly evaluations: number;
  readonly iterations: number;
}

export interface MinimiseOptions {
  readonly optimizer: Optimizer;
  readonly settings: OptimizerSettings;
  readonly start: Float64Array;
  readonly rng: Rng;
  /** The name of the objective's curve, e.g. `expectation` or `energy`. */
  readonly curve: string;
  /** The name of the curve of its best value so far. */
  readonly bestCurve: string;
  /** Points of one ask go to the backend one by one, so that a large circuit shows its first value early and can be paused between two. */
  readonly oneByOne: boolean;
  /** Where an earlier run of the same spec got to. */
  readonly snapshot?: unknown;
}

export interface Minimum {
  readonly point: Float64Array;
  /** Points at which the objective was evaluated, snapshots included. */
  readonly evaluations: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * The one loop of all variational methods: an optimiser's questions are put to an objective, with live
 * curves (value, best, gradient norm and variance, step), and a snapshot at every iteration. Asked to finish, it ends at
 * the best point so far.
 */
export function* minimise(
  objective: Objective,
  options: MinimiseOptions,
): Generator<Ask, Minimum, Answer> {
  const { optimizer, settings, curve } = options;
  const before = snapshotOf(options.snapshot, options.start.length);
  const start = before === null ? options.start : Float64Array.from(before.point);
  const run = optimizer.minimise(start, settings, options.rng);
  const expected = Math.max(1, optimizer.expectedIterations(settings));
  const sign = objective.sense === 'min' ? 1 : -1;
  const best = new BestSoFar(sign);
  let evaluations = before?.evaluations ?? 0;
  const iterationsBefore = before?.iterations ?? 0;
  let iteration = -1;
  let last: Float64Array | null = null;
  let step = run.next({ values: new Float64Array(0), gradients: new Float64Array(0) });
  while (step.done !== true) {
    const wanted = step.value;
    if (wanted.iteration > iteration) {
      iteration = wanted.iteration;
      const point = Array.from(best.point ?? start);
      const iterations = iterationsBefore + iteration;
      const state: MinimiseSnapshot = { kind: 'minimise', point, evaluations, iterations };
      // The first one is where the run begins anyway.
      if (iteration > 0) yield { kind: 'snapshot', state };
    }
    requireGeometry(objective, wanted, optimizer);
    const { metric, overlaps } = yield* geometryOf(objective, wanted);
    const values: number[] = [];
    const slopes: number[] = [];
    const slopeErrors: number[] = [];
    for (const batch of overlaps === null ? batchesOf(wanted, options.oneByOne) : []) {
      const found = yield* objective.evaluate(batch);
      evaluations += batch.count;
      best.see(batch, found.values);
      values.push(...found.values);
      slopes.push(...found.gradients);
      if (wanted.shots !== undefined) slopeErrors.push(...errorsOf(found, optimizer));
      const told = yield {
        kind: 'progress',
        progress: {
          fraction: Math.min(0.99, wanted.iteration / expected),
          message: `${optimizer.title}: iteration ${wanted.iteration}, ${evaluations} evaluations`,
          step: evaluations,
          metrics: {
            [curve]: found.values[0] as number,
            [options.bestCurve]: best.value,
            ...errorOf(found),
            ...slopeMetrics(found, batch),
            ...stepMetric(last, batch),
            ...shotMetric(wanted),
          },
          ...soFarOf(best, objective),
        },
      };
      if (told.kind === 'finish') {
        const iterations = iterationsBefore + iteration;
        return { point: best.point ?? start, evaluations, iterations, converged: false };
      }
      last = batch.points.slice(0, batch.points.length / batch.count);
    }
    step = run.next({
      values: Float64Array.from(values, (value) => (sign * value) / objective.scale),
      gradients: Float64Array.from(slopes, (slope) => (sign * slope) / objective.scale),
      ...(wanted.shots === undefined
        ? {}
        : { gradientErrors: Float64Array.from(slopeErrors, (error) => error / objective.scale) }),
      ...(metric === null ? {} : { metric }),
      ...(overlaps === null ? {} : { overlaps }),
    });
  }
  const { point, iterations, converged }: OptimizerResult = step.value;
  return { point, evaluations, iterations: iterationsBefore + iterations, converged };
}

/** Optimisers that want the geometry of one state have nothing to ask where an objective is about many. */
function requireGeometry(
  { metric, overlaps }: Objective,
  { needsMetric, needsOverlaps }: OptimizerAsk,
  { id }: Optimizer,
): void {
  const isMissing =
    (needsMetric === true && metric === undefined) ||
    (needsOverlaps === true && overlaps === undefined);
  if (!isMissing) return;
  throw new AppError(
    'bad-input',
    `“${id}” wants the geometry of one state, and this method trains on many. Choose adam, lbfgsb or spsa.`,
    { path: 'settings.optimizer.id' },
  );
}

/** What an optimiser wants to know of the states beside their values; null where it does not. */
function* geometryOf(
  objective: Objective,
  { needsMetric, needsOverlaps, points, count }: OptimizerAsk,
): Generator<
  Ask,
  { readonly metric: Float64Array | null; readonly overlaps: Float64Array | null },
  Answer
> {
  const metric =
    needsMetric === true && objective.metric !== undefined ? yield* objective.metric(points) : null;
  const overlaps =
    needsOverlaps === true && objective.overlaps !== undefined
      ? yield* objective.overlaps(points, count)
      : null;
  return { metric, overlaps };
}

/** Optimisers that choose the shots of each slope need to know how much these told. */
function errorsOf(
  { gradientErrors, gradients, stderrs }: Evaluated,
  { id }: Optimizer,
): Float64Array {
  if (gradientErrors !== undefined) return gradientErrors;
  if (stderrs.every((error) => error === 0)) return new Float64Array(gradients.length);
  throw new AppError(
    'bad-input',
    `“${id}” chooses the shots of each slope, and this method’s slopes are no plain ones of a circuit. Choose adam or spsa.`,
    { path: 'settings.optimizer.id' },
  );
}

function shotMetric({ shots }: OptimizerAsk): Readonly<Record<string, number>> {
  return shots === undefined ? {} : { slopeShots: shots.reduce((sum, one) => sum + one, 0) };
}

function snapshotOf(given: unknown, size: number): MinimiseSnapshot | null {
  if (typeof given !== 'object' || given === null || !('kind' in given)) return null;
  const snapshot = given as MinimiseSnapshot;
  return snapshot.kind === 'minimise' && snapshot.point.length === size ? snapshot : null;
}

function batchesOf(ask: OptimizerAsk, oneByOne: boolean): PointBatch[] {
  if (!oneByOne || ask.count === 1) return [ask];
  const size = ask.points.length / ask.count;
  return Array.from({ length: ask.count }, (_, k) => ({
    count: 1,
    points: ask.points.slice(k * size, (k + 1) * size),
    needsGradient: ask.needsGradient,
  }));
}

function soFarOf({ value, point }: BestSoFar, { describe }: Objective): Pick<Progress, 'soFar'> {
  return point === null ? {} : { soFar: { value, parameters: describe(point) } };
}

/** The best value that was seen, and where. */
class BestSoFar {
  value: number;
  point: Float64Array | null = null;
  readonly #sign: number;

  constructor(sign: number) {
    this.#sign = sign;
    this.value = sign * Infinity;
  }

  see({ points, count }: PointBatch, values: Float64Array): void {
    const size = points.length / count;
    for (const [k, value] of values.entries()) {
      if (this.point !== null && this.#sign * value >= this.#sign * this.value) continue;
      this.value = value;
      this.point = points.slice(k * size, (k + 1) * size);
    }
  }
}

function errorOf({ stderrs }: Evaluated): Readonly<Record<string, number>> {
  const stderr = stderrs[0] ?? 0;
  return stderr > 0 ? { stderr } : {};
}

/** Length of the gradient and the variance of its entries, by which barren plateaus show. */
function slopeMetrics(
  { gradients }: Evaluated,
  { count }: PointBatch,
): Readonly<Record<string, number>> {
  const size = gradients.length / count;
  if (size === 0) return {};
  const first = gradients.subarray(0, size);
  const mean = first.reduce((sum, slope) => sum + slope, 0) / size;
  const square = first.reduce((sum, slope) => sum + slope * slope, 0);
  const gradientVariance = Math.max(0, square / size - mean * mean);
  return { gradientNorm: Math.sqrt(square), gradientVariance };
}

function stepMetric(
  last: Float64Array | null,
  { points }: PointBatch,
): Readonly<Record<string, number>> {
  if (last === null) return {};
  const squares = last.reduce((sum, x, i) => sum + (x - (points[i] as number)) ** 2, 0);
  return { stepSize: Math.sqrt(squares) };
}
