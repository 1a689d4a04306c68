import { z } from 'zod';
import { numberField, usageFields } from './fields.ts';

/** Scores of a learner in the order in which they decide; those of values follow those of classes. */
export const metricTitles = [
  { id: 'accuracy', title: 'Accuracy', test: 'Test accuracy', better: 'higher' },
  {
    id: 'balancedAccuracy',
    title: 'Balanced accuracy',
    test: 'Balanced test accuracy',
    better: 'higher',
  },
  {
    id: 'auc',
    title: 'Area under the ROC curve',
    test: 'Area under the ROC curve',
    better: 'higher',
  },
  { id: 'f1', title: 'F1 score', test: 'F1 score, test', better: 'higher' },
  { id: 'logLoss', title: 'Logarithmic loss', test: 'Logarithmic loss, test', better: 'lower' },
  { id: 'r2', title: 'R²', test: 'R², test', better: 'higher' },
  { id: 'mse', title: 'Mean square error', test: 'Mean square error, test', better: 'lower' },
  { id: 'rmse', title: 'Root mean square error', test: 'Root mean square, test', better: 'lower' },
  { id: 'mae', title: 'Mean absolute error', test: 'Mean absolute error, test', better: 'lower' },
  { id: 'qlike', title: 'QLIKE', test: 'QLIKE, test', better: 'lower' },
] as const;

export type MetricName = (typeof metricTitles)[number]['id'];

function scoresOf<T extends z.ZodType>(each: T) {
  return z.object({
    accuracy: each.optional(),
    balancedAccuracy: each.optional(),
    f1: each.optional(),
    auc: each.optional(),
    logLoss: each.optional(),
    mse: each.optional(),
    rmse: each.optional(),
    mae: each.optional(),
    r2: each.optional(),
    qlike: each.optional(),
  });
}

const part = scoresOf(z.object({ mean: numberField, stderr: numberField }).nullable());
export const foldPart = scoresOf(numberField.nullable());

const scoreFields = {
  /** Means over the folds; the standard error is NaN for one fold alone. */
  metrics: z.object({ train: part, test: part }),
  perFold: z.array(
    z.object({ train: foldPart, test: foldPart, supportCount: z.number().optional() }),
  ),
};

/** What a run of any learner has. */
export const learnedFields = {
  ...scoreFields,
  /** A name that equal settings share. */
  model: z.string(),
  /** Every test row with its decision in the fold that tested it; above 0 stands for class 1. Of a regression, the value. */
  predictions: z.array(
    z.object({
      row: z.number(),
      label: z.number(),
      fold: z.number(),
      decision: z.number(),
      /** Of class 1, where the learner gives one. */
      probability: z.number().optional(),
    }),
  ),
  data: z.object({
    rows: z.number(),
    features: z.array(z.string()),
    /** Of a classification. */
    positiveClass: z.string().optional(),
    /** Of a regression: what is told. */
    target: z.string().optional(),
  }),
  /** Steps on the features, in their order, fitted inside each training part. */
  preprocessing: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  /** Of a linear learner, one a feature after preprocessing: of the only fold, or fitted on all rows. */
  coefficients: z.array(numberField).optional(),
  intercept: numberField.optional(),
  /** Another learner on the same folds. */
  baseline: z.object({ algorithm: z.string(), ...scoreFields }).optional(),
  ...usageFields,
};

const learned = z.object(learnedFields);

/** What readings of a learner look at. */
export type Learned = z.infer<typeof learned>;

export type Scores = z.infer<typeof foldPart>;
