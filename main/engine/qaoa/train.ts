import { AppError } from '#shared/base/errors.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import { asStage } from '../algorithms/stages.ts';
import { noOptimizer } from '../optimizers/none.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { partNamed, type Parts } from '../parts.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import {
  type Evaluated,
  minimise,
  type Minimum,
  type Objective,
  overlapsWithFirst,
  type PointBatch,
} from '../training/minimise.ts';
import { interpolated, pullBackMetric, rampOf, randomAngles, spreadOut } from './angles.ts';
import { listedCosts, riskValues } from './distribution.ts';
import { countsOf, type Plan, reshaped } from './plan.ts';
import { key, type Questions } from './questions.ts';
import { questionsOf } from './questions-of.ts';
import { riskOf } from './risk.ts';
import type { QaoaSettings } from './settings.ts';

/** A plan whose angles were tuned. */
export interface Trained extends Effort {
  readonly plan: Plan;
  /** Of the unscaled cost: all γ, then all β. */
  readonly angles: Float64Array;
}

/** What searches took so far. */
export interface Effort {
  readonly evaluations: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export const noEffort: Effort = { evaluations: 0, iterations: 0, converged: true };

export function together(before: Effort, after: Effort): Effort {
  return {
    evaluations: before.evaluations + after.evaluations,
    iterations: before.iterations + after.iterations,
    converged: before.converged && after.converged,
  };
}

/** Where a run of several searches stands: what lies behind it, and the snapshot of the search that it is in. */
export interface StageSnapshot<S> {
  readonly kind: string;
  readonly state: S;
  readonly inner: unknown;
}

/** The state and inner snapshot of a run of this kind; the beginning where there is none. */
export function stageOf<S>(given: unknown, kind: string, first: S): StageSnapshot<S> {
  const known = given as Partial<StageSnapshot<S>> | null | undefined;
  if (typeof known === 'object' && known?.kind === kind && known.state !== undefined) {
    return { kind, state: known.state, inner: known.inner };
  }
  return { kind, state: first, inner: undefined };
}

/** A search as the stage of a longer run that is in `state`. */
export function inStage<S extends Effort, T>(
  search: Generator<Ask, T, Answer>,
  kind: string,
  state: S,
  { title, done }: { readonly title: string; readonly done: number },
): Generator<Ask, T, Answer> {
  return asStage(search, {
    snapshot: (inner): StageSnapshot<S> => ({ kind, state, inner }),
    progress: (one) => ({
      ...one,
      fraction: Math.min(0.99, done),
      message: `${title}. ${one.message}`,
      step: state.evaluations + one.step,
    }),
  });
}

/** The random stream of a search, and where an earlier run of it got to. */
interface SearchPlace {
  readonly stream: number;
  readonly snapshot: unknown;
}

interface LayersState extends Effort {
  readonly layers: number;
  /** Tuned angles in scaled units. */
  readonly point: readonly number[];
}

/** Defines the circuit and tunes its angles, at once, from several starts or layer by layer. The circuit stays defined. */
export function* tuned(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
  search: SearchPlace,
): Generator<Ask, Trained, Answer> {
  if (!settings.layerwise) {
    const questions = questionsOf(plan);
    yield* questions.define();
    const found =
      settings.starts === 1
        ? yield* train(plan, settings, input, search)
        : yield* bestOfStarts(plan, settings, input, search);
    return trainedOf(plan, found);
  }
  return yield* layerByLayer(plan, settings, input, search);
}

interface StartsState extends Effort {
  readonly starts: number;
  /** The best point so far and its value in the sense of a minimum; null before the first. */
  readonly best: { readonly point: readonly number[]; readonly value: number } | null;
}

/** The best of searches from several starts. It has converged where the search that found it has. */
function* bestOfStarts(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
  { stream, snapshot }: SearchPlace,
): Generator<Ask, Minimum, Answer> {
  const kind = 'qaoa-starts';
  const first: StartsState = { ...noEffort, starts: 0, best: null };
  let { state, inner } = stageOf(snapshot, kind, first);
  const sign = plan.problem.sense === 'min' ? 1 : -1;
  while (state.starts < settings.starts && !input.finish.isAsked) {
    const at = state;
    const current =
      at.starts === 0 ? plan : fromElsewhere(plan, rngOf(input.seed, stream + 3000 + at.starts));
    const place = { stream: stream + 5000 * at.starts, snapshot: inner };
    const minimum = yield* inStage(train(current, settings, input, place), kind, at, {
      title: `Start ${at.starts + 1} of ${settings.starts}`,
      done: at.starts / settings.starts,
    });
    const { point } = minimum;
    const batch = { count: 1, points: point, needsGradient: false };
    const { values } = yield* evaluate(
      current,
      questionsOf(current),
      { measure: measureOf(current, settings, input), input },
      batch,
    );
    const value = sign * (values[0] as number);
    const isBetter = at.best === null || value < at.best.value;
    state = {
      evaluations: at.evaluations + minimum.evaluations + 1,
      iterations: at.iterations + minimum.iterations,
      converged: isBetter ? minimum.converged : at.converged,
      starts: at.starts + 1,
      best: isBetter ? { point: Array.from(point), value } : at.best,
    };
    inner = undefined;
    yield { kind: 'snapshot', state: { kind, state } };
  }
  return { ...state, point: Float64Array.from(state.best?.point ?? []) };
}

function fromElsewhere(plan: Plan, rng: Rng): Plan {
  const { layers, mixer } = plan.shape;
  const angles = randomAngles(layers, rampOf(mixer, plan.qubits), rng);
  return reshaped(plan, plan.shape, spreadOut(angles, layers, countsOf(plan)));
}

/** Tunes one layer after another, each from angles in between those of the ones before. */
function* layerByLayer(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
  search: SearchPlace,
): Generator<Ask, Trained, Answer> {
  const kind = 'qaoa-layers';
  const { layers } = plan.shape;
  const first: LayersState = { ...noEffort, layers: 0, point: [] };
  let { state, inner } = stageOf(search.snapshot, kind, first);
  let current = plan;
  while (state.layers < layers && !input.finish.isAsked) {
    const at = state;
    current = withLayers(plan, at);
    const questions = questionsOf(current);
    yield* questions.define();
    const searched = train(current, settings, input, {
      stream: search.stream + 1000 * at.layers,
      snapshot: inner,
    });
    const minimum = yield* inStage(searched, kind, at, {
      title: `Layer ${at.layers + 1}`,
      done: at.layers / layers,
    });
    state = {
      ...together(at, minimum),
      layers: at.layers + 1,
      point: Array.from(minimum.point),
    };
    inner = undefined;
    if (state.layers < layers && !input.finish.isAsked) yield* questions.forget();
    yield { kind: 'snapshot', state: { kind, state } };
  }
  if (current === plan) {
    // It had ended before it was started again.
    current = withLayers(plan, { ...state, layers: layers - 1 });
    yield* questionsOf(current).define();
  }
  return trainedOf(current, { ...state, point: Float64Array.from(state.point) });
}

/** One layer more than there are tuned ones. */
function withLayers(plan: Plan, { layers, point }: LayersState): Plan {
  const counts = countsOf(plan);
  const shape = { ...plan.shape, layers: layers + 1 };
  if (point.length === 0) {
    const all = plan.map.start;
    const middle = Math.floor((plan.shape.layers - 1) / 2);
    const from = plan.shape.layers * counts.gammas;
    const start = [
      ...all.slice(middle * counts.gammas, (middle + 1) * counts.gammas),
      ...all.slice(from + middle * counts.betas, from + (middle + 1) * counts.betas),
    ];
    return reshaped(plan, shape, Float64Array.from(start));
  }
  return reshaped(plan, shape, interpolated(Float64Array.from(point), layers, counts));
}

function trainedOf(plan: Plan, minimum: Minimum): Trained {
  const { evaluations, iterations, converged, point } = minimum;
  return { plan, angles: unscaled(plan, point), evaluations, iterations, converged };
}

/** Runs the optimiser on the scaled objective of a circuit that is defined. */
export function train(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
  { stream, snapshot }: SearchPlace,
): Generator<Ask, Minimum, Answer> {
  const { id, ...own } = settings.optimizer;
  const optimizer = optimizerOf(settings, input.parts);
  if (riskOf(settings) !== null && optimizer.usesGradient) {
    throw new AppError(
      'bad-input',
      `CVaR and the Gibbs objective have no gradient here; use an optimiser without one (cobyla, nelder-mead, spsa) instead of ${id}.`,
      { path: 'settings.optimizer.id' },
    );
  }
  const questions = questionsOf(plan);
  const context = measureOf(plan, settings, input);
  const objective: Objective = {
    sense: plan.problem.sense,
    scale: plan.spread,
    evaluate: (batch) => evaluate(plan, questions, { measure: context, input }, batch),
    metric: (point) => metricAt(plan, point),
    overlaps: (points, count) => overlapsAt(plan, points, count),
    describe: (point) => anglesByKind(plan, unscaled(plan, point)),
  };
  return minimise(objective, {
    optimizer,
    settings: own,
    start: plan.map.start,
    rng: rngOf(input.seed, stream),
    curve: 'expectation',
    bestCurve: 'best',
    // A machine takes circuits in batches.
    oneByOne: input.shots === null,
    snapshot,
  });
}

export function optimizerOf(
  { parametrisation, optimizer }: QaoaSettings,
  { optimizers }: Parts,
): Optimizer {
  return parametrisation === 'fixed' ? noOptimizer : partNamed(optimizers, optimizer.id);
}

/** The angles as results and `initialParameters` list them, layer by layer. */
export function anglesByKind(plan: Plan, angles: Float64Array) {
  const count = plan.shape.layers * countsOf(plan).gammas;
  return { gammas: Array.from(angles.slice(0, count)), betas: Array.from(angles.slice(count)) };
}

/** Angles of CONTRACT §4 (for the unscaled cost) at an optimiser's point. */
function unscaled(plan: Plan, point: Float64Array): Float64Array {
  return plan.map.angles(point).map(unitOf(plan));
}

/** An angle, or what goes by it, from scaled units. */
function unitOf(plan: Plan): (angle: number, k: number) => number {
  const count = plan.shape.layers * countsOf(plan).gammas;
  return (angle, k) => (k < count ? angle / plan.spread : angle);
}

/** The metric of the states by the optimiser's numbers. */
function* metricAt(plan: Plan, point: Float64Array): Generator<Ask, Float64Array, Answer> {
  const bindings = unscaled(plan, point);
  const { values } = yield* ask({ kind: 'metric', key, items: 1, bindings });
  return pullBackMetric(values, (byAngle) => pullBackSlopes(plan, byAngle));
}

/** Overlaps of the first point's state with those of the others. */
function overlapsAt(plan: Plan, points: Float64Array, count: number) {
  const size = plan.map.start.length;
  const rows = Array.from({ length: count }, (_, k) =>
    unscaled(plan, points.slice(k * size, (k + 1) * size)),
  );
  return overlapsWithFirst(key, Float64Array.from(rows.flatMap((row) => [...row])), count);
}

/** Slopes by the optimiser's numbers from those by the unscaled angles. */
function pullBackSlopes(plan: Plan, byAngle: Float64Array): Float64Array {
  return plan.map.pullBack(byAngle.map(unitOf(plan)));
}

/** What distributions are valued by, and the costs of all assignments where they are kept; null: the mean. */
type Measure = Parameters<typeof riskValues>[1] | null;

function measureOf(plan: Plan, settings: QaoaSettings, input: AlgorithmInput): Measure {
  const risk = riskOf(settings);
  return risk === null ? null : { risk, listed: listedCosts(plan, input) };
}

interface Context {
  readonly measure: Measure;
  readonly input: AlgorithmInput;
}

function* evaluate(
  plan: Plan,
  questions: Questions,
  { measure, input }: Context,
  { count, points, needsGradient }: PointBatch,
): Generator<Ask, Evaluated, Answer> {
  const size = plan.map.start.length;
  const rows = Array.from({ length: count }, (_, k) =>
    unscaled(plan, points.slice(k * size, (k + 1) * size)),
  );
  const width = rows[0]?.length ?? 0;
  const bindings = new Float64Array(count * width);
  rows.forEach((row, k) => bindings.set(row, k * width));
  const noSlopes = new Float64Array(0);
  if (measure !== null) {
    const found = yield* riskValues(plan, measure, { items: count, bindings }, input);
    return { ...found, gradients: noSlopes };
  }
  if (!needsGradient) {
    const found = yield* questions.costs({ items: count, bindings });
    return { values: found.values, stderrs: found.stderrs, gradients: noSlopes };
  }
  const answer = yield* questions.slopes({ items: count, bindings });
  const gradients = new Float64Array(count * size);
  for (let k = 0; k < count; k++) {
    const byAngle = answer.gradients.slice(k * width, (k + 1) * width);
    gradients.set(pullBackSlopes(plan, byAngle), k * size);
  }
  return { values: answer.values, stderrs: answer.stderrs, gradients };
}
