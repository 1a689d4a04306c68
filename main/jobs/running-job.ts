import type { Worker } from 'node:worker_threads';
import { CancelFlag } from '#shared/base/cancel.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { isDiskFault } from '#shared/base/system-errors.ts';
import type { NewPoints } from '#shared/jobs/curve.ts';
import { errorFromData, errorToData } from '#shared/ipc/wire.ts';
import type { JobOutcome } from '#engine/programs/outcome.ts';
import type { Progress } from '#engine/programs/program.ts';
import type { BackendSession } from '../hardware/backend.ts';
import { sleep } from '../hardware/http.ts';
import type { JobThreads } from '../threads/job-threads.ts';
import { guardMemory, memoryAllowance } from '../threads/memory-guard.ts';
import type { AskPlace, JobFolder } from './job-folder.ts';
import type { JobCommand, JobOrder, JobReport } from './job-protocol.ts';

/** How a job's thread came to its end. */
export type JobEnd =
  | { readonly kind: 'done'; readonly outcome: JobOutcome; readonly seconds: number }
  | { readonly kind: 'failed'; readonly error: AppError; readonly seconds: number };

/** What the queue wants to hear of a running job. */
export interface JobListener {
  prepared(report: Extract<JobReport, { kind: 'prepared' }>): void;
  progressed(progress: Progress, seconds: number, curves: NewPoints['curves']): void;
  paused(seconds: number): void;
  /** Something to show beside the progress, e.g. the place in a vendor's queue. */
  said(message: string): void;
  /** Once, whatever happens, unless the job was abandoned. */
  ended(end: JobEnd): void;
}

/** A cancelled thread that has not ended by itself after so long is ended from outside. */
const graceMs = 350;

const roomLookMs = 500;

export interface RunningJobParts {
  readonly threads: JobThreads;
  readonly folder: JobFolder;
  /** The machines of the job, by the names of their backends. */
  readonly machines: ReadonlyMap<string, BackendSession>;
  readonly listener: JobListener;
}

/** The life of one job's thread. */
export class RunningJob {
  readonly #threads: JobThreads;
  readonly #worker: Worker;
  readonly #cancel: CancelFlag;
  readonly #order: JobOrder;
  readonly #folder: JobFolder;
  readonly #machines: ReadonlyMap<string, BackendSession>;
  readonly #listener: JobListener;
  readonly #abort = new AbortController();
  readonly #exited: Promise<void>;
  readonly #guard: Disposable;
  #seconds = 0;
  #ended = false;
  /** Why it was stopped from outside, where it was. */
  #reason: AppError | null = null;

  constructor(
    order: Omit<JobOrder, 'cancel'>,
    { threads, folder, machines, listener }: RunningJobParts,
  ) {
    this.#threads = threads;
    this.#cancel = new CancelFlag();
    this.#order = { ...order, cancel: this.#cancel.buffer };
    this.#folder = folder;
    this.#machines = machines;
    this.#listener = listener;
    const allowance = memoryAllowance(order.spec.limits?.memoryBytes);
    this.#worker = threads.take();
    this.#worker.ref();
    this.#guard = guardMemory(this.#worker, allowance, (reason) => this.#end(reason));
    this.#exited = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('message', (report: JobReport) => this.#heard(report));
    this.#worker.on('error', (error) => this.#end(brokenThread(error.message)));
    this.#worker.on('exit', (code) => this.#end(brokenThread(`it ended with code ${code}`)));
    this.#tell({ kind: 'order', order: this.#order });
  }

  requestPause(): void {
    this.#cancel.requestPause();
  }

  requestFinish(): void {
    this.#cancel.requestFinish();
  }

  resume(): void {
    this.#cancel.clearPause();
    this.#tell({ kind: 'resume' });
  }

  /** Ends the run for `reason`: by the flag that kernels look at, else with its thread. */
  stop(reason: AppError): void {
    this.#reason ??= reason;
    this.#cancel.cancel();
    this.#abort.abort(reason);
    // A paused program waits for a command before it can see the flag.
    this.#tell({ kind: 'resume' });
    setTimeout(() => {
      if (this.#ended) return;
      this.#end(reason);
      void this.#worker.terminate();
    }, graceMs).unref();
  }

  /** Leaves the run as it is on disk, to be resumed by another process; nobody is told. */
  async abandon(): Promise<void> {
    this.#ended = true;
    this.#guard.dispose();
    this.#abort.abort();
    for (const machine of this.#machines.values()) machine.dispose();
    void this.#worker.terminate();
    await this.#exited;
  }

  #tell(command: JobCommand): void {
    this.#worker.postMessage(command);
  }

  #heard(report: JobReport): void {
    if (this.#ended) return;
    switch (report.kind) {
      case 'prepared':
        return this.#listener.prepared(report);
      case 'progress':
        this.#seconds = report.seconds;
        return this.#listener.progressed(report.progress, report.seconds, report.curves);
      case 'said':
        return this.#listener.said(report.message);
      case 'paused':
        this.#seconds = report.seconds;
        return this.#listener.paused(report.seconds);
      case 'ask':
        void this.#answer(report);
        return;
      case 'done':
        this.#seconds = report.seconds;
        return this.#finish(
          { kind: 'done', outcome: report.outcome, seconds: report.seconds },
          true,
        );
      case 'failed':
        this.#seconds = Math.max(this.#seconds, report.seconds);
        return this.#end(errorFromData(report.error), true);
      case 'idle':
        return;
    }
  }

  async #answer(report: Extract<JobReport, { kind: 'ask' }>): Promise<void> {
    const { ask, call, backend, askIndex, part, seed } = report;
    const step: AskPlace = { askIndex, ...(part === undefined ? {} : { part, backend }) };
    try {
      const machine = this.#machines.get(backend);
      if (machine === undefined) throw new AppError('internal', `${backend} was not connected.`);
      const answer = await machine.answer(ask, {
        ...step,
        seed,
        jobId: this.#order.jobId,
        signal: this.#abort.signal,
        alreadySubmitted: this.#folder.submittedFor(step),
        recordSubmitted: (vendorJobId) => this.#recordSubmitted({ ...step, vendorJobId }),
        report: (message) => this.#listener.said(message),
      });
      this.#tell({ kind: 'answer', call, answer });
    } catch (thrown) {
      this.#tell({ kind: 'refusal', call, error: errorToData(asAppError(thrown)) });
    }
  }

  /** What was bought must be on disk before anything else: a full disk is waited for. */
  async #recordSubmitted(submission: Parameters<JobFolder['recordSubmitted']>[0]): Promise<void> {
    for (;;) {
      try {
        this.#folder.recordSubmitted(submission);
        return;
      } catch (thrown) {
        if (!isDiskFault(thrown) || this.#abort.signal.aborted) throw thrown;
        this.#listener.said('waits for room on the disk to note what was bought');
        await sleep(roomLookMs, this.#abort.signal);
      }
    }
  }

  #end(error: AppError, isThreadWell = false): void {
    const end = { error: this.#reason ?? error, seconds: this.#seconds };
    this.#finish({ kind: 'failed', ...end }, isThreadWell);
  }

  /** A thread that reported the end itself is fit for another job. */
  #finish(end: JobEnd, isThreadWell: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#guard.dispose();
    if (isThreadWell) this.#threads.giveBack(this.#worker);
    for (const machine of this.#machines.values()) machine.dispose();
    this.#listener.ended(end);
  }
}

function brokenThread(reason: string): AppError {
  return new AppError(
    'internal',
    `The job’s thread stopped unexpectedly: ${reason}. Other jobs go on.`,
    { reason },
  );
}
