import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AppendFile } from '#main/storage/append-file.ts';
import { Table } from '#main/storage/table.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const row = z.object({ id: z.string(), text: z.string() });
type Row = z.infer<typeof row>;
const kind = { schemaVersion: 1, row, keyOf: ({ id }: Row) => id };

let folder: ReturnType<typeof temporaryFolder>;
let notices: string[];
beforeEach(() => {
  folder = temporaryFolder();
  notices = [];
});
afterEach(() => folder.remove());

const notify = (_level: string, text: string): void => void notices.push(text);

test('rows survive in their order, replaced and removed ones included', async () => {
  const table = await Table.open(folder.path, kind, notify);
  await Promise.all(Array.from({ length: 600 }, (_, i) => table.put({ id: `${i}`, text: 'a' })));
  await table.put({ id: '5', text: 'b' });
  await table.remove('7');
  await table.flush();
  const again = await Table.open(folder.path, kind, notify);
  expect(again.size).toBe(599);
  expect(again.get('5')).toStrictEqual({ id: '5', text: 'b' });
  expect(again.get('7')).toBeUndefined();
  expect(again.all().map(({ id }) => id)).toStrictEqual(table.all().map(({ id }) => id));
});

test('no shard grows beyond a megabyte with rows of two kilobytes', async () => {
  const table = await Table.open(folder.path, kind, notify);
  for (let i = 0; i < 1000; i++) await table.put({ id: `${i}`, text: 'x'.repeat(2000) });
  await table.flush();
  const shards = readdirSync(folder.path).filter((name) => name.endsWith('.json'));
  expect(shards.length).toBeGreaterThan(2);
  for (const shard of shards) {
    expect(statSync(join(folder.path, shard)).size).toBeLessThan(1 << 20);
  }
});

test('a damaged shard costs nothing: its backup is used and the others are untouched', async () => {
  const table = await Table.open(folder.path, kind, notify);
  for (let i = 0; i < 300; i++) await table.put({ id: `${i}`, text: 'a' });
  await table.flush();
  await table.put({ id: '0', text: 'b' });
  await table.flush();
  writeFileSync(join(folder.path, '0000.json'), '[{"id":');
  const again = await Table.open(folder.path, kind, notify);
  expect(again.size).toBe(300);
  expect(notices.length).toBeGreaterThan(0);
});

test('an append-only file drops a torn last line with a word and goes on behind it', () => {
  const path = join(folder.path, 'rows.jsonl');
  AppendFile.open(path, row, notify).append({ id: 'ä', text: '1' });
  writeFileSync(path, '{"id":"b","te', { flag: 'a' });
  const file = AppendFile.open(path, row, notify);
  expect(notices.join()).toMatch(/cut off/);
  file.append({ id: 'c', text: '3' });
  const ids = AppendFile.open(path, row, notify)
    .all()
    .map(({ id }) => id);
  expect(ids).toStrictEqual(['ä', 'c']);
});

test('a damaged line in the middle of an append-only file is left out and the rest is read', () => {
  const path = join(folder.path, 'rows.jsonl');
  writeFileSync(path, '{"id":"a","text":""}\n{"id":5}\nnonsense\n{"id":"b","text":""}\n');
  const rows = AppendFile.open(path, row, notify).all();
  expect(rows.map(({ id }) => id)).toStrictEqual(['a', 'b']);
  expect(notices).toHaveLength(2);
});
