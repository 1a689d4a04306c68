import { AppError } from '#shared/base/errors.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import type { Table } from '../storage/table.ts';
import { JobFolder } from './job-folder.ts';
import { hasEnded, type JobRow, summaryOf } from './job-row.ts';

export interface JobRecordsOptions {
  readonly rows: Table<JobRow>;
  /** Where each job has its folder. */
  readonly folder: string;
  readonly hub: EventHub;
  readonly now: () => Date;
  /** Seconds that a job still needs, null where nothing tells. */
  readonly secondsLeft: (jobId: string) => number | null;
}

/** What is kept of jobs, their rows and folders, and what listeners are told of a change. */
export class JobRecords {
  readonly #options: JobRecordsOptions;

  constructor(options: JobRecordsOptions) {
    this.#options = options;
  }

  all(): JobRow[] {
    return this.#options.rows.all();
  }

  row(jobId: string): JobRow {
    const row = this.#options.rows.get(jobId);
    if (row !== undefined) return row;
    throw new AppError(
      'not-found',
      `There is no job “${jobId}”. “ketbench jobs list” shows them.`,
      { jobId },
    );
  }

  /** The row of a job that can still be `done` something with. */
  unfinished(jobId: string, done: string): JobRow {
    const row = this.row(jobId);
    if (!hasEnded(row)) return row;
    throw new AppError('conflict', `This job is ${row.status} and cannot be ${done}.`, { jobId });
  }

  summary(row: JobRow): JobSummary {
    return summaryOf(row, this.#options.secondsLeft(row.jobId));
  }

  folder(jobId: string): JobFolder {
    return new JobFolder(this.#options.folder, jobId);
  }

  add(row: JobRow): Promise<void> {
    return this.#options.rows.put(row);
  }

  /** Changes what is shown; at 20 changes a second the disk waits for the next change of state. */
  show(jobId: string, change: Partial<JobRow>): void {
    this.#options.rows.replaceInMemory({ ...this.row(jobId), ...change });
  }

  patch(jobId: string, change: Partial<JobRow>): void {
    // The row exists, so no shard is opened and the promise holds nothing to wait for.
    void this.#options.rows.put({ ...this.row(jobId), ...change });
  }

  /** A change of state: on disk before it is told. */
  async change(jobId: string, change: Partial<JobRow>): Promise<void> {
    this.patch(jobId, change);
    await this.flush();
    this.emit(jobId);
  }

  flush(): Promise<void> {
    return this.#options.rows.flush();
  }

  emit(jobId: string): void {
    this.#options.hub.emit('jobs.changed', this.summary(this.row(jobId)));
  }

  /** A line of the job's log. */
  say(jobId: string, text: string): void {
    this.folder(jobId).say(this.#options.now(), text);
  }

  async remove(jobId: string): Promise<void> {
    this.#options.rows.remove(jobId);
    await this.flush();
    await this.folder(jobId).remove();
    this.#options.hub.emit('jobs.removed', { jobId });
  }
}
