import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleModel } from '#shared/models/example-model.ts';
import { keptModelSchema } from '#shared/models/kept-model.ts';
import { modelRowSchema } from '#shared/models/model-summary.ts';
import { Models, type NewModel } from '#main/storage/models.ts';
import { Table } from '#main/storage/table.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const kind = {
  schemaVersion: 1,
  row: modelRowSchema,
  keyOf: (row: { modelId: string }) => row.modelId,
};

async function opened(): Promise<{ models: Models; table: Table<never> }> {
  const table = await Table.open(join(folder.path, 'table'), kind, () => undefined);
  return { models: Models.open(join(folder.path, 'models'), table), table: table as Table<never> };
}

function model(modelId: string, seed = 0): NewModel {
  const { checksum: _none, ...rest } = keptModelSchema.parse(exampleModel);
  return { ...rest, modelId, spec: { ...rest.spec, seed } };
}

const files = (): string[] => readdirSync(join(folder.path, 'models')).sort();

test('a model that is kept is read back, exported and brought in elsewhere as it was', async () => {
  const { models } = await opened();
  const row = await models.keep(model('m', 3));
  expect(row).toMatchObject({ modelId: 'm', architecture: 'logistic', modelType: 'CLASSICAL' });
  expect((await models.read('m')).spec.seed).toBe(3);
  const text = await models.textOf('m');
  await models.remove('m');
  expect(files()).toStrictEqual([]);
  expect(() => models.row('m')).toThrow(/no model “m”/);
  // White space that an editor added does not count.
  await models.import(JSON.stringify(JSON.parse(text), null, 2), 'm.json');
  expect(await models.textOf('m')).toBe(text);
  expect(await models.import(text, 'again')).toStrictEqual(models.row('m'));
  expect(models.list()).toHaveLength(1);
});

test('a model takes the place of the one with its id, whose file goes', async () => {
  const { models } = await opened();
  await models.keep(model('m', 1));
  const before = files();
  await models.keep(model('m', 2));
  expect(files()).toHaveLength(1);
  expect(files()).not.toStrictEqual(before);
  expect((await models.read('m')).spec.seed).toBe(2);
});

test('what is altered, or is another model under a known id, is refused', async () => {
  const { models } = await opened();
  await models.keep(model('m', 1));
  const text = await models.textOf('m');
  const altered = text.replace('"seed":1', '"seed":2');
  await expect(models.import(altered, 'x.json')).rejects.toThrow(/“x.json” was altered/);
  await models.remove('m');
  await models.keep(model('m', 2));
  await expect(models.import(text, 'x.json')).rejects.toMatchObject({ code: 'conflict' });
});

test('where the row is not written, the model of before is there', async () => {
  const { models, table } = await opened();
  await models.keep(model('m', 1));
  const put = table.putDurably.bind(table);
  table.putDurably = () => Promise.reject(new Error('no room'));
  await expect(models.keep(model('m', 2))).rejects.toThrow('no room');
  table.putDurably = put;
  expect((await models.read('m')).spec.seed).toBe(1);
});

test('a damaged file is told, importing the model heals it, and lost rows come back by files', async () => {
  const { models } = await opened();
  await models.keep(model('m', 1));
  const text = await models.textOf('m');
  const [name = ''] = files();
  const path = join(folder.path, 'models', name);
  const half = readFileSync(path, 'utf8').slice(0, -40);
  writeFileSync(path, half);
  await expect(models.read('m')).rejects.toMatchObject({ code: 'corrupt' });
  await models.import(text, 'm.json');
  expect((await models.read('m')).spec.seed).toBe(1);

  await models.keep(model('n', 5));
  // The first shard alone is lost: the second tells that there was one.
  const shard = join(folder.path, 'table', '0000.json');
  writeFileSync(join(folder.path, 'table', '0001.json'), readFileSync(shard));
  for (const lost of [shard, `${shard}.bak`]) if (existsSync(lost)) rmSync(lost);
  writeFileSync(
    join(folder.path, 'table', '0001.json'),
    JSON.stringify({ schemaVersion: 1, data: [] }),
  );
  const again = (await opened()).models;
  expect(again.list()).toStrictEqual([]);
  await again.recover(() => undefined);
  expect(
    again
      .list()
      .map(({ modelId }) => modelId)
      .sort(),
  ).toStrictEqual(['m', 'n']);
  expect((await again.read('n')).spec.seed).toBe(5);
});
