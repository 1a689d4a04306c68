import { z } from 'zod';
import { errorCodes } from '../base/errors.ts';
import { forecastSchema } from '../jobs/forecast.ts';
import { jobStatuses } from '../jobs/job.ts';
import { noiseModelSchema } from '../jobs/noise.ts';
import { shotsSchema } from '../jobs/sizes.ts';
import { modelFamilies } from '../models/kept-model.ts';

/** A job as REST tells it (CONTRACT §5). */
export const quantumJobSchema = z.object({
  jobId: z.string(),
  modelId: z.string().nullable(),
  algorithm: z.string(),
  qpuBackend: z.string(),
  status: z.enum(jobStatuses),
  /** Seconds. */
  executionTime: z.number(),
  /** USD. */
  cost: z.number().nullable(),
  /** The metric minus its classical baseline's; null without one. */
  accuracyImprovement: z.number().nullable(),
  /** 0 to 1. */
  trainingProgress: z.number().nullable(),
});

/** How a trained quantum model does. */
export const modelPerformanceSchema = z.object({
  modelId: z.string(),
  modelType: z.enum(modelFamilies),
  architecture: z.string(),
  accuracy: z.number().nullable(),
  /** 1 − max(0, score on training rows − score on unseen rows), of the accuracy or else R²; null without either. */
  generalizationScore: z.number().nullable(),
  robustnessScore: z.number().nullable(),
  /** Seconds. */
  trainingTimeQuantum: z.number(),
  trainingTimeClassical: z.number().nullable(),
  quantumAdvantageFactor: z.number().nullable(),
});

export const errorBodySchema = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
});

const page = {
  limit: z.coerce.number().int().gte(1).lte(1000).default(200),
  cursor: z.string().optional(),
};

export const statusQuerySchema = z.strictObject({
  jobId: z.string().optional(),
  status: z.enum(jobStatuses).optional(),
  ...page,
});

export const performanceQuerySchema = z.strictObject({
  modelType: z.enum(modelFamilies).optional(),
  ...page,
});

export const configureSchema = z.strictObject({
  algorithm: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
  mitigation: z.array(z.looseObject({ technique: z.string() })).optional(),
  /** What it is for: with a problem the whole job is checked and forecast. */
  problem: z.looseObject({ kind: z.string() }).optional(),
  backend: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  shots: shotsSchema.nullable().optional(),
  noise: z.union([noiseModelSchema, z.string()]).optional(),
});

/** The validated configuration with every default filled in. */
export const configurationSchema = z.object({
  algorithm: z.string(),
  settings: z.record(z.string(), z.unknown()),
  mitigation: z.array(z.looseObject({ technique: z.string() })),
  /** USD is 0 on this computer; seconds, circuits and the rest are known where a problem is given. */
  forecast: forecastSchema.partial().extend({ cost: z.number().nullable() }),
});
