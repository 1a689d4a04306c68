import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import {
  type DataPreview,
  type DataReading,
  type DataSet,
  dataSetSchema,
} from '#shared/data/data-set.ts';
import type { FileNeed } from '#engine/jobs/prepared.ts';
import { type RawFile, rawKindOf } from './raw-file.ts';
import { type CsvTable, readCsv } from './csv.ts';
import { inTurn, replaceDurably } from './files.ts';
import type { Notify } from './stored-document.ts';
import { namesIn } from './sweep.ts';
import { Table } from './table.ts';

/** assets/data/index.json: the sets that come with Ketbench, each with where it is from. */
const builtInSchema = z.array(
  z.object({
    id: z.string(),
    file: z.string(),
    title: z.string(),
    origin: z.string(),
    licence: z.string(),
    description: z.string(),
  }),
);

type BuiltIn = z.infer<typeof builtInSchema>[number];

/** What assets/data/index.json lists. */
export function builtInDataSets(assets: string): readonly BuiltIn[] {
  const index = join(assets, 'index.json');
  return existsSync(index) ? builtInSchema.parse(JSON.parse(readFileSync(index, 'utf8'))) : [];
}

/** A file as the user brings it, and what the user said of it. */
export interface ImportedFile {
  readonly name: string;
  readonly text: string;
  readonly reading?: DataReading | undefined;
}

/** Takes a CSV apart, away from the main thread. */
export type ReadData = (
  text: string,
) => Promise<Pick<DataSet, 'columns' | 'rows'> & { readonly problems: DataPreview['problems'] }>;

/** The data sets of a library: built-in ones and imported ones, which are kept by content hash. */
export class DataSets {
  readonly #folder: string;
  readonly #assets: string;
  readonly #table: Table<DataSet>;
  readonly #builtIn: readonly BuiltIn[];
  readonly #described = new Map<string, DataSet>();

  private constructor(folder: string, assets: string, table: Table<DataSet>) {
    this.#folder = folder;
    this.#assets = assets;
    this.#table = table;
    this.#builtIn = builtInDataSets(assets);
  }

  static async open(folder: string, assets: string, notify: Notify): Promise<DataSets> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const kind = { schemaVersion: 1, row: dataSetSchema, keyOf: (row: DataSet) => row.id };
    const table = await Table.open(join(folder, 'index'), kind, notify);
    return new DataSets(folder, assets, table);
  }

  list(): DataSet[] {
    return [...this.#builtIn.map((entry) => this.#describe(entry)), ...this.#table.all()];
  }

  /** Hashes of all that was imported; null where part of the list was lost. */
  hashes(): ReadonlySet<string> | null {
    return this.#table.isWhole ? new Set(this.#table.all().map(({ hash }) => hash)) : null;
  }

  /** Where part of the list was lost, files that it does not name come back under names of their own. */
  async recover(notify: Notify): Promise<void> {
    if (this.#table.isWhole) return;
    const known = new Set(this.#table.all().map(({ hash }) => hash));
    for (const name of namesIn(this.#folder)) {
      const hash = /^([0-9a-f]{64})\.csv$/.exec(name)?.[1];
      if (hash === undefined || known.has(hash)) continue;
      const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '');
      if (hashOf(text) !== hash) continue;
      const id = idOf(hash, undefined);
      const title = `recovered ${hash.slice(0, 6)}.csv`;
      await this.#table.put(
        describe(counted(readCsv(text, { keep: 0 })), { id, name: title, text, hash }),
      );
      notify('warning', `A data set was found again by its file and is now called “${title}”.`);
    }
  }

  /** Copies a CSV in; the same bytes twice are one data set. Refuses what has faults. */
  async import(file: ImportedFile, read: ReadData): Promise<DataSet> {
    const hash = hashOf(file.text);
    return inTurn(this.#fileOf(hash), () => this.#import(file, hash, read));
  }

  async #import(
    { name, text, reading }: ImportedFile,
    hash: string,
    read: ReadData,
  ): Promise<DataSet> {
    const id = idOf(hash, reading);
    const known = this.list().find((set) => set.hash === hash && (set.builtIn || set.id === id));
    if (known !== undefined) {
      await this.#heal(known, text);
      return this.#readAs(known, reading?.encoding);
    }
    const table = await read(text);
    if (table.columns.length === 0 || table.rows === 0 || table.problems.length > 0) {
      const first = table.problems[0];
      throw new AppError(
        'bad-input',
        `“${name}” is not a usable CSV file: line ${first?.line ?? 1}: ${first?.message ?? 'it is empty'}`,
        { problems: table.problems },
      );
    }
    await this.#write(hash, text);
    const described = describe(table, { id, name, text, hash });
    const set = reading === undefined ? described : { ...described, reading };
    await this.#table.putDurably(set);
    return set;
  }

  /** The same text from a file in another encoding: what is said of it follows the last one. */
  async #readAs(set: DataSet, encoding: string | undefined): Promise<DataSet> {
    if (set.builtIn || set.reading?.encoding === encoding) return set;
    const { encoding: _before, ...meant } = set.reading ?? {};
    const reading = encoding === undefined ? meant : { ...meant, encoding };
    const changed = { ...set, reading };
    await this.#table.putDurably(changed);
    return changed;
  }

  /** Importing a damaged or lost file again puts it back. */
  async #heal(set: DataSet, text: string): Promise<void> {
    if (set.builtIn || (await this.#readWhole(set)) !== null) return;
    await this.#write(set.hash, text);
  }

  /** Called within the turn of this very file, so its own turn may not be waited for. */
  async #write(hash: string, text: string): Promise<void> {
    return replaceDurably(this.#fileOf(hash), text);
  }

  async remove(id: string): Promise<void> {
    const set = this.#table.get(id);
    if (set === undefined) {
      const builtIn = this.#builtIn.some((entry) => entry.id === id);
      throw builtIn
        ? new AppError('unsupported', `“${id}” comes with Ketbench and stays.`, { id })
        : unknownSet(id);
    }
    await this.#table.remove(id);
    // The same file may be there twice, read in two ways.
    if (this.#table.all().some(({ hash }) => hash === set.hash)) return;
    await rm(this.#fileOf(set.hash), { force: true });
  }

  /** The text of a data set named by its id, its name or its file name below `data/`. */
  async textOf(name: string): Promise<string> {
    if (/^([/\\]|[a-z]:)/i.test(name) || name.split(/[/\\]/).includes('..')) {
      throw new AppError(
        'bad-input',
        `“${name}” is not a data set: use the id of one of the library’s, or import the file first.`,
        { name },
      );
    }
    const file = name.replace(/^data\//, '');
    const builtIn = this.#builtIn.find(
      (entry) => entry.id === name || entry.file === file || basename(entry.file) === file,
    );
    if (builtIn !== undefined) return readFile(join(this.#assets, builtIn.file), 'utf8');
    const set = this.#named(name);
    if (set === undefined) throw unknownSet(name);
    return this.#readChecked(set);
  }

  /** An imported set by its id or its name. */
  #named(name: string): DataSet | undefined {
    const file = name.replace(/^data\//, '');
    return this.#table.all().find(({ id, name: title }) => id === name || title === file);
  }

  /** A data set for a job, whose own thread takes it apart. */
  async load(need: FileNeed): Promise<RawFile> {
    const text = await this.textOf(need.name);
    const reading = this.#named(need.name)?.reading;
    return { kind: rawKindOf(need), text, hash: hashOf(text), reading };
  }

  async flush(): Promise<void> {
    await this.#table.flush();
  }

  async #readChecked(set: DataSet): Promise<string> {
    const text = await this.#readWhole(set);
    if (text !== null) return text;
    throw new AppError(
      'corrupt',
      `The file of data set “${set.name}” is missing or damaged. Import it again.`,
      { id: set.id },
    );
  }

  async #readWhole(set: DataSet): Promise<string | null> {
    const text = await readFile(this.#fileOf(set.hash), 'utf8').catch(() => null);
    return text !== null && hashOf(text) === set.hash ? text : null;
  }

  #fileOf(hash: string): string {
    return join(this.#folder, `${hash}.csv`);
  }

  #describe(entry: BuiltIn): DataSet {
    const known = this.#described.get(entry.id);
    if (known !== undefined) return known;
    const text = readFileSync(join(this.#assets, entry.file), 'utf8');
    const { id, title: name, origin, licence } = entry;
    const set = {
      ...describe(counted(readCsv(text, { keep: 0 })), { id, name, text, hash: hashOf(text) }),
      origin,
      licence,
      builtIn: true,
    };
    this.#described.set(id, set);
    return set;
  }
}

function counted({ columns, totalRows }: CsvTable): Pick<DataSet, 'columns' | 'rows'> {
  return { columns: [...columns], rows: totalRows };
}

/** The same text read in another way is another data set; how its bytes were read makes none. */
function idOf(hash: string, reading: DataReading | undefined): string {
  const { encoding: _encoding, ...meant } = reading ?? {};
  const suffix = Object.keys(meant).length === 0 ? '' : hashOf(JSON.stringify(meant)).slice(0, 6);
  return `data-${hash.slice(0, 12)}${suffix === '' ? '' : `-${suffix}`}`;
}

function describe(
  table: Pick<DataSet, 'columns' | 'rows'>,
  of: { readonly id: string; readonly name: string; readonly text: string; readonly hash: string },
): DataSet {
  return {
    id: of.id,
    name: of.name,
    rows: table.rows,
    columns: table.columns,
    hash: of.hash,
    bytes: Buffer.byteLength(of.text),
    origin: 'imported',
    licence: 'unknown',
    builtIn: false,
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function unknownSet(name: string): AppError {
  return new AppError(
    'not-found',
    `There is no data set “${name}” in the library. “ketbench catalog data-set” lists them.`,
    { name },
  );
}
