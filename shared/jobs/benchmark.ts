import { z } from 'zod';
import type { ProblemKind } from '../problems/problem-kind.ts';
import { problemSchemaOf } from '../problems/problem.ts';
import { jobSpecSchema } from './job.ts';
import { seedsSchema, shotsSchema } from './sizes.ts';

/** Competing methods on one problem over several seeds. The first contender is the one that is judged. */
export const benchmarkSpecSchema = z.strictObject({
  name: z.string().min(1).max(200),
  task: z.string().default(''),
  problem: jobSpecSchema.shape.problem,
  contenders: z
    .array(
      z.strictObject({
        label: z.string().min(1),
        algorithm: z.string(),
        kind: z.enum(['quantum', 'classical']),
        settings: z.record(z.string(), z.unknown()).default({}),
        backend: z.string().default('simulator'),
        shots: shotsSchema.nullable().default(null),
        noise: jobSpecSchema.shape.noise,
        mitigation: jobSpecSchema.shape.mitigation,
      }),
    )
    .min(2),
  seeds: seedsSchema.default([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  /** By which the verdict is given; left out = the first that every contender has. */
  metric: z.string().optional(),
  /** Which others are told; left out = all. */
  metrics: z.array(z.string()).min(1).optional(),
  /** Of the p-values of one metric, for the number of contenders. */
  correction: z.enum(['holm', 'none']).default('holm'),
  /** Half width of practical equality, in the unit of the metric that decides. */
  equivalence: z.number().gt(0).optional(),
  /** Confidence of the bootstrap intervals. */
  confidence: z.number().gt(0).lt(1).default(0.95),
  resamples: z.int().gte(100).default(2000),
  seed: z.int().gte(0).default(0),
});

/** The same with problems of these kinds, each as its fields say. */
export function benchmarkSpecSchemaFor(kinds: readonly ProblemKind[]) {
  return benchmarkSpecSchema.extend({ problem: problemSchemaOf(kinds) });
}

export type BenchmarkSpec = z.infer<typeof benchmarkSpecSchema>;

/** A number that may be infinite: a time to solution of runs that never find it. */
const figure = z.custom<number>((value) => typeof value === 'number');

const interval = z.object({
  mean: figure.nullable(),
  low: figure.nullable(),
  high: figure.nullable(),
  values: z.array(z.number().nullable()),
});

export const verdicts = [
  'advantage shown',
  'no advantage shown',
  'disadvantage shown',
  'undecided',
] as const;

export const rowStatuses = ['PASSED', 'SKIPPED', 'FAILED', 'XFAIL'] as const;

const benchmarkRowSchema = z.object({
  problem: z.string(),
  seed: z.number(),
  fold: z.number().nullable(),
  contender: z.string(),
  jobId: z.string(),
  status: z.enum(rowStatuses),
  metrics: z.record(z.string(), figure.nullable()),
  command: z.string(),
});

export type BenchmarkRunRow = z.infer<typeof benchmarkRowSchema>;

/** A test of the paired differences of two contenders under one metric. */
const pairedTestSchema = z.object({
  metric: z.string(),
  test: z.enum(['wilcoxon']),
  a: z.string(),
  b: z.string(),
  pairs: z.number(),
  W: z.number(),
  p: z.number(),
  /** After the correction of the spec. */
  pCorrected: z.number(),
  /** Cohen's d of the differences; null where all are equal or there is one. */
  effectSize: z.number().nullable(),
});

export type PairedTest = z.infer<typeof pairedTestSchema>;

export const benchmarkDocumentSchema = z.object({
  benchmarkId: z.string(),
  name: z.string(),
  task: z.string(),
  status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
  fraction: z.number().nullable(),
  spec: benchmarkSpecSchema,
  contenders: z.array(
    z.object({
      label: z.string(),
      algorithm: z.string(),
      kind: z.enum(['quantum', 'classical']),
      jobIds: z.array(z.string()),
      /** Metric name (approximationRatio, value, timeToSolution …) to its mean and interval over seeds. */
      metrics: z.record(z.string(), interval),
    }),
  ),
  comparisons: z.array(
    z.object({
      metric: z.string(),
      challenger: z.string(),
      baseline: z.string(),
      /** Challenger minus baseline, paired by seed; positive favours the challenger. */
      difference: z.object({ mean: figure, low: figure, high: figure }).nullable(),
      verdict: z.enum(verdicts),
    }),
  ),
  verdict: z.object({ verdict: z.enum(verdicts), text: z.string() }).nullable(),
  /** Of the spec, before the first run; a changed spec is another comparison. Left out by older versions. */
  protocol: z.object({ sha256: z.string(), frozenAt: z.string() }).optional(),
  /** One a run, with the command that repeats it. */
  rows: z.array(benchmarkRowSchema).optional(),
  tests: z.array(pairedTestSchema).optional(),
  environment: z.record(z.string(), z.unknown()).optional(),
  warnings: z.array(z.string()),
  provenance: z.record(z.string(), z.unknown()),
  measured: z.record(z.string(), z.unknown()),
  error: z
    .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) })
    .nullable(),
});

export type BenchmarkDocument = z.infer<typeof benchmarkDocumentSchema>;
