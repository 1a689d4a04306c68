import { z } from 'zod';
import { shotsSchema } from './sizes.ts';
import { errorCodes } from '../base/errors.ts';
import { splitAims } from '../devices/shares.ts';
import { noiseModelSchema } from './noise.ts';
import type { Problem, ProblemKind } from '../problems/problem-kind.ts';
import { problemSchemaOf } from '../problems/problem.ts';

export const jobStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A problem whose kind, like the algorithm beside it, only the engine that runs it knows. */
const anyProblem: z.ZodType<Problem> = z.looseObject({ kind: z.string() });

/** What can be asked to run. Problem, settings and mitigation are checked against the catalog as well. */
export const jobSpecSchema = z.strictObject({
  algorithm: z.string(),
  problem: anyProblem,
  settings: z.record(z.string(), z.unknown()).default({}),
  backend: z.union([z.string(), z.array(z.string()).min(1)]).default('simulator'),
  /** By what a job on several backends is spread over them. */
  split: z.enum(splitAims).optional(),
  /** Null: exact expectations. */
  shots: shotsSchema.nullable().default(null),
  /** Sampled expectations stop once their standard error is at or below this; `shots` is the most. */
  targetError: z.number().gt(0).optional(),
  seed: z.int().gte(0).default(0),
  mitigation: z.array(z.looseObject({ technique: z.string() })).default([]),
  noise: z.union([noiseModelSchema, z.string()]).optional(),
  /** Id of a gradient method; the best that the job allows where it is left out. */
  gradient: z.string().optional(),
  limits: z
    .strictObject({
      seconds: z.number().gt(0).optional(),
      cost: z.number().gte(0).optional(),
      memoryBytes: z.number().gt(0).optional(),
    })
    .optional(),
  name: z.string().max(200).optional(),
  tags: z.array(z.string()).optional(),
  modelId: z.string().optional(),
});

/** The same with problems of these kinds, each as its fields say. */
export function jobSpecSchemaFor(kinds: readonly ProblemKind[]) {
  return jobSpecSchema.extend({ problem: problemSchemaOf(kinds) });
}

export type JobSpec = z.infer<typeof jobSpecSchema>;

export const errorDataSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** The document of a job (CONTRACT §4). All that differs between two equal runs is in `measured`. */
export const jobDocumentSchema = z.object({
  jobId: z.string(),
  status: z.enum(jobStatuses),
  phase: z.string().optional(),
  algorithm: z.string(),
  qpuBackend: z.string(),
  seed: z.number(),
  result: z.unknown(),
  warnings: z.array(z.string()),
  provenance: z.record(z.string(), z.unknown()),
  cost: z.number().nullable(),
  measured: z
    .object({
      submittedAt: z.string(),
      completedAt: z.string().nullable(),
      /** Seconds spent running, pauses left out. */
      executionTime: z.number(),
    })
    .catchall(z.unknown()),
  error: errorDataSchema.optional(),
});

export type JobDocument = z.infer<typeof jobDocumentSchema>;

/** A row of the job list. */
export const jobSummarySchema = z.object({
  jobId: z.string(),
  name: z.string(),
  algorithm: z.string(),
  problemKind: z.string(),
  /** Set where the job is a part of a comparison. */
  benchmarkId: z.string().nullable().default(null),
  qpuBackend: z.string(),
  status: z.enum(jobStatuses),
  /** paused, waiting, pausing, finishing, cancelling … where `status` alone does not say it. */
  phase: z.string().nullable(),
  priority: z.number(),
  submittedAt: z.string(),
  completedAt: z.string().nullable(),
  executionTime: z.number(),
  cost: z.number().nullable(),
  /** 0 to 1, null while unknown. */
  fraction: z.number().nullable(),
  /** Estimated seconds until the end, null while unknown. */
  secondsLeft: z.number().nullable(),
  /** One line that says where it stands, e.g. "iteration 40 of 120". */
  message: z.string(),
  canPause: z.boolean(),
  /** Whether it can be asked to stop where it is with a result of what it has. */
  canFinish: z.boolean().default(false),
  /** Latest value of each metric, e.g. loss. */
  metrics: z.record(z.string(), z.number()),
  tags: z.array(z.string()).default([]),
  error: errorDataSchema.nullable(),
});

export type JobSummary = z.infer<typeof jobSummarySchema>;
