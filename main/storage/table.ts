import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DocumentKind, type Notify, StoredDocument } from './stored-document.ts';

/** Rows per file: no file passes 1 MB and a change writes about a millisecond long. */
const shardSize = 256;

/** How a table's rows look; a row is found by its key. */
export interface TableKind<T> {
  readonly schemaVersion: number;
  readonly row: z.ZodType<T>;
  readonly keyOf: (row: T) => string;
  readonly migrations?: Readonly<Record<number, (rows: unknown) => unknown>>;
}

interface Shard<T> {
  readonly document: StoredDocument<readonly T[]>;
  readonly rows: Map<string, T>;
}

/** Rows in insertion order, held in memory and kept in shards on disk. */
export class Table<T> {
  readonly #folder: string;
  readonly #kind: TableKind<T>;
  readonly #notify: Notify;
  readonly #shards: Shard<T>[] = [];
  /** Of each key its shard. */
  readonly #places = new Map<string, Shard<T>>();
  #isWhole = true;
  #opening: Promise<Shard<T>> | null = null;

  private constructor(folder: string, kind: TableKind<T>, notify: Notify) {
    this.#folder = folder;
    this.#kind = kind;
    this.#notify = notify;
  }

  static async open<T>(folder: string, kind: TableKind<T>, notify: Notify): Promise<Table<T>> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const table = new Table(folder, kind, notify);
    const numbers = new Set(
      readdirSync(folder)
        .map((name) => /^(\d+)\.json(\.bak)?$/.exec(name)?.[1])
        .filter((digits) => digits !== undefined)
        .map(Number),
    );
    for (let shard = 0; shard <= Math.max(-1, ...numbers); shard++) {
      if (!numbers.has(shard)) {
        table.#isWhole = false;
        notify('error', `Part ${shard} of ${folder} is missing.`);
      }
      await table.#openShard();
    }
    return table;
  }

  get size(): number {
    return this.#places.size;
  }

  /** Whether every part was read as it was last written; else rows may be missing. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Whether nothing was ever kept here. */
  get isNew(): boolean {
    return this.#shards.length === 0;
  }

  get(key: string): T | undefined {
    return this.#places.get(key)?.rows.get(key);
  }

  all(): T[] {
    return this.#shards.flatMap(({ rows }) => [...rows.values()]);
  }

  /** Adds a row or replaces the one with its key; the disk follows. */
  async put(row: T): Promise<void> {
    const key = this.#kind.keyOf(row);
    const shard = this.#places.get(key) ?? (await this.#shardWithRoom());
    this.#places.set(key, shard);
    shard.rows.set(key, row);
    store(shard);
  }

  /** Adds or replaces a row; where the disk refuses it, the table is as it was before. */
  async putDurably(row: T): Promise<void> {
    const key = this.#kind.keyOf(row);
    const before = this.get(key);
    await this.put(row);
    await this.#orBack(key, row, before);
  }

  /** Replaces a row without writing it; the next write of its shard takes it along. */
  replaceInMemory(row: T): void {
    const key = this.#kind.keyOf(row);
    this.#places.get(key)?.rows.set(key, row);
  }

  /** Takes a row out; where the disk refuses that, it is there as before. */
  async remove(key: string): Promise<void> {
    const shard = this.#places.get(key);
    const before = shard?.rows.get(key);
    if (shard === undefined || before === undefined) return;
    this.#places.delete(key);
    shard.rows.delete(key);
    store(shard);
    try {
      await shard.document.flush();
    } catch (thrown) {
      await this.put(before);
      throw thrown;
    }
  }

  async flush(): Promise<void> {
    await Promise.all(this.#shards.map(({ document }) => document.flush()));
  }

  async #orBack(key: string, row: T, before: T | undefined): Promise<void> {
    const shard = this.#places.get(key);
    try {
      await shard?.document.flush();
    } catch (thrown) {
      if (shard !== undefined && shard.rows.get(key) === row) {
        if (before === undefined) {
          this.#places.delete(key);
          shard.rows.delete(key);
        } else shard.rows.set(key, before);
        store(shard);
      }
      throw thrown;
    }
  }

  async #openShard(): Promise<Shard<T>> {
    const path = join(this.#folder, `${String(this.#shards.length).padStart(4, '0')}.json`);
    const { schemaVersion, migrations } = this.#kind;
    const kind: DocumentKind<readonly T[]> = {
      schemaVersion,
      schema: z.array(this.#kind.row),
      empty: () => [],
      ...(migrations === undefined ? {} : { migrations }),
    };
    const document = await StoredDocument.open(path, kind, this.#notify);
    if (!document.isWhole) this.#isWhole = false;
    const shard = { document, rows: new Map<string, T>() };
    this.#shards.push(shard);
    for (const row of document.value) {
      const key = this.#kind.keyOf(row);
      // A backup may repeat what another part has by now.
      if (this.#places.has(key)) continue;
      this.#places.set(key, shard);
      shard.rows.set(key, row);
    }
    return shard;
  }

  async #shardWithRoom(): Promise<Shard<T>> {
    const last = this.#shards.at(-1);
    if (last !== undefined && last.rows.size < shardSize && !last.document.isSealed) return last;
    // One opening at a time: two rows that come at once share the new shard.
    this.#opening ??= this.#openShard().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }
}

function store<T>({ document, rows }: Shard<T>): void {
  document.set([...rows.values()]);
}
