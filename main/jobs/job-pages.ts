import type { JobStatus } from '#shared/jobs/job.ts';
import type { JobRow } from '../storage/job-row.ts';

/** A part of the list of jobs. */
export interface PageFilter {
  readonly status?: JobStatus | undefined;
  readonly limit: number;
  /** The last job of the page before. */
  readonly cursor?: string | undefined;
}

/** Newest first; `next` is the cursor of the following page, null on the last one. */
export function pageOf(
  all: readonly JobRow[],
  { status, limit, cursor }: PageFilter,
): { readonly rows: readonly JobRow[]; readonly next: string | null } {
  const fitting = all.filter((row) => status === undefined || row.status === status).toReversed();
  const after = fitting.findIndex((row) => row.jobId === cursor) + 1;
  const rows = fitting.slice(after, after + limit);
  const isLast = after + rows.length >= fitting.length;
  return { rows, next: isLast ? null : (rows.at(-1)?.jobId ?? null) };
}
