import { existsSync, renameSync } from 'node:fs';
import { copyFile, readFile, stat } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import type { z } from 'zod';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { systemCodeOf } from '#shared/base/system-errors.ts';
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
/** A write that failed is tried again after this long: a full disk may have room by then. */
const againMs = 1000;

interface Proposal<T> {
  readonly change: (value: T) => T;
  readonly resolve: (value: T) => void;
  readonly reject: (thrown: unknown) => void;
}

/** How a document was found. */
export interface Opened<T> {
  readonly value: T;
  /** Whether nothing was lost: it was read as it was last written, or was never there. */
  readonly isWhole: boolean;
  /** Why it must not be written, e.g. because a newer Ketbench wrote it; null = it may. */
  readonly sealed: AppError | null;
}

/**
 * A small JSON document on disk: read whole, checked, migrated, and written back atomically. A damaged
 * one is moved aside and its backup takes its place; one that a newer version wrote is left alone.
 */
export class StoredDocument<T> {
  readonly #low: Low<Envelope>;
  readonly #kind: DocumentKind<T>;
  readonly #path: string;
  readonly #opened: Opened<T>;
  #value: T;
  /** Of the file as this process knows it. */
  #stamp: string | null;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #proposals: Proposal<T>[] = [];
  /** How often it was `set`, and up to which of these the disk has it. */
  #set = 0;
  #stored = 0;

  private constructor(
    path: string,
    low: Low<Envelope>,
    kind: DocumentKind<T>,
    opened: Opened<T>,
    stamp: string | null,
  ) {
    this.#path = path;
    this.#stamp = stamp;
    this.#low = low;
    this.#kind = kind;
    this.#opened = opened;
    this.#value = opened.value;
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
    const opened = await readChecked(path, adapter, kind, notify);
    return new StoredDocument(path, low, kind, opened, await stampOf(path).catch(() => null));
  }

  get value(): T {
    return this.#value;
  }

  get isWhole(): boolean {
    return this.#opened.isWhole;
  }

  get isSealed(): boolean {
    return this.#opened.sealed !== null;
  }

  /** Changes it now; the disk follows some milliseconds later, and is tried again where it refuses. */
  set(value: T): void {
    this.#value = value;
    this.#set++;
    this.#later(gatherMs);
  }

  /**
   * Changes it once the change is on disk; where that fails nothing has changed. Changes that come
   * at once are made in their order and written together.
   */
  async write(change: (value: T) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#proposals.push({ change, resolve, reject });
      // What fails is told to each proposal.
      this.#run().catch(() => undefined);
    });
  }

  /**
   * What the file holds if another program changed it since it was read or written here, else null.
   * One that cannot be read is left alone: the value in memory is the better one.
   */
  async changedOnDisk(): Promise<T | null> {
    await this.#running?.catch(() => undefined);
    // What is not on disk yet is newer than what another program knew.
    if (this.#stored < this.#set) return null;
    try {
      const stamp = await stampOf(this.#path);
      if (stamp === null || stamp === this.#stamp) return null;
      this.#stamp = stamp;
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
    const wanted = this.#set;
    while (this.#stored < wanted) await this.#run();
  }

  #later(ms: number): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // Tried again until it succeeds; who must know of a failure calls `flush`.
      this.#run().catch(() => undefined);
    }, ms);
    if (ms === againMs) this.#timer.unref();
  }

  /** One write at a time; who comes during one waits for it and shares the next. */
  async #run(): Promise<void> {
    this.#running ??= this.#writeOnce().finally(() => {
      this.#running = null;
      if (this.#proposals.length > 0) this.#run().catch(() => undefined);
    });
    return this.#running;
  }

  async #writeOnce(): Promise<void> {
    // Who calls in the same moment is written along.
    await Promise.resolve();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const wanted = this.#set;
    const before = this.#value;
    const { accepted, value } = this.#applied(this.#proposals.splice(0));
    if (accepted.length === 0 && this.#stored >= wanted) return;
    try {
      await this.#toDisk(value);
    } catch (thrown) {
      for (const { reject } of accepted) reject(thrown);
      if (this.#stored < this.#set && !this.isSealed) this.#later(againMs);
      throw thrown;
    }
    this.#stored = wanted;
    if (this.#value === before) this.#value = value;
    else if (accepted.length > 0)
      this.set(accepted.reduce((now, one) => one.change(now), this.#value));
    for (const { resolve } of accepted) resolve(this.#value);
  }

  /** The value after all proposals that do not refuse it. */
  #applied(proposals: readonly Proposal<T>[]): { accepted: readonly Proposal<T>[]; value: T } {
    let value = this.#value;
    const accepted = proposals.filter(({ change, reject }) => {
      try {
        value = change(value);
        return true;
      } catch (thrown) {
        reject(thrown);
        return false;
      }
    });
    return { accepted, value };
  }

  async #toDisk(value: T): Promise<void> {
    if (this.#opened.sealed !== null) throw this.#opened.sealed;
    this.#low.data = { schemaVersion: this.#kind.schemaVersion, data: value };
    await this.#low.write();
    this.#stamp = await stampOf(this.#path);
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
    const found: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof found !== 'object' || found === null) throw new Error('This is no document.');
    return found as Envelope;
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
): Promise<Opened<T>> {
  try {
    const found = await adapter.read();
    // Only the backup there: the process ended between its two renames.
    if (found === null && !existsSync(`${path}.bak`)) return whole(kind.empty());
    if (found !== null) return whole(await migrate(path, found, kind));
  } catch (thrown) {
    if (thrown instanceof AppError || systemCodeOf(thrown) !== undefined) {
      return sealed(path, kind, asAppError(thrown), notify);
    }
    moveAside(path, notify);
  }
  return readBackup(path, kind, notify);
}

function whole<T>(value: T): Opened<T> {
  return { value, isWhole: true, sealed: null };
}

/** Nothing is wrong with the file itself: it stays as it is, and the rest of the library works. */
function sealed<T>(path: string, kind: DocumentKind<T>, why: AppError, notify: Notify): Opened<T> {
  notify('error', `${path} is left as it is and not used: ${why.message}`);
  return { value: kind.empty(), isWhole: false, sealed: why };
}

/** Puts a damaged file out of the way under a name that says so. */
export function moveAside(path: string, notify: Notify): void {
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
  try {
    renameSync(path, aside);
    notify('warning', `${path} was damaged and has been moved to ${aside}.`);
  } catch (thrown) {
    notify(
      'error',
      `${path} is damaged and could not be moved aside: ${asAppError(thrown).message}`,
    );
  }
}

async function readBackup<T>(
  path: string,
  kind: DocumentKind<T>,
  notify: Notify,
): Promise<Opened<T>> {
  try {
    const found = await parseFile(`${path}.bak`);
    if (found !== null) {
      const value = await migrate(path, found, kind);
      notify('warning', `The backup of ${path} is used in its place.`);
      return { value, isWhole: false, sealed: null };
    }
    notify('error', `${path} has no backup; it starts empty.`);
  } catch (thrown) {
    if (thrown instanceof AppError) return sealed(path, kind, thrown, notify);
    notify('error', `The backup of ${path} is damaged too; it starts empty.`);
  }
  return { value: kind.empty(), isWhole: false, sealed: null };
}

async function migrate<T>(path: string, found: Envelope, kind: DocumentKind<T>): Promise<T> {
  let { schemaVersion: version, data } = found;
  if (!Number.isSafeInteger(version) || version < 1) throw new Error('No format is named.');
  if (version > kind.schemaVersion) {
    throw new AppError(
      'unsupported',
      `It was written by a newer Ketbench (format ${version}; this one reads up to ${kind.schemaVersion}). Update Ketbench; nothing was changed.`,
      { found: version, supported: kind.schemaVersion },
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
