import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { type KeptModel, parseKeptModel } from '#shared/models/kept-model.ts';
import type { ModelRow } from '#shared/models/model-summary.ts';
import { inTurn, replaceDurably } from './files.ts';
import { rowOfModel } from './model-row.ts';
import type { RawFile } from './raw-file.ts';
import type { Notify } from './stored-document.ts';
import { namesIn } from './sweep.ts';
import type { Table } from './table.ts';

/** A model before its checksum is known. */
export type NewModel = Omit<KeptModel, 'checksum'>;

/**
 * Trained models: a row each in the table, and a file that is named by its checksum. A file is written first and the
 * row that names it after, so that a process that is killed leaves the old model or the new one.
 */
export class Models {
  readonly #folder: string;
  readonly #table: Table<ModelRow>;

  private constructor(folder: string, table: Table<ModelRow>) {
    this.#folder = folder;
    this.#table = table;
  }

  static open(folder: string, table: Table<ModelRow>): Models {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new Models(folder, table);
  }

  list(): ModelRow[] {
    return this.#table.all();
  }

  /** By its id; `not-found` where there is none. */
  row(modelId: string): ModelRow {
    const row = this.#table.get(modelId);
    if (row !== undefined) return row;
    throw new AppError(
      'not-found',
      `There is no model “${modelId}”. “ketbench models list” shows them.`,
      { modelId },
    );
  }

  /** Checksums of all models; null where part of the table was lost. */
  checksums(): ReadonlySet<string> | null {
    if (!this.#table.isWhole) return null;
    return new Set(this.list().flatMap(({ checksum }) => checksum ?? []));
  }

  /** Keeps a model in the place of one with its id. */
  async keep(model: NewModel, job: Pick<ModelRow, 'createdAt'> | null = null): Promise<ModelRow> {
    const text = sealed(model);
    return this.#put(text, parseKeptModel(text, model.modelId), job?.createdAt);
  }

  /** The text of a model as it is exported; `corrupt` where its file is not what was kept. */
  async textOf(modelId: string): Promise<string> {
    const { checksum, name } = this.row(modelId);
    if (checksum === null) {
      throw new AppError(
        'unsupported',
        `“${name}” was trained by a Ketbench that kept no models. Train it again.`,
        { modelId },
      );
    }
    const text = await readFile(this.#fileOf(checksum), 'utf8').catch(() => null);
    if (text !== null && checksumOf(text) === checksum) return text;
    throw new AppError(
      'corrupt',
      `The file of model “${name}” is missing or damaged. Import it again, or train it again.`,
      { modelId },
    );
  }

  async read(modelId: string): Promise<KeptModel> {
    return parseKeptModel(await this.textOf(modelId), modelId);
  }

  /** A model for a job, whose own thread takes it apart. */
  async load(modelId: string): Promise<RawFile> {
    const text = await this.textOf(modelId);
    return { kind: 'text', text, hash: createHash('sha256').update(text).digest('hex') };
  }

  /** Brings in a text that was exported. The same model twice is one; another one under its id is `conflict`. */
  async import(text: string, name: string): Promise<ModelRow> {
    const model = parseKeptModel(text, name);
    if (checksumOf(text) !== model.checksum) {
      throw new AppError(
        'bad-input',
        `“${name}” was altered after it was exported: its checksum is another one. Export the model again.`,
        { name },
      );
    }
    const known = this.#table.get(model.modelId);
    if (known?.checksum === model.checksum) {
      if (await this.#isWhole(known)) return known;
    } else if (known !== undefined) {
      throw new AppError(
        'conflict',
        `The library has another model “${model.modelId}” (trained ${known.lastTrainedAt}). Export and remove it first.`,
        { modelId: model.modelId },
      );
    }
    // As it was sealed, without the white space that it may have gained.
    return this.#put(JSON.stringify(JSON.parse(text)), model);
  }

  async rename(modelId: string, name: string): Promise<ModelRow> {
    const row = { ...this.row(modelId), name };
    await this.#table.putDurably(row);
    return row;
  }

  async remove(modelId: string): Promise<void> {
    const { checksum } = this.row(modelId);
    await this.#table.remove(modelId);
    await this.#forget(checksum);
  }

  /** Where part of the table was lost, models that it does not name come back by their files. */
  async recover(notify: Notify): Promise<void> {
    if (this.#table.isWhole) return;
    for (const name of namesIn(this.#folder)) {
      const checksum = modelFile.exec(name)?.[1];
      if (checksum === undefined) continue;
      const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '');
      if (checksumOf(text) !== checksum) continue;
      const model = parseKeptModel(text, name);
      // A backup of the table may name a model that another one has taken the place of.
      const known = this.#table.get(model.modelId);
      if (known !== undefined && (await this.#isWhole(known))) continue;
      await this.#table.put(rowOfModel(model));
      notify('warning', `The model “${model.name}” was found again by its file.`);
    }
  }

  async #isWhole({ modelId }: ModelRow): Promise<boolean> {
    return (await this.textOf(modelId).catch(() => null)) !== null;
  }

  async #put(text: string, model: KeptModel, createdAt?: string): Promise<ModelRow> {
    return inTurn(this.#fileOf(model.modelId), async () => {
      const before = this.#table.get(model.modelId);
      await replaceDurably(this.#fileOf(model.checksum), text);
      const made = createdAt ?? before?.createdAt;
      const row = { ...rowOfModel(model), ...(made === undefined ? {} : { createdAt: made }) };
      await this.#table.putDurably(row);
      if (before?.checksum !== model.checksum) await this.#forget(before?.checksum ?? null);
      return row;
    });
  }

  async #forget(checksum: string | null): Promise<void> {
    if (checksum === null || this.list().some((row) => row.checksum === checksum)) return;
    await rm(this.#fileOf(checksum), { force: true });
  }

  #fileOf(checksum: string): string {
    return join(this.#folder, `${checksum}.json`);
  }
}

/** What a model's file is called. */
export const modelFile = /^([0-9a-f]{64})\.json$/;

/** The text of a model with its checksum behind all that it covers. */
function sealed(model: NewModel): string {
  const text = stringifyPlain(model);
  return `${text.slice(0, -1)},"checksum":"${hashOf(text)}"}`;
}

/** The checksum that a text should have; empty where it is no JSON object. White space does not count. */
function checksumOf(text: string): string {
  try {
    const { checksum: _own, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return hashOf(JSON.stringify(rest));
  } catch {
    return '';
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
