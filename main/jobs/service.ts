import { randomUUID } from 'node:crypto';
import { AppError, asAppError } from '#shared/base/errors.ts';
import type { JobDocument, JobSpec, JobStatus, JobSummary } from '#shared/jobs/job.ts';
import type { Curve } from '#shared/jobs/curve.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import type { Backends } from '../hardware/backend.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import type { Table } from '../storage/table.ts';
import { EndKeeper, type OnEnded } from './end-keeper.ts';
import { documentOf, failureDocumentOf, finishedDocumentOf } from './job-document.ts';
import type { JobFolder, LogLine } from './job-folder.ts';
import type { RawFile } from '../storage/raw-file.ts';
import type { JobOrder } from './job-protocol.ts';
import { JobRecords } from './job-records.ts';
import { hasEnded, type JobRow, rowOf } from '../storage/job-row.ts';
import { cannotFinish, cannotPause } from './refusals.ts';
import { orderOf } from './job-order.ts';
import { type PageFilter, pageOf } from './job-pages.ts';
import type { CurveWindow } from './read-curves.ts';
import { type Run, type Runner, ThreadRunner } from './runner.ts';
import type { JobEnd, JobListener } from './running-job.ts';
import { Scheduler } from './scheduler.ts';
import { calibrationsFor, checkSpec, loadFiles, type Sources } from './spec.ts';
import { TimeLeft } from './time-left.ts';
import { TimeLimit } from './time-limit.ts';

export interface JobServiceOptions {
  readonly rows: Table<JobRow>;
  /** Where each job has its folder. */
  readonly folder: string;
  readonly sources: Sources;
  readonly hub: EventHub;
  readonly engine: JobEngine;
  /** The module of `engine`, for the threads. */
  readonly engineModule: string | null;
  readonly backends: Backends;
  readonly version: string;
  /** Jobs that compute at the same time. */
  readonly threads: number;
  readonly now: () => Date;
  /** Told of each job that came to its end, before its listeners are. */
  readonly onEnded?: OnEnded;
}

interface Live {
  readonly limit: TimeLimit;
  readonly run: Run;
  provenance: Readonly<Record<string, unknown>>;
  secondsLeft: number | null;
}

/** Jobs that wait for a machine elsewhere take no thread's time; this many may wait at once. */
const remoteLimit = 16;

/** Of a job that is no part of a benchmark. */
const noPart = { benchmarkId: null, benchmarkRun: null };

/** The queue and everything that can be done with a job. */
export class JobService {
  readonly #options: JobServiceOptions;
  readonly #records: JobRecords;
  readonly #keeper: EndKeeper;
  readonly #runner: Runner = new ThreadRunner();
  readonly #scheduler: Scheduler;
  readonly #live = new Map<string, Live>();
  readonly #waiters = new Map<string, ((document: JobDocument) => void)[]>();
  /** Jobs that this process is to run; null = all. */
  #wanted: Set<string> | null = new Set();
  /** Jobs whose last files are being written. */
  readonly #endings = new Set<Promise<void>>();
  #closed = false;

  constructor(options: JobServiceOptions) {
    this.#options = options;
    this.#scheduler = new Scheduler({
      capacities: { local: options.threads, remote: remoteLimit },
      // What computes here in part takes a thread's time.
      laneOf: ({ qpuBackend }) =>
        qpuBackend.split(', ').every((id) => options.backends.isRemote(id)) ? 'remote' : 'local',
    });
    this.#records = new JobRecords({
      ...options,
      secondsLeft: (jobId) => this.#live.get(jobId)?.secondsLeft ?? null,
      onPlace: (row) => this.#scheduler.see(row, this.#isWanted(row)),
      onGone: (jobId) => this.#scheduler.forget(jobId),
    });
    this.#keeper = new EndKeeper({ ...options, records: this.#records });
  }

  /** Puts what an earlier process left behind back into the queue; `runAll` also starts it here. */
  async recover(runAll: boolean): Promise<void> {
    for (const row of this.#records.unfinishedRows()) {
      if (row.status !== 'running') continue;
      const goesOn = row.phase === null || ['waiting', 'finishing', 'saving'].includes(row.phase);
      this.#records.patch(row.jobId, {
        status: goesOn ? 'queued' : 'running',
        phase: goesOn ? null : 'paused',
        message: 'interrupted; resumes from its log',
      });
      this.#records.emit(row.jobId);
    }
    await this.#records.settle();
    if (!runAll) return;
    this.#wanted = null;
    for (const row of this.#records.unfinishedRows()) this.#scheduler.see(row, true);
    this.#schedule();
  }

  /** Books the jobs whose process was killed between their end and their booking. */
  async bookMissing(isBooked: (jobId: string) => boolean): Promise<void> {
    for (const row of this.#records.all()) {
      if (!hasEnded(row) || isBooked(row.jobId)) continue;
      const document = await this.document(row.jobId).catch(() => null);
      if (document !== null) await this.#keeper.book(row, document);
    }
  }

  async submit(
    input: unknown,
    priority = 0,
    part: Pick<JobRow, 'benchmarkId' | 'benchmarkRun'> = noPart,
  ): Promise<{ readonly jobId: string; readonly status: JobStatus }> {
    const spec = this.check(input);
    // A data set that is not there is the submitter's to mend, now and not after hours in the queue.
    await this.#filesOf(spec);
    const jobId = randomUUID();
    const submittedAt = this.#options.now().toISOString();
    const folder = this.#records.folder(jobId);
    try {
      await folder.writeSpec(spec);
      const { engine, sources } = this.#options;
      await folder.writeCalibrations(calibrationsFor(engine, sources.calibrations, spec));
      await this.#records.add(rowOf(spec, { jobId, priority, submittedAt, ...part }));
    } catch (thrown) {
      await folder.remove();
      throw thrown;
    }
    this.#records.say(jobId, 'submitted');
    this.#want(jobId);
    this.#records.emit(jobId);
    this.#schedule();
    return { jobId, status: this.#records.row(jobId).status };
  }

  /** Runs a job here that an earlier process submitted. */
  adopt(jobId: string): void {
    this.#want(jobId);
    this.#schedule();
  }

  /** The spec with its defaults; throws every fault at once. */
  check(input: unknown): JobSpec {
    return checkSpec(this.#options.engine, this.#options.backends, input);
  }

  /** Newest first; `cursor` is the last job of the page before. */
  list(filter: PageFilter): { jobs: JobSummary[]; next: string | null } {
    const { rows, next } = pageOf(this.#records.all(), filter);
    return { jobs: rows.map((row) => this.#records.summary(row)), next };
  }

  rows(): JobRow[] {
    return this.#records.all();
  }

  /** How many jobs may compute here at the same time. */
  get concurrency(): number {
    return this.#options.threads;
  }

  queueLength(): number {
    return this.#scheduler.length;
  }

  async document(jobId: string): Promise<JobDocument> {
    const row = this.#records.row(jobId);
    if (hasEnded(row)) return this.#records.folder(jobId).readDocument(row.documentHash);
    return documentOf(row, this.#live.get(jobId)?.provenance ?? {});
  }

  async spec(jobId: string): Promise<JobSpec> {
    this.#records.row(jobId);
    return this.#records.folder(jobId).readSpec();
  }

  log(jobId: string): LogLine[] {
    this.#records.row(jobId);
    return this.#records.folder(jobId).readLog();
  }

  curves(jobId: string, window: CurveWindow): Curve[] {
    this.#records.row(jobId);
    return this.#records
      .folder(jobId)
      .readCurves(window)
      .map((curve) => ({ run: jobId, ...curve }));
  }

  /** Resolves with the final document, at once where the job has ended. */
  async whenEnded(jobId: string): Promise<JobDocument> {
    if (hasEnded(this.#records.row(jobId))) return this.document(jobId);
    return new Promise((resolve) => {
      this.#waiters.set(jobId, [...(this.#waiters.get(jobId) ?? []), resolve]);
    });
  }

  async pause(jobId: string): Promise<JobSummary> {
    const row = this.#records.unfinished(jobId, 'paused');
    if (row.phase === 'paused' || row.phase === 'pausing' || row.phase === 'saving')
      return this.#records.summary(row);
    if (row.status === 'running' && !row.canPause) {
      throw cannotPause(row);
    }
    const live = this.#live.get(jobId);
    live?.run.requestPause();
    await this.#records.change(jobId, { phase: live === undefined ? 'paused' : 'pausing' });
    this.#records.say(jobId, 'pause asked for');
    return this.#records.summary(this.#records.row(jobId));
  }

  /** Goes on with a paused job, or with one that an earlier process left behind. */
  async resume(jobId: string): Promise<JobSummary> {
    const row = this.#records.unfinished(jobId, 'resumed');
    this.#want(jobId);
    const live = this.#live.get(jobId);
    if (row.phase === 'pausing') {
      live?.run.resume();
      await this.#records.change(jobId, { phase: null });
    } else if (row.phase === 'paused') {
      this.#records.say(jobId, 'resumed');
      await this.#records.change(
        jobId,
        live === undefined ? { status: 'queued', phase: null } : { phase: 'waiting' },
      );
    }
    this.#schedule();
    return this.#records.summary(this.#records.row(jobId));
  }

  /** Ends a run where it is, with a last evaluation and a result of what it has. */
  async finish(jobId: string): Promise<JobSummary> {
    const row = this.#records.unfinished(jobId, 'finished');
    if (row.phase === 'saving' || row.phase === 'cancelling') return this.#records.summary(row);
    if (row.canFinish !== true) throw cannotFinish(row);
    this.#live.get(jobId)?.run.requestFinish();
    this.#records.say(jobId, 'finish asked for');
    const isAtWork = row.status === 'running' && row.phase === null;
    await this.#records.change(jobId, {
      isFinishing: true,
      ...(isAtWork ? { phase: 'finishing' } : {}),
    });
    const isHeld = row.phase === 'paused' || row.phase === 'pausing';
    return isHeld ? this.resume(jobId) : this.#records.summary(this.#records.row(jobId));
  }

  async cancel(jobId: string): Promise<JobSummary> {
    const row = this.#records.row(jobId);
    if (hasEnded(row) || row.phase === 'saving') return this.#records.summary(row);
    const reason = new AppError('cancelled', 'The job was cancelled.');
    const live = this.#live.get(jobId);
    this.#records.say(jobId, 'cancel asked for');
    if (live === undefined) {
      const end: JobEnd = { kind: 'failed', error: reason, seconds: row.executionTime };
      // A full disk keeps nobody waiting: it is cancelled either way.
      await Promise.race([this.#finish(jobId, end, 0), this.#keeper.untilLater()]);
    } else {
      live.run.stop(reason);
      await this.#records.change(jobId, { phase: 'cancelling' });
    }
    return this.#records.summary(this.#records.row(jobId));
  }

  async remove(jobId: string): Promise<void> {
    if (!hasEnded(this.#records.row(jobId))) {
      throw new AppError(
        'conflict',
        'A job that has not ended cannot be removed. Cancel it first.',
        {
          jobId,
        },
      );
    }
    await this.#records.remove(jobId);
  }

  /** Stops every thread and leaves each run to be resumed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#keeper.close();
    for (const live of this.#live.values()) {
      live.limit.clear();
      await live.run.abandon();
    }
    this.#live.clear();
    this.#runner.dispose();
    await Promise.all(this.#endings);
    await this.#records.settle();
  }

  #schedule(): void {
    while (!this.#closed) {
      const jobId = this.#scheduler.next();
      if (jobId === null) return;
      const live = this.#live.get(jobId);
      // Marked before anything waits, so that it is not started twice.
      this.#records.patch(jobId, { status: 'running', phase: null });
      if (live !== undefined) this.#goOn(live, this.#records.row(jobId));
      else void this.#start(jobId);
      this.#records.emit(jobId);
    }
  }

  #goOn(live: Live, row: JobRow): void {
    live.limit.restart(row.executionTime);
    live.run.resume();
  }

  #isWanted({ jobId }: JobRow): boolean {
    return this.#wanted === null || this.#wanted.has(jobId);
  }

  #want(jobId: string): void {
    this.#wanted?.add(jobId);
    this.#scheduler.see(this.#records.row(jobId), true);
  }

  async #start(jobId: string): Promise<void> {
    try {
      const folder = this.#records.folder(jobId);
      const spec = await folder.readSpec();
      const files = await this.#filesOf(spec);
      const calibrations = await folder.readCalibrations();
      // Cancelled, or the application closed, while the files were read.
      if (this.#closed || hasEnded(this.#records.row(jobId))) return;
      this.#launch(jobId, folder, { spec, files, calibrations });
      this.#records.say(jobId, 'started');
      await this.#records.settle();
    } catch (thrown) {
      void this.#finish(jobId, { kind: 'failed', error: asAppError(thrown), seconds: 0 }, 0);
    }
  }

  #launch(
    jobId: string,
    folder: JobFolder,
    read: Pick<JobOrder, 'spec' | 'files' | 'calibrations'>,
  ): void {
    const { spec } = read;
    const { order, machines } = orderOf({ jobId, ...read, folder: folder.path }, this.#options);
    const timeLeft = new TimeLeft();
    const listener: JobListener = {
      prepared: (report) => {
        const live = this.#live.get(jobId);
        if (live !== undefined) live.provenance = report.provenance;
        if (report.resumedAt > 0)
          this.#records.say(jobId, `resumes after ${report.resumedAt} recorded steps`);
        if (report.tornBytes > 0)
          this.#records.say(jobId, 'a torn record at the end of the log was dropped');
        const { canPause, canFinish } = report;
        this.#records.patch(jobId, { canPause, canFinish });
        this.#records.emit(jobId);
      },
      progressed: ({ fraction, message, metrics, soFar }, seconds, curves) => {
        this.#options.hub.emit('runs.points', { run: jobId, curves: [...curves] });
        const live = this.#live.get(jobId);
        if (live !== undefined) live.secondsLeft = timeLeft.estimate(fraction, seconds);
        limit.restart(seconds);
        const before = this.#records.row(jobId);
        this.#records.show(jobId, {
          fraction,
          message,
          metrics: { ...before.metrics, ...metrics },
          ...(soFar === undefined ? {} : { soFar }),
          executionTime: seconds,
        });
        this.#records.emit(jobId);
      },
      paused: (seconds) => {
        limit.clear();
        this.#records.patch(jobId, { phase: 'paused', executionTime: seconds });
        this.#records.say(jobId, 'paused');
        this.#records.emit(jobId);
        this.#schedule();
      },
      said: (message) => {
        this.#records.patch(jobId, { message });
        this.#records.say(jobId, message);
        this.#records.emit(jobId);
      },
      // Each of them tells what the whole job has cost.
      ended: (end) => void this.#finish(jobId, end, [...machines.values()][0]?.cost),
    };
    const run = this.#runner.run(order, { folder, machines, listener });
    const limit = new TimeLimit(spec.limits?.seconds, (reason) => run.stop(reason));
    const { executionTime, isFinishing } = this.#records.row(jobId);
    limit.restart(executionTime);
    if (isFinishing) run.requestFinish();
    this.#live.set(jobId, { run, limit, provenance: {}, secondsLeft: null });
  }

  /** Whatever goes wrong in keeping an end, the queue goes on and who waits is answered. */
  async #finish(jobId: string, end: JobEnd, cost: number | null | undefined): Promise<void> {
    const ending = this.#ended(jobId, end, cost).catch((thrown: unknown) => {
      const error = asAppError(thrown);
      const text = `The end of job ${jobId} could not be kept: ${error.message}`;
      this.#options.hub.emit('app.notice', { level: 'error', text });
      const row: JobRow = { ...this.#records.row(jobId), status: 'failed', phase: null };
      this.#tellEnd(row, failureDocumentOf(row, {}, error));
    });
    this.#endings.add(ending);
    return ending.then(() => void this.#endings.delete(ending));
  }

  async #ended(jobId: string, end: JobEnd, cost: number | null | undefined = 0): Promise<void> {
    const live = this.#live.get(jobId);
    live?.limit.clear();
    this.#live.delete(jobId);
    const status =
      end.kind === 'done' ? 'completed' : end.error.code === 'cancelled' ? 'cancelled' : 'failed';
    const folder = this.#records.folder(jobId);
    const row: JobRow = {
      ...this.#records.row(jobId),
      status,
      phase: null,
      completedAt: this.#options.now().toISOString(),
      executionTime: end.seconds,
      cost: cost ?? null,
      ...(end.kind === 'done' ? { fraction: 1 } : {}),
    };
    // Its thread is free from now on.
    this.#records.show(jobId, { phase: 'saving' });
    this.#schedule();
    const provenance = {
      ...live?.provenance,
      ketbench: this.#options.version,
      spec: await folder.readSpec().catch(() => null),
    };
    const document =
      end.kind === 'done'
        ? finishedDocumentOf(row, provenance, end.outcome)
        : failureDocumentOf(row, provenance, end.error);
    const model = end.kind === 'done' ? end.outcome.model : undefined;
    if (await this.#keeper.keep({ ...row, error: document.error ?? null }, document, model)) {
      const how = document.error === undefined ? status : `${status}: ${document.error.message}`;
      this.#records.say(jobId, how);
      this.#tellEnd(this.#records.row(jobId), document);
    }
  }

  #tellEnd(row: JobRow, document: JobDocument): void {
    this.#records.patch(row.jobId, row);
    this.#records.emit(row.jobId);
    for (const resolve of this.#waiters.get(row.jobId) ?? []) resolve(document);
    this.#waiters.delete(row.jobId);
    this.#schedule();
  }

  async #filesOf(spec: JobSpec): Promise<[string, RawFile][]> {
    return loadFiles(this.#options.engine, this.#options.sources, spec);
  }
}
