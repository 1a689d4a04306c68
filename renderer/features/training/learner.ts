import { z } from 'zod';

const meanSchema = z
  .object({ mean: z.number(), stderr: z.union([z.number(), z.string()]).nullable() })
  .transform(({ mean, stderr }) => ({ mean, stderr: typeof stderr === 'number' ? stderr : null }))
  .nullish();
const partSchema = z.object({
  accuracy: meanSchema,
  balancedAccuracy: meanSchema,
  auc: meanSchema,
  f1: meanSchema,
});
const foldPartSchema = z.object({
  accuracy: z.number(),
  balancedAccuracy: z.number(),
  auc: z.number().nullable(),
  f1: z.number(),
});
const foldSchema = z.object({ train: foldPartSchema, test: foldPartSchema });
const runSchema = z.object({
  metrics: z.object({ train: partSchema, test: partSchema }),
  perFold: z.array(foldSchema),
});

/** The result of a learner, with that of its baseline on the same folds (CONTRACT §4). */
export const learnerSchema = runSchema.extend({
  baseline: runSchema.extend({ algorithm: z.string() }).optional(),
  predictions: z
    .array(z.object({ label: z.number(), fold: z.number(), decision: z.number() }))
    .default([]),
  data: z
    .object({ rows: z.number(), features: z.array(z.string()), positiveClass: z.string() })
    .optional(),
});

export type LearnerResult = z.infer<typeof learnerSchema>;
export type LearnerMetric = (typeof learnerMetrics)[number];

/** What is said of a classifier, in the order in which it should be read. */
export const learnerMetrics = ['accuracy', 'balancedAccuracy', 'auc', 'f1'] as const;

export interface MeanAndError {
  readonly mean: number;
  /** Null where one fold alone tells nothing of the spread. */
  readonly stderr: number | null;
}

/** Learner minus baseline, paired by fold; null where a fold lacks one of them. */
export function differenceOf(result: LearnerResult, metric: LearnerMetric): MeanAndError | null {
  const { baseline, perFold } = result;
  if (baseline === undefined) return null;
  const differences = perFold.flatMap(({ test }, k) => {
    const theirs = baseline.perFold[k]?.test[metric] ?? null;
    const ours = test[metric];
    return ours === null || theirs === null ? [] : [ours - theirs];
  });
  if (differences.length === 0) return null;
  const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length;
  const square = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const count = differences.length;
  return { mean, stderr: count > 1 ? Math.sqrt(square / (count - 1) / count) : null };
}

/** Counts of the test rows of all folds: `[actual][predicted]`, class 0 first. */
export type Confusion = readonly [readonly [number, number], readonly [number, number]];

export function confusionOf({ predictions }: Pick<LearnerResult, 'predictions'>): Confusion | null {
  if (predictions.length === 0) return null;
  const counts: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ];
  for (const { label, decision } of predictions) {
    counts[label === 1 ? 1 : 0][decision > 0 ? 1 : 0] += 1;
  }
  return counts;
}

/** Share of the larger class: the accuracy of always naming it. Null where rows are not listed. */
export function majorityShareOf({
  predictions,
}: Pick<LearnerResult, 'predictions'>): number | null {
  if (predictions.length === 0) return null;
  const positive = predictions.filter(({ label }) => label === 1).length / predictions.length;
  return Math.max(positive, 1 - positive);
}
