import { AppError, asAppError } from '#shared/base/errors.ts';
import { isDiskFault } from '#shared/base/system-errors.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import type { Table } from '../storage/table.ts';
import { JobFolder } from './job-folder.ts';
import { hasEnded, type JobRow, summaryOf } from '../storage/job-row.ts';

export interface JobRecordsOptions {
  readonly rows: Table<JobRow>;
  /** Where each job has its folder. */
  readonly folder: string;
  readonly hub: EventHub;
  readonly now: () => Date;
  /** Seconds that a job still needs, null where nothing tells. */
  readonly secondsLeft: (jobId: string) => number | null;
  /** Told of every row that changed where it stands, and of all at the start. */
  readonly onPlace: (row: JobRow) => void;
  readonly onGone: (jobId: string) => void;
}

/** What is kept of jobs, their rows and folders, and what listeners are told of a change. */
export class JobRecords {
  readonly #options: JobRecordsOptions;

  /** Looked at in every turn of the queue, so it must not cost what all rows cost. */
  readonly #unfinished = new Set<string>();
  #diskToldAt = -Infinity;

  constructor(options: JobRecordsOptions) {
    this.#options = options;
    for (const row of options.rows.all()) this.#note(row);
  }

  /** Rows of jobs that have not ended, oldest first. */
  unfinishedRows(): JobRow[] {
    return Array.from(this.#unfinished, (jobId) => this.row(jobId));
  }

  #note(row: JobRow): void {
    if (hasEnded(row)) this.#unfinished.delete(row.jobId);
    else this.#unfinished.add(row.jobId);
    this.#options.onPlace(row);
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

  /** On disk when it resolves; else there is no such row. */
  async add(row: JobRow): Promise<void> {
    await this.#options.rows.putDurably(row);
    this.#note(row);
  }

  /** Changes what is shown; at 20 changes a second the disk waits for the next change of state. */
  show(jobId: string, change: Partial<JobRow>): void {
    const row = { ...this.row(jobId), ...change };
    this.#options.rows.replaceInMemory(row);
    if (change.phase !== undefined) this.#note(row);
  }

  patch(jobId: string, change: Partial<JobRow>): void {
    const row = { ...this.row(jobId), ...change };
    // The row exists, so no shard is opened and the promise holds nothing to wait for.
    void this.#options.rows.put(row);
    this.#note(row);
  }

  /** A change of state: on disk before it is told, where the disk takes it. */
  async change(jobId: string, change: Partial<JobRow>): Promise<void> {
    this.patch(jobId, change);
    await this.settle();
    this.emit(jobId);
  }

  async flush(): Promise<void> {
    return this.#options.rows.flush();
  }

  /** Like `flush`; a disk that refuses is told of, and the queue goes on with what is in memory. */
  async settle(): Promise<void> {
    try {
      await this.flush();
    } catch (thrown) {
      if (!isDiskFault(thrown)) throw thrown;
      this.tellOfDisk(thrown);
    }
  }

  /** Once a minute at most. */
  tellOfDisk(thrown: unknown): void {
    const now = this.#options.now().getTime();
    if (Math.abs(now - this.#diskToldAt) < 60_000) return;
    this.#diskToldAt = now;
    const text = `What jobs do cannot be kept at the moment: ${asAppError(thrown).message} It is tried again by itself.`;
    this.#options.hub.emit('app.notice', { level: 'error', text });
  }

  emit(jobId: string): void {
    this.#options.hub.emit('jobs.changed', this.summary(this.row(jobId)));
  }

  /** A line of the job's log. */
  say(jobId: string, text: string): void {
    this.folder(jobId).say(this.#options.now(), text);
  }

  async remove(jobId: string): Promise<void> {
    await this.#options.rows.remove(jobId);
    this.#unfinished.delete(jobId);
    this.#options.onGone(jobId);
    await this.folder(jobId).remove();
    this.#options.hub.emit('jobs.removed', { jobId });
  }
}
