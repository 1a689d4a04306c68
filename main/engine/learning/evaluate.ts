import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { Fold } from '#shared/problems/tables/folds.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Learned, Scores } from '#shared/results/learner-fields.ts';
import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import { asStage } from '../algorithms/stages.ts';
import type { Answer, Ask, Progress } from '../programs/program.ts';
import type { FittedStep } from '#shared/models/fitted-step.ts';
import type { Fitted, Learner, LinearModel } from './learner.ts';
import { classScores, meanAndError, valueScores } from './metrics.ts';
import { fitSteps, preprocessed, stepsFor } from './preprocess.ts';

interface Evaluated {
  readonly train: Scores;
  readonly test: Scores;
  readonly fold: FittedFold;
}

/** A learner and its preprocessing, fitted to the training rows of a fold. */
interface FittedFold extends Fitted {
  readonly steps: readonly FittedStep[];
}

/** What a run compares: a learner, and a baseline on the same folds where there is one. */
export interface Contest {
  readonly learner: Learner;
  readonly baseline: Learner | null;
  /** Labels are classes, not values. */
  readonly areClasses: boolean;
}

/** The model that is kept: that of the only fold, or one fitted to all rows that some fold uses. */
export interface KeptFit {
  readonly steps: readonly FittedStep[];
  readonly model: unknown;
  /** Positions of the rows that it was fitted to. */
  readonly rows: readonly number[];
}

/** What learners of all kinds tell, without what only their problem knows. */
export type Evaluation = Omit<Learned, 'data' | 'circuits' | 'shots' | 'gates' | 'qubits'>;

/** Trains and tests a learner on every fold, and a baseline beside it (CONTRACT §4, learner results). */
export function* evaluated(
  input: AlgorithmInput,
  data: TrainingRows,
  { learner, baseline, areClasses }: Contest,
): Generator<Ask, { readonly found: Evaluation; readonly kept: KeptFit }, Answer> {
  const { folds } = data;
  const steps = stepsFor(learner, data.preprocessing);
  const results: Evaluated[] = [];
  const baselines: Evaluated[] = [];
  // Of more folds than one, a fit to all rows follows.
  const parts = folds.length === 1 ? 1 : folds.length + 1;
  const report = (fraction: number, message: string, metrics: Record<string, number>): Ask => ({
    kind: 'progress',
    progress: { fraction, message, step: results.length, metrics },
  });
  yield report(0, `fold 1 of ${folds.length}`, {});
  const inPart = stagesOf(parts);
  const evaluate = function* (one: Learner, k: number) {
    const rng = rngOf(input.seed, 310, k);
    const fold = folds[k] as Fold;
    const part = { place: k, name: `fold ${k + 1} of ${folds.length}`, isOwn: one === learner };
    const fitted = yield* inPart(fitFold(data, fold, one, rng), part);
    return scored(data, fold, fitted, areClasses);
  };
  for (const k of folds.keys()) {
    results.push(yield* evaluate(learner, k));
    if (baseline !== null) baselines.push(yield* evaluate(baseline, k));
    const live = {
      ...liveScore('test', results.at(-1)),
      ...liveScore('baseline', baselines.at(-1)),
    };
    yield report((k + 1) / parts, `fold ${k + 1} of ${folds.length}`, live);
  }
  const part = { place: folds.length, name: 'all rows', isOwn: true };
  const { whole, kept } = yield* inPart(wholeFit(input, data, learner, results), part);
  const found = {
    ...summary(results),
    model: modelName(learner.id, input),
    predictions: predictionsOf(data, results),
    preprocessing: steps.map(toldStep),
    ...(whole.linear === undefined ? {} : toldLine(whole.linear)),
    ...(baseline === null ? {} : { baseline: { algorithm: baseline.id, ...summary(baselines) } }),
  };
  return { found, kept };
}

/** One of several fits that follow each other: that of the learner, or of what runs beside it. */
interface Part {
  readonly place: number;
  readonly name: string;
  readonly isOwn: boolean;
}

/** Training tells its own steps and its own share: steps go on from part to part, and a baseline shows no curves. */
function stagesOf(parts: number) {
  let before = 0;
  return function* <T>(fit: Generator<Ask, T, Answer>, { place, name, isOwn }: Part) {
    let last = 0;
    const found = yield* asStage(fit, {
      snapshot: (inner: unknown) => inner,
      progress: (inner: Progress): Progress => {
        last = inner.step;
        return {
          ...inner,
          fraction: (place + (isOwn ? (inner.fraction ?? 0) : 1)) / parts,
          message: `${name}, ${inner.message}`,
          step: before + inner.step,
          metrics: isOwn ? inner.metrics : {},
        };
      },
    });
    if (isOwn) before += last;
    return found;
  };
}

function toldLine({ coefficients, intercept }: LinearModel) {
  return { coefficients: [...coefficients], intercept };
}

function liveScore(name: 'test' | 'baseline', one: Evaluated | undefined): Record<string, number> {
  if (one === undefined) return {};
  const { accuracy, r2 } = one.test;
  if (typeof accuracy === 'number') return { [`${name}Accuracy`]: accuracy };
  return typeof r2 === 'number' ? { [`${name}R2`]: r2 } : {};
}

function* fitFold(
  data: TrainingRows,
  fold: Fold,
  learner: Learner,
  rng: ReturnType<typeof rngOf>,
): Generator<Ask, FittedFold, Answer> {
  const rowsAt = (places: readonly number[]) => places.map((i) => data.rows[i] as Float64Array);
  const train = rowsAt(fold.train);
  const steps = fitSteps(train, stepsFor(learner, data.preprocessing));
  const query = (rows: readonly Float64Array[], places: readonly number[]) => ({
    rows: preprocessed(rows, steps),
    places,
  });
  const given = learner.fit({
    train: query(train, fold.train),
    labels: fold.train.map((i) => data.labels[i] as number),
    test: query(rowsAt(fold.test), fold.test),
    rng,
  });
  const fitted = Symbol.iterator in given ? yield* given : given;
  for (const { decisions } of [fitted.train, fitted.test]) {
    if (decisions.every(Number.isFinite)) continue;
    throw new AppError(
      'bad-input',
      `“${learner.id}” ends in values that are no finite numbers on these features; scale them, or choose other settings.`,
      { path: 'problem.preprocessing' },
    );
  }
  return { ...fitted, steps };
}

function scored(
  data: TrainingRows,
  fold: Fold,
  fitted: FittedFold,
  areClasses: boolean,
): Evaluated {
  const part = (name: 'train' | 'test'): Scores => {
    const labels = fold[name].map((i) => data.labels[i] as number);
    const { decisions, probabilities } = fitted[name];
    return areClasses
      ? classScores(labels, decisions, probabilities)
      : valueScores(labels, decisions);
  };
  return { train: part('train'), test: part('test'), fold: fitted };
}

/** Positions that some fold trains or tests on, ascending: a file of folds may leave rows out. */
export function rowsOf({ folds }: TrainingRows): number[] {
  const used = new Set(folds.flatMap(({ train, test }) => [...train, ...test]));
  return [...used].sort((a, b) => a - b);
}

/** The fit that is kept and whose coefficients are told: that of the only fold, or one to all rows. */
function* wholeFit(
  input: AlgorithmInput,
  data: TrainingRows,
  learner: Learner,
  results: readonly Evaluated[],
): Generator<Ask, { readonly whole: Fitted; readonly kept: KeptFit }, Answer> {
  const [only] = results;
  const isOnly = results.length === 1 && only !== undefined;
  const rows = isOnly ? (data.folds[0] as Fold).train : rowsOf(data);
  const all = { train: rows, test: [] };
  const whole = isOnly ? only.fold : yield* fitFold(data, all, learner, rngOf(input.seed, 311));
  return { whole, kept: { steps: whole.steps, model: whole.model, rows } };
}

function summary(folds: readonly Evaluated[]): Pick<Learned, 'metrics' | 'perFold'> {
  const over = (part: 'train' | 'test') => {
    const names = Object.keys(folds[0]?.[part] ?? {}) as (keyof Scores)[];
    return Object.fromEntries(
      names.map((name) => [name, meanAndError(folds.map((fold) => fold[part][name] ?? null))]),
    );
  };
  return {
    metrics: { train: over('train'), test: over('test') },
    perFold: folds.map(({ train, test, fold: { supportCount } }) => ({
      train,
      test,
      ...(supportCount === undefined ? {} : { supportCount }),
    })),
  };
}

/** Every row's decision in the fold that tested it, in the order of the data. */
function predictionsOf(data: TrainingRows, results: readonly Evaluated[]): Learned['predictions'] {
  return data.folds
    .flatMap((fold, k) => {
      const { decisions, probabilities } = (results[k] as Evaluated).fold.test;
      return fold.test.map((position, i) => ({
        row: data.used[position] as number,
        label: data.labels[position] as number,
        fold: k,
        decision: decisions[i] as number,
        ...(probabilities === undefined ? {} : { probability: probabilities[i] as number }),
      }));
    })
    .sort((a, b) => a.row - b.row);
}

function toldStep(step: Step): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(step).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A name that equal settings share; the library's own id stands beside the result. */
function modelName(id: string, input: AlgorithmInput): string {
  const told = [input.problem, input.settings, input.seed, ...(input.circumstances ?? [])];
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(told)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  }
  return `${id}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
