import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Disposable } from '#shared/base/disposable.ts';
import type { LibraryGate, Settings } from '#shared/ipc/library.ts';
import { Calibrations } from './calibrations.ts';
import { DataSets } from './data-sets.ts';
import type { FileNeed } from '#engine/jobs/prepared.ts';
import { Documents } from './documents.ts';
import { gatesKind } from './gates.ts';
import { lockLibrary } from './lock.ts';
import { Models } from './models.ts';
import type { RawFile } from './raw-file.ts';
import { settingsKind } from './settings.ts';
import { type Notify, StoredDocument } from './stored-document.ts';
import { flushTables, openTables, type Tables } from './tables.ts';

type Parts = Pick<
  Library,
  'settings' | 'documents' | 'gates' | 'dataSets' | 'calibrations' | 'models' | 'tables'
>;

/** Everything that is kept on disk, owned by this process while it is open. */
export class Library {
  readonly folder: string;
  readonly settings: StoredDocument<Settings>;
  readonly documents: Documents;
  /** Gates that every circuit can use, by name. */
  readonly gates: StoredDocument<readonly LibraryGate[]>;
  readonly dataSets: DataSets;
  readonly calibrations: Calibrations;
  readonly models: Models;
  readonly tables: Tables;
  readonly #lock: Disposable;

  private constructor(folder: string, lock: Disposable, parts: Parts) {
    this.folder = folder;
    this.#lock = lock;
    this.settings = parts.settings;
    this.documents = parts.documents;
    this.gates = parts.gates;
    this.dataSets = parts.dataSets;
    this.calibrations = parts.calibrations;
    this.models = parts.models;
    this.tables = parts.tables;
  }

  /** Locks and reads a library; an empty folder becomes a new one. Throws `locked`. */
  static async open(folder: string, assets: string, notify: Notify): Promise<Library> {
    const lock = lockLibrary(folder);
    try {
      for (const part of [folder, join(folder, 'jobs')]) {
        mkdirSync(part, { recursive: true, mode: 0o700 });
      }
      const tables = await openTables(join(folder, 'tables'), notify);
      return new Library(folder, lock, {
        settings: await StoredDocument.open(join(folder, 'settings.json'), settingsKind, notify),
        documents: await Documents.open(join(folder, 'documents'), notify),
        gates: await StoredDocument.open(join(folder, 'gates.json'), gatesKind, notify),
        dataSets: await DataSets.open(join(folder, 'data'), join(assets, 'data'), notify),
        calibrations: new Calibrations(folder, notify),
        models: Models.open(join(folder, 'models'), tables.models),
        tables,
      });
    } catch (thrown) {
      lock.dispose();
      throw thrown;
    }
  }

  /** A file that a job names, for the job's own thread. */
  async load(need: FileNeed): Promise<RawFile> {
    return need.kind === 'model' ? this.models.load(need.name) : this.dataSets.load(need);
  }

  /** Writes what is open and gives the folder up, which it does whatever the disk says. */
  async close(): Promise<void> {
    try {
      await Promise.all([
        this.settings.flush(),
        this.documents.flush(),
        this.gates.flush(),
        this.dataSets.flush(),
        flushTables(this.tables),
      ]);
    } finally {
      this.#lock.dispose();
    }
  }
}
