import { z } from 'zod';
import { modelFamilies, modelTasks } from './kept-model.ts';

/** The family of a quantum model, or that it is classical. */
export const modelTypes = [...modelFamilies, 'CLASSICAL'] as const;

const means = z.record(z.string(), z.number());

/** A row of the table of trained models (`qml_models`). */
export const modelRowSchema = z.object({
  modelId: z.string(),
  name: z.string(),
  modelType: z.enum(modelTypes),
  /** The exact algorithm; `modelType` is its family. */
  architecture: z.string(),
  trainingDataSetId: z.string().nullable(),
  /** The algorithm that ran on the same folds; null without one. */
  classicalEquivalentId: z.string().nullable().default(null),
  jobId: z.string(),
  accuracy: z.number().nullable(),
  trainAccuracy: z.number().nullable(),
  /** Of the classical method on the same splits; null without one. */
  baselineAccuracy: z.number().nullable().default(null),
  /** Means over the folds, by the name of the score. */
  metrics: means.default({}),
  trainMetrics: means.default({}),
  baselineMetrics: means.default({}),
  /** Null in rows of versions that kept no model. */
  task: z.enum(modelTasks).nullable().default(null),
  target: z.string().nullable().default(null),
  features: z.array(z.string()).default([]),
  rows: z.number().nullable().default(null),
  backend: z.string().default('simulator'),
  /** The checksum of the model, by which its file is found; null in rows of versions that kept none. */
  checksum: z.string().nullable().default(null),
  trainingSeconds: z.number(),
  createdAt: z.string(),
  lastTrainedAt: z.string(),
});

export type ModelRow = z.infer<typeof modelRowSchema>;

/** The score that decides first, as the window shows it; null where there is none. */
export function leadingMetric({ metrics }: Pick<ModelRow, 'metrics'>): string | null {
  return ['accuracy', 'r2', 'mse'].find((name) => metrics[name] !== undefined) ?? null;
}
