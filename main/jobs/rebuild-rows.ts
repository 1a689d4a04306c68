import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { JobDocument, JobSpec } from '#shared/jobs/job.ts';
import type { Notify } from '../storage/stored-document.ts';
import { isId, namesIn } from '../storage/sweep.ts';
import type { Table } from '../storage/table.ts';
import type { BenchmarkRow } from '../storage/tables.ts';
import { JobFolder } from './job-folder.ts';
import { type JobRow, rowOf } from '../storage/job-row.ts';

/** Where rows are missing because part of the table was lost, the jobs' folders tell them again. */
export async function rebuildRows(
  folder: string,
  rows: Table<JobRow>,
  benchmarks: Table<BenchmarkRow>,
  notify: Notify,
): Promise<void> {
  const benchmarkOf = new Map(
    benchmarks
      .all()
      .flatMap(({ benchmarkId, jobIds }) =>
        jobIds.flat().map((jobId) => [jobId, benchmarkId] as const),
      ),
  );
  const found: JobRow[] = [];
  for (const jobId of namesIn(folder)) {
    if (!isId(jobId) || rows.get(jobId) !== undefined) continue;
    const row = await rowFromFolder(folder, jobId, benchmarkOf.get(jobId) ?? null);
    if (row !== null) found.push(row);
  }
  found.sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1));
  for (const row of found) await rows.put(row);
  if (found.length > 0)
    notify('warning', `${found.length} jobs were found again by their folders.`);
}

/** Null where the folder does not even say what the job was. */
async function rowFromFolder(
  folder: string,
  jobId: string,
  benchmarkId: string | null,
): Promise<JobRow | null> {
  const job = new JobFolder(folder, jobId);
  const document = await job.readDocument().catch(() => null);
  const spec = await job.readSpec().catch(() => null);
  if (spec === null) return null;
  const submittedAt = document?.measured.submittedAt ?? dateOf(join(job.path, 'spec.json'));
  // Where a benchmark names the job, it names its place as well.
  const row = rowOf(spec, { jobId, priority: 0, submittedAt, benchmarkId, benchmarkRun: null });
  return document === null ? row : withEnd(row, document, spec);
}

function withEnd(row: JobRow, document: JobDocument, spec: JobSpec): JobRow {
  const { status, cost, measured, error } = document;
  return {
    ...row,
    modelId: spec.modelId ?? null,
    status,
    cost,
    completedAt: measured.completedAt,
    executionTime: measured.executionTime,
    fraction: status === 'completed' ? 1 : null,
    error: error ?? null,
  };
}

function dateOf(path: string): string {
  return new Date(statSync(path).mtimeMs).toISOString();
}
