import type { AppError } from '#shared/base/errors.ts';
import { toPlainJson } from '#shared/ipc/plain-json.ts';
import { errorToData } from '#shared/ipc/wire.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import type { JobOutcome } from '#engine/programs/outcome.ts';
import type { JobRow } from '../storage/job-row.ts';

type Provenance = Readonly<Record<string, unknown>>;

/** The document of a job that has no result (yet). */
export function documentOf(row: JobRow, provenance: Provenance): JobDocument {
  return {
    jobId: row.jobId,
    status: row.status,
    ...(row.phase === null ? {} : { phase: row.phase }),
    algorithm: row.algorithm,
    qpuBackend: row.qpuBackend,
    seed: row.seed,
    result: null,
    warnings: [],
    provenance: { ...provenance },
    cost: row.cost,
    measured: {
      submittedAt: row.submittedAt,
      completedAt: row.completedAt,
      executionTime: row.executionTime,
    },
  };
}

/** With its result as plain JSON, so that it is the same bytes wherever it is shown. */
export function finishedDocumentOf(
  row: JobRow,
  provenance: Provenance,
  outcome: JobOutcome,
): JobDocument {
  return {
    ...documentOf(row, { ...provenance, ...outcome.provenance }),
    result: toPlainJson(outcome.result),
    warnings: [...outcome.warnings],
  };
}

export function failureDocumentOf(
  row: JobRow,
  provenance: Provenance,
  error: AppError,
): JobDocument {
  const { code, message, details } = errorToData(error);
  // A result is of a run that has ended by itself; what a stopped one had reached stands beside its end.
  const reached = row.soFar === null ? {} : { soFar: row.soFar };
  return {
    ...documentOf(row, provenance),
    error: { code, message, details: { ...details, ...reached } },
  };
}
