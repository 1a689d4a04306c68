import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Disposable } from '#shared/base/disposable.ts';
import type { Settings } from '#shared/ipc/library.ts';
import { jobRowSchema, type JobRow } from '../jobs/job-row.ts';
import { DataSets } from './data-sets.ts';
import { Documents } from './documents.ts';
import { lockLibrary } from './lock.ts';
import { settingsKind } from './settings.ts';
import { type Notify, StoredDocument } from './stored-document.ts';
import { Table } from './table.ts';

const jobRowKind = { schemaVersion: 1, row: jobRowSchema, keyOf: (row: JobRow) => row.jobId };

type Parts = Pick<Library, 'settings' | 'documents' | 'dataSets' | 'jobRows'>;

/** Everything that is kept on disk, owned by this process while it is open. */
export class Library {
  readonly folder: string;
  readonly settings: StoredDocument<Settings>;
  readonly documents: Documents;
  readonly dataSets: DataSets;
  readonly jobRows: Table<JobRow>;
  readonly #lock: Disposable;

  private constructor(folder: string, lock: Disposable, parts: Parts) {
    this.folder = folder;
    this.#lock = lock;
    this.settings = parts.settings;
    this.documents = parts.documents;
    this.dataSets = parts.dataSets;
    this.jobRows = parts.jobRows;
  }

  /** Locks and reads a library; an empty folder becomes a new one. Throws `locked`. */
  static async open(folder: string, assets: string, notify: Notify): Promise<Library> {
    const lock = lockLibrary(folder);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return new Library(folder, lock, {
        settings: await StoredDocument.open(join(folder, 'settings.json'), settingsKind, notify),
        documents: await Documents.open(join(folder, 'documents'), notify),
        dataSets: await DataSets.open(join(folder, 'data'), join(assets, 'data'), notify),
        jobRows: await Table.open(join(folder, 'tables', 'jobs'), jobRowKind, notify),
      });
    } catch (thrown) {
      lock.dispose();
      throw thrown;
    }
  }

  /** Writes what is open and gives the folder up. */
  async close(): Promise<void> {
    await this.settings.flush();
    await this.documents.flush();
    await this.dataSets.flush();
    await this.jobRows.flush();
    this.#lock.dispose();
  }
}
