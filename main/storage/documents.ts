import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { type CircuitDocument, documentSchema, type DocumentSummary } from '#shared/ipc/library.ts';
import { inTurn } from './files.ts';
import { type DocumentKind, type Notify, StoredDocument } from './stored-document.ts';

/** What `documents.write` brings. */
export interface DocumentDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly text: string;
  readonly sidecar?: unknown;
  /** Of a new one. */
  readonly project?: string | undefined;
  readonly revision?: number | undefined;
}

const blank: CircuitDocument = {
  id: '',
  name: '',
  project: '',
  revision: 0,
  modifiedAt: '',
  text: '',
  sidecar: null,
};

const kind: DocumentKind<CircuitDocument> = {
  schemaVersion: 2,
  schema: documentSchema,
  empty: () => blank,
  migrations: { 1: (data) => ({ ...(data as object), project: '' }) },
};

/** The circuit documents of a library, one file each. */
export class Documents {
  readonly #folder: string;
  readonly #notify: Notify;
  readonly #open = new Map<string, StoredDocument<CircuitDocument>>();

  private constructor(folder: string, notify: Notify) {
    this.#folder = folder;
    this.#notify = notify;
  }

  static async open(folder: string, notify: Notify): Promise<Documents> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const documents = new Documents(folder, notify);
    const ids = new Set(
      readdirSync(folder)
        .map((name) => /^([0-9a-f-]{36})\.json(\.bak)?$/.exec(name)?.[1])
        .filter((id) => id !== undefined),
    );
    for (const id of ids) {
      const stored = await StoredDocument.open(documents.#path(id), kind, notify);
      // Neither the file nor its backup could be read; the damaged file lies beside it.
      if (stored.value.id === id) documents.#open.set(id, stored);
    }
    return documents;
  }

  list(): DocumentSummary[] {
    return Array.from(this.#open.values(), (stored) => summaryOf(stored.value)).sort((a, b) =>
      a.modifiedAt < b.modifiedAt ? 1 : -1,
    );
  }

  /** As it is now: what another program wrote into its file counts as a newer revision. */
  async read(id: string): Promise<CircuitDocument> {
    const stored = this.#find(id);
    await takeFromDisk(stored);
    return stored.value;
  }

  /** Creates or saves; on disk when it resolves, and as before where it rejects. */
  async write(draft: DocumentDraft, now: Date): Promise<DocumentSummary> {
    if (draft.id === undefined) return this.#create(randomUUID(), draft, now);
    const stored = this.#find(draft.id);
    await takeFromDisk(stored);
    const written = await stored.write((before) => changedBy(draft, before, now));
    return summaryOf(written);
  }

  /** Creates a document, unless there is one of this name and text already. */
  async writeOnce(draft: DocumentDraft, now: Date): Promise<DocumentSummary> {
    return inTurn(this.#folder, async () => {
      const same = Array.from(this.#open.values(), ({ value }) => value).find(
        ({ name, text }) => name === draft.name && text === draft.text,
      );
      return same === undefined ? this.write(draft, now) : summaryOf(same);
    });
  }

  /** Another name or project, which no save of the text depends on. */
  async change(
    id: string,
    {
      name,
      project,
    }: { readonly name?: string | undefined; readonly project?: string | undefined },
  ): Promise<DocumentSummary> {
    const written = await this.#find(id).write((before) => ({
      ...before,
      name: name ?? before.name,
      project: project ?? before.project,
    }));
    return summaryOf(written);
  }

  /** Puts a removed document back. */
  async restore(id: string): Promise<DocumentSummary> {
    const removed = `${this.#path(id)}.removed`;
    if (this.#open.has(id) || !/^[0-9a-f-]{36}$/.test(id) || !existsSync(removed)) {
      throw new AppError('not-found', `No document “${id}” was removed.`, { id });
    }
    await rename(removed, this.#path(id));
    const stored = await StoredDocument.open(this.#path(id), kind, this.#notify);
    this.#open.set(id, stored);
    return summaryOf(stored.value);
  }

  /** The file is kept under another name, so that a mistake can be mended. */
  async remove(id: string): Promise<void> {
    const stored = this.#find(id);
    await stored.flush();
    await rename(this.#path(id), `${this.#path(id)}.removed`);
    this.#open.delete(id);
    await rm(`${this.#path(id)}.bak`, { force: true });
  }

  async flush(): Promise<void> {
    for (const stored of this.#open.values()) await stored.flush();
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  #find(id: string): StoredDocument<CircuitDocument> {
    const stored = this.#open.get(id);
    if (stored !== undefined) return stored;
    throw new AppError('not-found', `There is no document “${id}” in the library.`, { id });
  }

  async #create(id: string, draft: DocumentDraft, now: Date): Promise<DocumentSummary> {
    const withId: DocumentKind<CircuitDocument> = { ...kind, empty: () => ({ ...blank, id }) };
    const stored = await StoredDocument.open(this.#path(id), withId, this.#notify);
    const written = await stored.write((before) => changedBy(draft, before, now));
    this.#open.set(id, stored);
    return summaryOf(written);
  }
}

/** Throws `conflict` where the draft was made from another revision. */
function changedBy(draft: DocumentDraft, before: CircuitDocument, now: Date): CircuitDocument {
  if (draft.revision !== undefined && draft.revision !== before.revision) {
    throw new AppError(
      'conflict',
      `“${before.name}” was changed elsewhere: you edited revision ${draft.revision}, it is at ${before.revision} now. Read it again, or save under another name.`,
      { expected: draft.revision, actual: before.revision },
    );
  }
  return {
    ...before,
    name: draft.name,
    text: draft.text,
    project: draft.id === undefined ? (draft.project ?? '') : before.project,
    sidecar: draft.sidecar === undefined ? before.sidecar : draft.sidecar,
    revision: before.revision + 1,
    modifiedAt: now.toISOString(),
  };
}

/** Takes over what another program wrote, under a revision that no window has seen. */
async function takeFromDisk(stored: StoredDocument<CircuitDocument>): Promise<void> {
  const found = await stored.changedOnDisk();
  const { id, revision } = stored.value;
  if (found === null || found.id !== id) return;
  // The disk has the text; its new number may follow when there is room for it.
  stored.set({ ...found, revision: Math.max(found.revision, revision) + 1 });
}

function summaryOf(document: CircuitDocument): DocumentSummary {
  const { id, name, project, revision, modifiedAt } = document;
  return { id, name, project, revision, modifiedAt };
}
