import { asAppError } from '#shared/base/errors.ts';
import { isDiskFault } from '#shared/base/system-errors.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import type { TrainedModel } from '#shared/models/kept-model.ts';
import type { JobFolder } from './job-folder.ts';
import type { JobRecords } from './job-records.ts';
import type { JobRow } from '../storage/job-row.ts';

/** A disk that was full is tried again after this long. */
const againMs = 1000;

/** Books a job that has ended. */
export type OnEnded = (row: JobRow, document: JobDocument, folder: JobFolder) => Promise<void>;

interface EndKeeperOptions {
  readonly records: JobRecords;
  readonly hub: EventHub;
  readonly onEnded?: OnEnded;
}

/** Gets the ends of jobs onto the disk, however long that refuses. */
export class EndKeeper {
  readonly #options: EndKeeperOptions;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(options: EndKeeperOptions) {
    this.#options = options;
  }

  /** Document, row and books on disk; a full disk is waited for. False where Ketbench closes first. */
  async keep(row: JobRow, document: JobDocument, model?: TrainedModel): Promise<boolean> {
    const { records } = this.#options;
    for (;;) {
      try {
        const folder = records.folder(row.jobId);
        // Before the document, which says that the job has ended.
        if (model !== undefined) await folder.writeModel(model);
        const documentHash = await folder.writeDocument(document);
        records.patch(row.jobId, { ...row, documentHash });
        await records.flush();
        await this.book(row, document);
        return true;
      } catch (thrown) {
        if (!isDiskFault(thrown)) throw thrown;
        records.tellOfDisk(thrown);
      }
      // As it is on disk, and as another process would go on with it.
      const message = 'has ended; waits for room on the disk to keep its result';
      records.patch(row.jobId, { status: 'running', phase: 'saving', message });
      records.emit(row.jobId);
      if (!(await this.untilLater())) return false;
    }
  }

  /** Books that cannot be kept spoil no result: what is missing is booked at the next start. */
  async book(row: JobRow, document: JobDocument): Promise<void> {
    try {
      const folder = this.#options.records.folder(row.jobId);
      await this.#options.onEnded?.(row, document, folder);
    } catch (thrown) {
      const text = `Job ${row.jobId} could not be booked: ${asAppError(thrown).message}`;
      this.#options.hub.hold({ level: 'warning', text });
    }
  }

  /** True after a moment, false as soon as Ketbench closes. */
  async untilLater(): Promise<boolean> {
    return new Promise((resolve) => {
      const over = (goesOn: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(stop);
        resolve(goesOn);
      };
      const stop = (): void => over(false);
      const timer = setTimeout(() => over(true), againMs);
      if (this.#closed) over(false);
      else this.#waiting.add(stop);
    });
  }

  close(): void {
    this.#closed = true;
    for (const stop of Array.from(this.#waiting)) stop();
  }
}
