import { AppError } from '#shared/base/errors.ts';
import { type Drift, driftOf } from '#shared/models/drift.ts';
import type { KeptModel } from '#shared/models/kept-model.ts';
import { predictionView } from '#shared/problems/views/prediction.ts';
import { predictions, type PredictionsResult } from '#shared/results/kinds/predictions.ts';
import { defineAlgorithm, type ViewInput } from '../algorithms/algorithm.ts';
import type { Teaching } from '../parts.ts';
import type { Answer, Ask } from '../programs/program.ts';
import type { RowsToTell } from '#shared/problems/views/prediction.ts';
import type { Learner, Series, Told } from './learner.ts';
import { classScores, valueScores } from './metrics.ts';
import { preprocessed } from './preprocess.ts';
import { type Readable, readableRows } from './rows-to-tell.ts';

type Input = ViewInput<RowsToTell>;

/** Rows that are asked about at once: their states are kept together. */
const rowsAtOnce = 500;
/** The normal quantile of an interval that holds 95 %. */
const width = 1.96;

/** What a kept model says of rows, with the circuits of a quantum one on any backend. */
export const predict = defineAlgorithm({
  id: 'predict',
  title: 'Predict',
  summary:
    'What a trained model says of the rows of a table, and how far these drift from its own.',
  limits: 'Rows without a gap in the columns that the model was trained on.',
  kind: 'quantum',
  takes: predictionView,
  result: predictions,
  steps: { name: 'rows', areCourse: false },
  parameters: [],
  canPause: true,
  // Which of them is asked, the model decides; a classical one asks nothing.
  asks: () => ['expectations', 'overlaps'],
  needs: ({ model: { trained }, table }) => ({
    ownBytes: 8 * 4 * table.rows.length * trained.features.length,
    qubits: trained.circuit === null ? null : qubitsOf(trained.circuit),
    answerBytes: 0,
  }),
  *run(input) {
    const { model } = input.view;
    const { trained } = model;
    const readable = readableRows(input.view);
    const learner = learnerFor(model, input, readable.series);
    const told = yield* toldInParts(learner, loaded(learner, model), input, readable);
    const drift = driftOf(trained.profile, readable.rows, trained.rows);
    return {
      result: {
        model: model.modelId,
        task: trained.task,
        target: trained.target,
        ...(trained.classes === null ? {} : { classes: [...trained.classes] }),
        predictions: saidOf(model, readable, told),
        ...scoresOf(model, readable, told),
        drift: drift.map((one) => ({ ...one })),
        ...input.usage(),
      },
      warnings: [...readable.warnings, ...driftWarnings(drift)],
    };
  },
});

/** The widest register that a text of ours declares. */
function qubitsOf(source: string): number {
  const sizes = [...source.matchAll(/^qubit\[(\d+)\]/gm)].map(([, size]) => Number(size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function learnerFor(
  { spec, trained }: KeptModel,
  { parts, learners }: Input,
  series: Series | null,
): Learner {
  const teaching: Teaching | null = learners(trained.learner);
  const given = { settings: spec.settings, parts };
  const { classes, values, series: tellsSeries = values } = teaching ?? {};
  const found =
    trained.task === 'series'
      ? series === null
        ? undefined
        : tellsSeries?.(given, series)
      : (trained.task === 'classes' ? classes : values)?.(given);
  if (found !== undefined) return found;
  throw new AppError(
    'unsupported',
    `The model was trained by “${trained.learner}”, which this Ketbench does not have for this task. Use the Ketbench that trained it, or a newer one.`,
    { learner: trained.learner },
  );
}

/** What the learner kept, in its own form; damage is `bad-input`. */
function loaded(learner: Learner, { modelId, trained }: KeptModel): unknown {
  try {
    return learner.load(trained.fitted);
  } catch (thrown) {
    const issue = (thrown as { issues?: readonly { path: PropertyKey[]; message: string }[] })
      .issues?.[0];
    throw new AppError(
      'bad-input',
      `Model “${modelId}” is damaged at “trained.fitted.${issue?.path.map(String).join('.') ?? ''}”: ${issue?.message ?? String(thrown)}. Train it again.`,
      { modelId },
    );
  }
}

function* toldInParts(
  learner: Learner,
  loadedModel: unknown,
  { view, shots }: Input,
  { rows, series }: Readable,
): Generator<Ask, Told, Answer> {
  // What looks at a series itself goes through it once.
  const size = series === null ? rowsAtOnce : Math.max(1, rows.length);
  const parts: Told[] = [];
  const all = preprocessed(rows, view.model.trained.steps);
  for (let from = 0; from < all.length; from += size) {
    const part = all.slice(from, from + size);
    const message = `row ${from + 1} of ${all.length}`;
    const progress = { fraction: from / all.length, message, step: from, metrics: {} };
    yield { kind: 'progress', progress };
    const query = { rows: part, places: part.map((_, i) => from + i) };
    const given = learner.predict(loadedModel, query, shots);
    parts.push('decisions' in given ? given : yield* given);
  }
  const joined = (of: (told: Told) => Float64Array | undefined): Float64Array =>
    Float64Array.from(parts.flatMap((told) => [...(of(told) ?? [])]));
  const has = (of: (told: Told) => Float64Array | undefined): boolean =>
    parts.some((told) => of(told) !== undefined);
  return {
    decisions: joined(({ decisions }) => decisions),
    ...(has((told) => told.probabilities)
      ? { probabilities: joined(({ probabilities }) => probabilities) }
      : {}),
    ...(has((told) => told.stderrs)
      ? {
          stderrs: joined(
            ({ decisions, stderrs }) => stderrs ?? new Float64Array(decisions.length),
          ),
        }
      : {}),
  };
}

function saidOf(
  { modelId, trained: { classes, residual } }: KeptModel,
  { used }: Readable,
  { decisions, probabilities, stderrs }: Told,
): PredictionsResult['predictions'] {
  return used.map((row, i) => {
    const score = decisions[i] as number;
    if (!Number.isFinite(score)) {
      throw new AppError(
        'bad-input',
        `Model “${modelId}” says no finite number of data row ${row}; its values lie far from those of the training rows.`,
        { row },
      );
    }
    const shots = stderrs === undefined ? null : width * (stderrs[i] as number);
    const parts = [...(residual === null ? [] : [residual]), ...(shots === null ? [] : [shots])];
    const half = Math.hypot(...parts);
    return {
      row,
      prediction: classes === null ? score : (classes[score > 0 ? 1 : 0] as string),
      ...(classes === null ? {} : { score }),
      ...(probabilities === undefined ? {} : { probability: probabilities[i] as number }),
      ...(parts.length === 0 ? {} : { interval: [score - half, score + half] as [number, number] }),
    };
  });
}

/** How well it did on the rows whose target the file has. */
function scoresOf(
  { trained: { classes } }: KeptModel,
  { labels }: Readable,
  { decisions, probabilities }: Told,
): Pick<PredictionsResult, 'scores' | 'scored'> {
  const known = labels.flatMap((label, i) => (label === null ? [] : [i]));
  if (known.length === 0) return {};
  const of = (all: Float64Array): Float64Array => Float64Array.from(known, (i) => all[i] as number);
  const told = known.map((i) => labels[i] as number);
  const scores =
    classes === null
      ? valueScores(told, of(decisions))
      : classScores(
          told,
          of(decisions),
          probabilities === undefined ? undefined : of(probabilities),
        );
  return { scores, scored: known.length };
}

function driftWarnings(drift: readonly Drift[]): string[] {
  const text = (value: number): string => value.toFixed(2);
  return drift.flatMap(({ feature, psi, threshold, outside, drifts }) => {
    const beyond =
      outside > 0 ? `; ${text(100 * outside)} % of the rows lie beyond the training values` : '';
    if (drifts) {
      return [
        `“${feature}” is not distributed as in training: population stability index ${text(psi)}, above ${text(threshold)}${beyond}.`,
      ];
    }
    return outside > 0.05
      ? [`“${feature}”: ${text(100 * outside)} % of the rows lie beyond the training values.`]
      : [];
  });
}
