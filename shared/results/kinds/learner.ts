import { z } from 'zod';
import { numberField, usageFields } from '../fields.ts';
import {
  chanceNotes,
  confusionOf,
  decisionFigure,
  differenceOf,
  rocFigure,
} from '../learner-figures.ts';
import type { Reading } from '../reading.ts';
import { defineResult } from '../result-kind.ts';

const mean = z.object({ mean: z.number(), stderr: numberField }).nullable();
const part = z.object({ accuracy: mean, balancedAccuracy: mean, f1: mean, auc: mean });
const foldPart = z.object({
  accuracy: z.number(),
  balancedAccuracy: z.number(),
  f1: z.number(),
  /** Null where only one class is present. */
  auc: z.number().nullable(),
});

const run = {
  /** Means over the folds; the standard error is NaN for one fold alone. */
  metrics: z.object({ train: part, test: part }),
  perFold: z.array(z.object({ train: foldPart, test: foldPart, supportCount: z.number() })),
};

const schema = z.object({
  ...run,
  /** A name that equal settings share. */
  model: z.string(),
  /** Every row's decision in the fold that tested it; above 0 stands for class 1. */
  predictions: z.array(
    z.object({
      row: z.number(),
      label: z.number(),
      fold: z.number(),
      decision: z.number(),
    }),
  ),
  data: z.object({
    rows: z.number(),
    features: z.array(z.string()),
    positiveClass: z.string(),
  }),
  /** A classical learner on the same folds. */
  baseline: z.object({ algorithm: z.string(), ...run }).optional(),
  ...usageFields,
});

/** A learner on the rows of its test parts, and on those that it was trained with. */
export type LearnerResult = z.infer<typeof schema>;

const metrics = [
  ['accuracy', 'Accuracy', 'Test accuracy'],
  ['balancedAccuracy', 'Balanced accuracy', 'Balanced test accuracy'],
  ['auc', 'Area under the ROC curve', 'Area under the ROC curve'],
  ['f1', 'F1 score', 'F1 score, test'],
] as const;

export const learner = defineResult({
  kind: 'learner',
  title: 'Learner',
  summary: 'How well a classifier did on rows that it had not seen, fold by fold.',
  schema,
  metrics: metrics.map(([id, , title]) => ({
    id,
    title,
    unit: '',
    better: 'higher' as const,
    of: (result: LearnerResult) => result.metrics.test[id]?.mean ?? null,
  })),
  live: [
    { id: 'testAccuracy', title: 'Test accuracy', unit: '', better: 'higher' },
    { id: 'baselineAccuracy', title: 'Accuracy of the baseline', unit: '', better: 'higher' },
  ],
  read: readLearner,
});

function readLearner(result: LearnerResult): Reading {
  const { baseline, data, perFold } = result;
  const { test, train } = result.metrics;
  const of = (one: z.infer<typeof mean>) =>
    one === null ? null : { value: one.mean, stderr: one.stderr };
  const none = { value: Number.NaN, stderr: null };
  const folds = perFold.length === 1 ? '1 fold' : `${perFold.length} folds`;
  const confusion = confusionOf(result.predictions);
  const classes = [`not ${data.positiveClass}`, data.positiveClass];
  return {
    headline: { title: 'Test accuracy', value: of(test.accuracy) ?? none },
    facts: [
      { title: 'Balanced', value: of(test.balancedAccuracy) ?? none },
      { title: 'AUC', value: of(test.auc) ?? none },
      { title: 'F1', value: of(test.f1) ?? none },
    ],
    notes: [
      {
        tone: 'plain',
        text: `Mean ± standard error over the test parts of ${folds}, ${data.rows} rows.`,
      },
      ...chanceNotes(result.predictions, test.accuracy?.mean ?? 0),
    ],
    tables: [
      {
        id: 'means',
        title: 'Means over the folds',
        columns: [
          { id: 'metric', title: 'Metric' },
          { id: 'test', title: 'Test' },
          { id: 'train', title: 'Training' },
          ...(baseline === undefined
            ? []
            : [
                { id: 'baseline', title: `Baseline (${baseline.algorithm}), test` },
                { id: 'difference', title: 'Difference, paired by fold' },
              ]),
        ],
        rows: metrics.map(([id, title]) => [
          title,
          of(test[id]),
          of(train[id]),
          ...(baseline === undefined
            ? []
            : [of(baseline.metrics.test[id]), differenceOf(perFold, baseline.perFold, id)]),
        ]),
      },
      {
        id: 'confusion',
        title: 'Confusion matrix',
        columns: [
          { id: 'actual', title: 'Actual' },
          ...classes.map((name) => ({ id: `predicted ${name}`, title: `predicted ${name}` })),
        ],
        rows: classes.map((name, actual) => [name, ...(confusion[actual] ?? [])]),
      },
      {
        id: 'folds',
        title: 'Test results by fold',
        isDetail: true,
        columns: [
          { id: 'fold', title: 'Fold' },
          ...metrics.map(([id, title]) => ({ id, title })),
          ...(baseline === undefined
            ? []
            : [{ id: 'baseline', title: 'Accuracy of the baseline' }]),
        ],
        rows: perFold.map(({ test: own }, k) => [
          k + 1,
          ...metrics.map(([id]) => own[id]),
          ...(baseline === undefined ? [] : [baseline.perFold[k]?.test.accuracy ?? null]),
        ]),
      },
      {
        id: 'predictions',
        title: 'Predictions',
        isDetail: true,
        columns: [
          { id: 'row', title: 'Row' },
          { id: 'label', title: 'Class' },
          { id: 'fold', title: 'Fold' },
          { id: 'decision', title: 'Decision' },
        ],
        rows: result.predictions.map(({ row, label, fold, decision }) => [
          row,
          classes[label] ?? label,
          fold + 1,
          decision,
        ]),
      },
    ],
    figures: [
      rocFigure(result.predictions),
      decisionFigure(result.predictions, classes),
      {
        kind: 'heat-map',
        id: 'confusion',
        title: 'Confusion matrix of the test rows',
        x: { title: 'Predicted', unit: '' },
        y: { title: 'Actual', unit: '' },
        rows: classes,
        columns: classes,
        values: confusion,
      },
    ],
  };
}
