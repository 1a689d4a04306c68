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

/** Rows in insertion order, held in memory and kept in shards on disk. */
export class Table<T> {
  readonly #folder: string;
  readonly #kind: TableKind<T>;
  readonly #notify: Notify;
  readonly #shards: StoredDocument<readonly T[]>[] = [];
  readonly #rows = new Map<string, { readonly row: T; readonly shard: number }>();

  #opening: Promise<number> | null = null;

  private constructor(folder: string, kind: TableKind<T>, notify: Notify) {
    this.#folder = folder;
    this.#kind = kind;
    this.#notify = notify;
  }

  static async open<T>(folder: string, kind: TableKind<T>, notify: Notify): Promise<Table<T>> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const table = new Table(folder, kind, notify);
    const numbers = readdirSync(folder)
      .map((name) => /^(\d+)\.json(\.bak)?$/.exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number);
    for (let shard = 0; shard <= Math.max(-1, ...numbers); shard++) await table.#openShard();
    return table;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): T | undefined {
    return this.#rows.get(key)?.row;
  }

  all(): T[] {
    return Array.from(this.#rows.values(), ({ row }) => row);
  }

  /** Adds a row or replaces the one with its key. */
  async put(row: T): Promise<void> {
    const key = this.#kind.keyOf(row);
    const shard = this.#rows.get(key)?.shard ?? (await this.#shardWithRoom());
    this.#rows.set(key, { row, shard });
    this.#store(shard);
  }

  /** Replaces a row without writing it; the next write of its shard takes it along. */
  replaceInMemory(row: T): void {
    const key = this.#kind.keyOf(row);
    const found = this.#rows.get(key);
    if (found !== undefined) this.#rows.set(key, { row, shard: found.shard });
  }

  remove(key: string): void {
    const found = this.#rows.get(key);
    if (found === undefined) return;
    this.#rows.delete(key);
    this.#store(found.shard);
  }

  async flush(): Promise<void> {
    for (const shard of this.#shards) await shard.flush();
  }

  async #openShard(): Promise<number> {
    const shard = this.#shards.length;
    const path = join(this.#folder, `${String(shard).padStart(4, '0')}.json`);
    const { schemaVersion, migrations } = this.#kind;
    const kind: DocumentKind<readonly T[]> = {
      schemaVersion,
      schema: z.array(this.#kind.row),
      empty: () => [],
      ...(migrations === undefined ? {} : { migrations }),
    };
    const document = await StoredDocument.open(path, kind, this.#notify);
    this.#shards.push(document);
    for (const row of document.value) this.#rows.set(this.#kind.keyOf(row), { row, shard });
    return shard;
  }

  async #shardWithRoom(): Promise<number> {
    const last = this.#shards.length - 1;
    if (last >= 0 && this.#rowsOf(last).length < shardSize) return last;
    // One opening at a time: two rows that come at once share the new shard.
    this.#opening ??= this.#openShard().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  #rowsOf(shard: number): T[] {
    return Array.from(this.#rows.values())
      .filter((entry) => entry.shard === shard)
      .map(({ row }) => row);
  }

  #store(shard: number): void {
    this.#shards[shard]?.set(this.#rowsOf(shard));
  }
}
