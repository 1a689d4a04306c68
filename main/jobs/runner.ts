import type { Disposable } from '#shared/base/disposable.ts';
import type { AppError } from '#shared/base/errors.ts';
import { JobThreads } from '../threads/job-threads.ts';
import type { JobOrder } from './job-protocol.ts';
import { RunningJob, type RunningJobParts } from './running-job.ts';

/** A job on its way, wherever it runs. */
export interface Run {
  requestPause(): void;
  /** Asks it to stop where it is and to make a result of what it has. */
  requestFinish(): void;
  resume(): void;
  /** Ends it for `reason`; its listener is told. */
  stop(reason: AppError): void;
  /** Leaves it as it is on disk, to be resumed by another process; nobody is told. */
  abandon(): Promise<void>;
}

/** Where jobs run. */
export interface Runner extends Disposable {
  run(order: Omit<JobOrder, 'cancel'>, parts: Omit<RunningJobParts, 'threads'>): Run;
}

/** Each job in a thread of this process. */
export class ThreadRunner implements Runner {
  readonly #threads = new JobThreads();

  run(order: Omit<JobOrder, 'cancel'>, parts: Omit<RunningJobParts, 'threads'>): Run {
    return new RunningJob(order, { ...parts, threads: this.#threads });
  }

  dispose(): void {
    this.#threads.dispose();
  }
}
