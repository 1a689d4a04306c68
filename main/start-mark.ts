import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from './storage/library.ts';
import type { Notify } from './storage/stored-document.ts';

/**
 * Notes that a window is being filled with the documents of last time. Where the note is still there at
 * the next start, one of them kept the window from coming up, and it comes up without them.
 */
export class StartMark {
  readonly #path: string;
  readonly #library: Library;
  #isOver = false;

  constructor(library: Library) {
    this.#library = library;
    this.#path = join(library.folder, 'opening');
  }

  /** At the start of an instance that shows windows. */
  async check(notify: Notify): Promise<void> {
    if (!existsSync(this.#path)) return;
    rmSync(this.#path, { force: true });
    await this.openWithout(notify);
  }

  /** The documents stay in the library; only no window opens them by itself. */
  async openWithout(notify: Notify): Promise<void> {
    const { openDocuments } = this.#library.settings.value;
    if (openDocuments.length === 0) return;
    await this.#library.settings.write((before) => ({
      ...before,
      openDocuments: [],
      activeDocument: null,
    }));
    const text = `The window did not come up the last time, so it is open without its last ${openDocuments.length === 1 ? 'document' : `${openDocuments.length} documents`}. You find them in the library; one of them may be too large to show.`;
    notify('warning', text);
  }

  /** A window has asked what to open. */
  begun(): void {
    if (this.#isOver || this.#library.settings.value.openDocuments.length === 0) return;
    try {
      writeFileSync(this.#path, '', { mode: 0o600 });
    } catch {
      // A disk that refuses: the next start knows nothing, as before there was a note.
    }
  }

  /** A window shows them. */
  finished(): void {
    this.#isOver = true;
    rmSync(this.#path, { force: true });
  }
}
