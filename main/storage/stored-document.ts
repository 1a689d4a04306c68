import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, stat } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import type { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { codeOf, writeDurably } from './files.ts';

/** Tells the user something; `app.notice` in the end. */
export type Notify = (level: 'info' | 'warning' | 'error', text: string) => void;

/** What a stored document looks like and how older ones become it. */
export interface DocumentKind<T> {
  readonly schemaVersion: number;
  readonly schema: z.ZodType<T>;
  readonly empty: () => T;
  /** migrations[v] turns the data of version v into that of v + 1. */
  readonly migrations?: Readonly<Record<number, (data: unknown) => unknown>>;
}

interface Envelope {
  readonly schemaVersion: number;
  readonly data: unknown;
}

/** Writes of one document are gathered for this long. */
const gatherMs = 40;

/**
 * A small JSON document on disk: read whole, checked, migrated, and written back atomically some
 * milliseconds after a change. A damaged one is moved aside and its backup takes its place.
 */
export class StoredDocument<T> {
  readonly #low: Low<Envelope>;
  readonly #kind: DocumentKind<T>;
  readonly #path: string;
  #value: T;
  /** Of the file as this process knows it. */
  #stamp: string | null;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #dirty = false;
  #failure: unknown = null;

  private constructor(
    path: string,
    low: Low<Envelope>,
    kind: DocumentKind<T>,
    value: T,
    stamp: string | null,
  ) {
    this.#path = path;
    this.#stamp = stamp;
    this.#low = low;
    this.#kind = kind;
    this.#value = value;
  }

  static async open<T>(
    path: string,
    kind: DocumentKind<T>,
    notify: Notify,
  ): Promise<StoredDocument<T>> {
    const adapter = new DurableAdapter(path);
    const low = new Low<Envelope>(adapter, {
      schemaVersion: kind.schemaVersion,
      data: kind.empty(),
    });
    const value = await readChecked(path, adapter, kind, notify);
    return new StoredDocument(path, low, kind, value, await stampOf(path));
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    this.#dirty = true;
    this.#timer ??= setTimeout(() => this.#write(), gatherMs);
  }

  /**
   * What the file holds if another program changed it since it was read or written here, else null.
   * One that cannot be read is left alone: the value in memory is the better one.
   */
  async changedOnDisk(): Promise<T | null> {
    await this.flush();
    const stamp = await stampOf(this.#path);
    if (stamp === null || stamp === this.#stamp) return null;
    this.#stamp = stamp;
    try {
      const found = await parseFile(this.#path);
      if (found === null || found.schemaVersion !== this.#kind.schemaVersion) return null;
      const value = this.#kind.schema.parse(found.data);
      return JSON.stringify(value) === JSON.stringify(this.#value) ? null : value;
    } catch {
      return null;
    }
  }

  /** Resolves when everything set so far is on disk; throws what went wrong in writing it. */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#dirty) return;
    this.#dirty = false;
    const value = this.#value;
    this.#writing = this.#writing.then(async () => {
      this.#low.data = { schemaVersion: this.#kind.schemaVersion, data: value };
      try {
        await this.#low.write();
        this.#stamp = await stampOf(this.#path);
      } catch (thrown) {
        // Kept for the next flush; the value stays in memory and is written with the next change.
        this.#failure = thrown;
        this.#dirty = true;
      }
    });
  }
}

/** lowdb's own file adapter neither syncs nor keeps a backup. */
class DurableAdapter implements Adapter<Envelope> {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<Envelope | null> {
    return parseFile(this.#path);
  }

  async write(data: Envelope): Promise<void> {
    await writeDurably(this.#path, JSON.stringify(data), { backup: true });
  }
}

/** Another one after each change of the file; null where there is none. */
async function stampOf(path: string): Promise<string | null> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

async function parseFile(path: string): Promise<Envelope | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Envelope;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

async function readChecked<T>(
  path: string,
  adapter: DurableAdapter,
  kind: DocumentKind<T>,
  notify: Notify,
): Promise<T> {
  try {
    const found = await adapter.read();
    // Only the backup there: the process ended between its two renames.
    if (found === null && !existsSync(`${path}.bak`)) return kind.empty();
    if (found !== null) return await migrate(path, found, kind);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
    await rename(path, aside);
    notify('warning', `${path} was damaged and has been moved to ${aside}.`);
  }
  return readBackup(path, kind, notify);
}

async function readBackup<T>(path: string, kind: DocumentKind<T>, notify: Notify): Promise<T> {
  try {
    const found = await parseFile(`${path}.bak`);
    if (found !== null) {
      const value = await migrate(path, found, kind);
      notify('warning', `The backup of ${path} is used in its place.`);
      return value;
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    notify('error', `The backup of ${path} is damaged too; it starts empty.`);
  }
  return kind.empty();
}

async function migrate<T>(path: string, found: Envelope, kind: DocumentKind<T>): Promise<T> {
  let { schemaVersion: version, data } = found;
  if (version > kind.schemaVersion) {
    throw new AppError(
      'unsupported',
      `${path} was written by a newer Ketbench (format ${version}; this one reads up to ${kind.schemaVersion}). Update Ketbench; nothing was changed.`,
      { path, found: version, supported: kind.schemaVersion },
    );
  }
  if (version < kind.schemaVersion && existsSync(path)) {
    await copyFile(path, `${path}.version-${version}`);
  }
  for (; version < kind.schemaVersion; version++) {
    const step = kind.migrations?.[version];
    if (step === undefined) throw new Error(`No migration from format ${version} of ${path}.`);
    data = step(data);
  }
  return kind.schema.parse(data);
}
