import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { numberField } from '../results/fields.ts';
import { fittedStepSchema } from './fitted-step.ts';
import { profileSchema } from './profile.ts';

/** Families of quantum models, by which REST and the table `qml_models` sort them. */
export const modelFamilies = ['QSVM', 'QNN', 'QPCA'] as const;

export type ModelFamily = (typeof modelFamilies)[number];

/** What is told of a row: one of two classes, a value, or a value of a series to come. */
export const modelTasks = ['classes', 'values', 'series'] as const;

/** What a run of a learner leaves to predict with. */
export const trainedSchema = z.strictObject({
  /** The algorithm that learned it. */
  learner: z.string(),
  task: z.enum(modelTasks),
  /** Null: it is classical. */
  family: z.enum(modelFamilies).nullable(),
  features: z.array(z.string()),
  /** Words of a feature that is no number, which count as 0 and 1. */
  words: z.record(z.string(), z.array(z.string()).max(2)),
  target: z.string(),
  /** The class that counts as 0 and the one that counts as 1; null where values are told. */
  classes: z.tuple([z.string(), z.string()]).nullable(),
  /** Preprocessing, fitted to the rows that it was trained on. */
  steps: z.array(fittedStepSchema),
  /** What the learner itself keeps. */
  fitted: z.unknown(),
  /** How many rows it was fitted to: the training part of the only fold, or all rows that some fold uses. */
  rows: z.int().gte(1),
  rowsAre: z.enum(['training-part', 'all-rows']),
  profile: profileSchema,
  /** What 95 % of the unseen rows of the folds miss their value by at most; null for classes, or of fewer than 19. */
  residual: z.number().nullable(),
  /** OpenQASM 3 of what is asked about a row, its features open; null where it is classical. */
  circuit: z.string().nullable(),
});

export type TrainedModel = z.output<typeof trainedSchema>;

const scores = z.record(
  z.string(),
  z.object({ mean: numberField, stderr: numberField }).nullable(),
);
const twoParts = z.object({ train: scores, test: scores });

const specSchema = z.looseObject({
  algorithm: z.string(),
  problem: z.looseObject({ kind: z.string() }),
  settings: z.record(z.string(), z.unknown()),
  seed: z.number(),
});

export const keptModelVersion = 1;

/** A model as it is kept, exported and brought in again. */
export const keptModelSchema = z.strictObject({
  format: z.literal('ketbench-model'),
  version: z.literal(keptModelVersion),
  modelId: z.string().min(1).max(200),
  name: z.string().max(200),
  trained: trainedSchema,
  /** The job spec that made it. */
  spec: specSchema,
  metrics: twoParts,
  baseline: z.object({ algorithm: z.string(), metrics: twoParts }).nullable(),
  /** SHA-256 of each file that it was trained from, by the name in the spec. */
  data: z.record(z.string(), z.string()),
  lineage: z.strictObject({
    jobId: z.string(),
    ketbench: z.string(),
    trainedAt: z.string(),
    /** USD; null where it is not known. */
    cost: z.number().nullable(),
    seconds: z.number(),
    backend: z.string(),
    provenance: z.record(z.string(), z.unknown()),
    /** The checksum of the model that it stands in place of. */
    trainedFrom: z.string().nullable(),
    warnings: z.array(z.string()),
  }),
  /** SHA-256 of everything else. */
  checksum: z.string(),
});

export type KeptModel = z.output<typeof keptModelSchema>;

/** Reads a kept model; what is none is `bad-input` and told with the place. Its checksum is not looked at here. */
export function parseKeptModel(text: string, name: string): KeptModel {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (thrown) {
    throw new AppError(
      'bad-input',
      `“${name}” is no model: it is not whole JSON (${(thrown as Error).message}). Export the model again.`,
      { name },
    );
  }
  const { format, version } = (typeof data === 'object' && data !== null ? data : {}) as Record<
    string,
    unknown
  >;
  if (format !== 'ketbench-model') {
    throw new AppError(
      'bad-input',
      `“${name}” is no model: a file that “ketbench models export” wrote is expected, which says "format": "ketbench-model".`,
      { name },
    );
  }
  if (version !== keptModelVersion) {
    throw new AppError(
      'unsupported',
      `“${name}” is a model of version ${JSON.stringify(version)}; this Ketbench reads version ${keptModelVersion}. Use the Ketbench that wrote it, or a newer one.`,
      { name },
    );
  }
  const parsed = keptModelSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError(
    'bad-input',
    `“${name}” is damaged at “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'it cannot be read'}. Export the model again.`,
    { name, path: issue?.path.join('.') ?? '' },
  );
}
