import { z } from 'zod';
import { errorDataSchema, type JobSpec, jobStatuses, type JobSummary } from '#shared/jobs/job.ts';

/** What the library keeps of a job in its table; spec, log, curves and result lie in its folder. */
export const jobRowSchema = z.object({
  jobId: z.string(),
  name: z.string(),
  algorithm: z.string(),
  problemKind: z.string(),
  qpuBackend: z.string(),
  seed: z.number(),
  modelId: z.string().nullable(),
  tags: z.array(z.string()).default([]),
  /** Set where the job is a part of a benchmark. */
  benchmarkId: z.string().nullable(),
  /** Which run of its benchmark: "contender:seed", both as positions in the spec. */
  benchmarkRun: z.string().nullable().default(null),
  status: z.enum(jobStatuses),
  phase: z.string().nullable(),
  priority: z.number(),
  submittedAt: z.string(),
  completedAt: z.string().nullable(),
  executionTime: z.number(),
  cost: z.number().nullable(),
  fraction: z.number().nullable(),
  message: z.string(),
  canPause: z.boolean(),
  /** Null until its thread has looked at it. */
  canFinish: z.boolean().nullable().default(null),
  /** It was asked to finish where it is: whoever goes on with it asks it again. */
  isFinishing: z.boolean().default(false),
  metrics: z.record(z.string(), z.number()),
  /** What a variational run could be stopped with. */
  soFar: z
    .object({ value: z.number(), parameters: z.record(z.string(), z.array(z.number()).readonly()) })
    .nullable()
    .default(null),
  error: errorDataSchema.nullable(),
  /** SHA-256 of the final document, which finds a flipped bit; null in rows of older versions. */
  documentHash: z.string().nullable().default(null),
});

export type JobRow = z.infer<typeof jobRowSchema>;

/** Describes a job for the list before anything of it has run. */
export function rowOf(
  spec: JobSpec,
  given: Pick<JobRow, 'jobId' | 'priority' | 'submittedAt' | 'benchmarkId' | 'benchmarkRun'>,
): JobRow {
  return {
    ...given,
    name: spec.name ?? `${spec.algorithm} on a ${spec.problem.kind} problem`,
    algorithm: spec.algorithm,
    problemKind: spec.problem.kind,
    qpuBackend: typeof spec.backend === 'string' ? spec.backend : spec.backend.join(', '),
    seed: spec.seed,
    modelId: spec.modelId ?? null,
    tags: spec.tags ?? [],
    status: 'queued',
    phase: null,
    completedAt: null,
    executionTime: 0,
    cost: null,
    fraction: null,
    message: '',
    canPause: true,
    canFinish: null,
    isFinishing: false,
    metrics: {},
    soFar: null,
    error: null,
    documentHash: null,
  };
}

export function summaryOf(row: JobRow, secondsLeft: number | null): JobSummary {
  const {
    seed: _seed,
    modelId: _modelId,
    benchmarkRun: _benchmarkRun,
    soFar: _soFar,
    canFinish,
    isFinishing: _isFinishing,
    documentHash: _hash,
    ...shown
  } = row;
  return { ...shown, canFinish: canFinish ?? false, secondsLeft };
}

export function hasEnded(row: Pick<JobRow, 'status'>): boolean {
  return row.status === 'completed' || row.status === 'failed' || row.status === 'cancelled';
}
