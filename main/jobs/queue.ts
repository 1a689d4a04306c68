import { hasEnded, type JobRow } from './job-row.ts';

/** Whether a job could start (or go on after a pause) as soon as a thread is free. */
function isReady(row: JobRow): boolean {
  return !hasEnded(row) && (row.phase === 'waiting' || (row.status === 'queued' && row.phase === null));
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
