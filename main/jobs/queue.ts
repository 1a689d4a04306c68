import type { JobStatus } from '#shared/jobs/job.ts';
import { hasEnded, type JobRow } from '../storage/job-row.ts';

/** Whether a job could start (or go on after a pause) as soon as a thread is free. */
function isReady(row: JobRow): boolean {
  return (
    !hasEnded(row) && (row.phase === 'waiting' || (row.status === 'queued' && row.phase === null))
  );
}

/** The next job to start: the highest priority first, then the oldest; null where none is ready. */
export function nextInQueue(
  rows: readonly JobRow[],
  mayStart: (row: JobRow) => boolean,
): JobRow | null {
  let best: JobRow | null = null;
  for (const row of rows) {
    if (!isReady(row) || !mayStart(row)) continue;
    const isBefore =
      best === null ||
      row.priority > best.priority ||
      (row.priority === best.priority && row.submittedAt < best.submittedAt);
    if (isBefore) best = row;
  }
  return best;
}

/** How many jobs stand before a thread. */
export function queueLength(rows: readonly JobRow[]): number {
  return rows.filter(isReady).length;
}

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
