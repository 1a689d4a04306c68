import { z } from 'zod';
import type { Figure } from '../../figures/figure.ts';
import { numberField, usageFields } from '../fields.ts';
import { foldPart, metricTitles } from '../learner-fields.ts';
import type { Fact, Headline } from '../reading.ts';
import { defineResult } from '../result-kind.ts';

const schema = z.object({
  /** The id of the model in the library. */
  model: z.string(),
  task: z.enum(['classes', 'values', 'series']),
  target: z.string(),
  /** The class of scores up to 0 and the one of those above; absent where values are told. */
  classes: z.array(z.string()).optional(),
  predictions: z.array(
    z.object({
      /** 0-based, in the file; of a series, of what is told, beyond the last row where it is still to come. */
      row: z.number(),
      prediction: z.union([z.string(), numberField]),
      score: numberField.optional(),
      /** Of the second class. */
      probability: z.number().optional(),
      /** 95 %: of a value, by what unseen rows missed theirs; and by the shots, where it was measured, of a score too. */
      interval: z.tuple([numberField, numberField]).optional(),
    }),
  ),
  /** Where the file has the target: how well the model did, and on how many rows. */
  scores: foldPart.optional(),
  scored: z.number().optional(),
  drift: z.array(
    z.object({
      feature: z.string(),
      /** Population stability index against the training rows, and what it must pass to count. */
      psi: z.number(),
      threshold: z.number(),
      /** Share of rows beyond the least and the largest training value. */
      outside: z.number(),
      drifts: z.boolean(),
    }),
  ),
  ...usageFields,
});

export type PredictionsResult = z.infer<typeof schema>;

/** What a trained model says of rows. */
export const predictions = defineResult({
  kind: 'predictions',
  title: 'Predictions',
  summary: 'What a trained model says of each row of a table, and how far the table drifts.',
  schema,
  metrics: metricTitles.map(({ id, title, better }) => ({
    id,
    title,
    unit: '',
    better,
    of: (result: PredictionsResult) => result.scores?.[id] ?? null,
  })),
  live: [],
  read: (result) => ({
    headline: headlineOf(result),
    facts: factsOf(result),
    // What drifts is told by the run’s warnings.
    notes: [],
    tables: [predictionTable(result), driftTable(result)],
    figures: [valueFigure(result), driftFigure(result)],
  }),
});

/** The share of the second class, or the mean of the values. */
function headlineOf({ predictions: told, classes, target }: PredictionsResult): Headline {
  const second = classes?.[1];
  const sum = told.reduce(
    (total, { prediction }) =>
      total + (typeof prediction === 'number' ? prediction : Number(prediction === second)),
    0,
  );
  const value = { value: sum / told.length, stderr: null };
  return second === undefined
    ? { title: `Mean ${target}`, value }
    : { title: `Rows told “${second}”`, value, unit: '%' };
}

function factsOf({ predictions: told, scores, drift }: PredictionsResult): Fact[] {
  const scored = metricTitles.flatMap(({ id, title }) => {
    const value = scores?.[id] ?? null;
    return value === null ? [] : [{ title, value }];
  });
  return [
    { title: 'Rows', value: told.length },
    { title: 'Features that drift', value: drift.filter(({ drifts }) => drifts).length },
    ...scored.slice(0, 2),
  ];
}

function predictionTable({ predictions: told, classes }: PredictionsResult) {
  const has = (key: 'score' | 'probability' | 'interval') =>
    told.some((one) => one[key] !== undefined);
  const columns = [
    { id: 'row', title: 'Row', of: (one: (typeof told)[number]) => one.row },
    { id: 'prediction', title: 'Prediction', of: (one: (typeof told)[number]) => one.prediction },
    ...(has('score')
      ? [{ id: 'score', title: 'Score', of: (one: (typeof told)[number]) => one.score ?? null }]
      : []),
    ...(has('probability')
      ? [
          {
            id: 'probability',
            title: `Probability of ${classes?.[1] ?? ''}`,
            of: (one: (typeof told)[number]) => one.probability ?? null,
          },
        ]
      : []),
    ...(has('interval')
      ? [
          {
            id: 'low',
            title: 'From',
            of: (one: (typeof told)[number]) => one.interval?.[0] ?? null,
          },
          {
            id: 'high',
            title: 'To',
            of: (one: (typeof told)[number]) => one.interval?.[1] ?? null,
          },
        ]
      : []),
  ];
  return {
    id: 'predictions',
    title: 'Predictions',
    isDetail: true,
    columns: columns.map(({ id, title }) => ({ id, title })),
    rows: told.map((one) => columns.map(({ of }) => of(one))),
  };
}

function driftTable({ drift }: PredictionsResult) {
  return {
    id: 'drift',
    title: 'Drift against the training rows',
    columns: [
      { id: 'feature', title: 'Feature' },
      { id: 'psi', title: 'Stability index' },
      { id: 'threshold', title: 'Counts from' },
      { id: 'outside', title: 'Share beyond training' },
      { id: 'verdict', title: 'Verdict' },
    ],
    rows: drift.map(({ feature, psi, threshold, outside, drifts }) => [
      feature,
      psi,
      threshold,
      outside,
      drifts ? 'drifts' : 'as in training',
    ]),
  };
}

const mostBins = 40;

function valueFigure({ predictions: told, classes, target }: PredictionsResult): Figure {
  const values = told.map(({ prediction, score }) => score ?? Number(prediction));
  const low = values.reduce((least, one) => Math.min(least, one), Infinity);
  const high = values.reduce((most, one) => Math.max(most, one), -Infinity);
  const count = Math.min(mostBins, Math.max(4, Math.ceil(2 * Math.cbrt(values.length))));
  const width = high > low ? (high - low) / count : 1;
  const from = Number.isFinite(low) ? low : 0;
  const counts = Array.from({ length: count }, () => 0);
  for (const value of values) {
    const bin = Math.min(count - 1, Math.floor((value - from) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    kind: 'histogram',
    id: 'values',
    title: classes === undefined ? `Told values of ${target}` : 'Scores of the rows',
    ...(classes === undefined ? {} : { note: `Above 0 a row is told “${classes[1]}”.` }),
    x: { title: classes === undefined ? target : 'Score', unit: '' },
    y: { title: 'Rows', unit: '', isCount: true },
    edges: Array.from({ length: count + 1 }, (_, k) => from + k * width),
    groups: [{ name: 'rows', counts }],
  };
}

function driftFigure({ drift }: PredictionsResult): Figure {
  return {
    kind: 'bars',
    id: 'drift',
    title: 'Population stability index by feature',
    note: 'Against the rows that the model was trained on; from 0.2 on a change is real.',
    x: { title: 'Feature', unit: '' },
    y: { title: 'Stability index', unit: '' },
    bars: drift.map(({ feature, psi }) => ({ label: feature, value: psi })),
    areBits: false,
  };
}
