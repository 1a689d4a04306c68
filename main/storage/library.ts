import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Disposable } from '#shared/base/disposable.ts';
import type { Settings } from '#shared/ipc/library.ts';
import { Documents } from './documents.ts';
import { lockLibrary } from './lock.ts';
import { settingsKind } from './settings.ts';
import { type Notify, StoredDocument } from './stored-document.ts';

/** Everything that is kept on disk, owned by this process while it is open. */
export class Library {
  readonly folder: string;
  readonly settings: StoredDocument<Settings>;
  readonly documents: Documents;
  readonly #lock: Disposable;

  private constructor(
    folder: string,
    lock: Disposable,
    parts: Pick<Library, 'settings' | 'documents'>,
  ) {
    this.folder = folder;
    this.#lock = lock;
    this.settings = parts.settings;
    this.documents = parts.documents;
  }

  /** Locks and reads a library; an empty folder becomes a new one. Throws `locked`. */
  static async open(folder: string, notify: Notify): Promise<Library> {
    const lock = lockLibrary(folder);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return new Library(folder, lock, {
        settings: await StoredDocument.open(join(folder, 'settings.json'), settingsKind, notify),
        documents: await Documents.open(join(folder, 'documents'), notify),
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
    this.#lock.dispose();
  }
}
