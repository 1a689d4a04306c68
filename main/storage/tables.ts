import { join } from 'node:path';
import { z } from 'zod';
import { jobStatuses } from '#shared/jobs/job.ts';
import { type ModelRow, modelRowSchema } from '#shared/models/model-summary.ts';
import { jobRowSchema, type JobRow } from './job-row.ts';
import { AppendFile } from './append-file.ts';
import type { Notify } from './stored-document.ts';
import { Table } from './table.ts';

/** A comparison; its whole document lies in its own folder. */
const benchmarkRowSchema = z.object({
  benchmarkId: z.string(),
  name: z.string(),
  task: z.string(),
  status: z.enum(jobStatuses),
  /** jobIds[contender][seed], in the order of the spec. */
  jobIds: z.array(z.array(z.string())),
  fraction: z.number().nullable(),
  verdict: z.string().nullable(),
  executedAt: z.string(),
});

export type BenchmarkRow = z.infer<typeof benchmarkRowSchema>;

/** What a job used of its backend. */
const utilizationRowSchema = z.object({
  id: z.string(),
  qpuBackend: z.string(),
  qubitsUsed: z.number().nullable(),
  gateOperations: z.number().nullable(),
  circuits: z.number().nullable(),
  shots: z.number().nullable(),
  coherenceTimes: z.record(z.string(), z.number()).nullable(),
  errorRates: z.record(z.string(), z.number()).nullable(),
  jobId: z.string(),
  timestamp: z.string(),
});

export type UtilizationRow = z.infer<typeof utilizationRowSchema>;

/** The four tables of a library (CONTRACT §5). */
export interface Tables {
  readonly jobs: Table<JobRow>;
  readonly models: Table<ModelRow>;
  readonly benchmarks: Table<BenchmarkRow>;
  readonly utilization: AppendFile<UtilizationRow>;
}

/** Opens the tables below a folder. */
export async function openTables(folder: string, notify: Notify): Promise<Tables> {
  const table = <T>(name: string, row: z.ZodType<T>, keyOf: (row: T) => string) =>
    Table.open(join(folder, name), { schemaVersion: 1, row, keyOf }, notify);
  return {
    jobs: await table('jobs', jobRowSchema, (row) => row.jobId),
    models: await table('models', modelRowSchema, (row) => row.modelId),
    benchmarks: await table('benchmarks', benchmarkRowSchema, (row) => row.benchmarkId),
    utilization: AppendFile.open(join(folder, 'utilization.jsonl'), utilizationRowSchema, notify),
  };
}

/** Writes what is open in the tables. */
export async function flushTables({ jobs, models, benchmarks }: Tables): Promise<void> {
  await jobs.flush();
  await models.flush();
  await benchmarks.flush();
}
