import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { inTurn, writeDurably } from '#main/storage/files.ts';
import { StoredDocument } from '#main/storage/stored-document.ts';
import { Table } from '#main/storage/table.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const numbers = { schemaVersion: 1, schema: z.array(z.number()), empty: (): number[] => [] };
const silent = (): void => undefined;

test('writes of one file at once are made one after the other, and leave nothing beside it', async () => {
  const path = join(folder.path, 'a');
  await Promise.all(
    Array.from({ length: 30 }, (_, i) => writeDurably(path, String(i), { backup: true })),
  );
  expect(readFileSync(path, 'utf8')).toBe('29');
  expect(readFileSync(`${path}.bak`, 'utf8')).toBe('28');
  expect(readdirSync(folder.path).sort()).toStrictEqual(['a', 'a.bak']);
});

test('a failed write leaves no temporary file and does not stop the next one', async () => {
  const path = join(folder.path, 'a');
  mkdirSync(path);
  await expect(writeDurably(path, 'x')).rejects.toThrow();
  expect(readdirSync(folder.path)).toStrictEqual(['a']);
  await expect(inTurn(path, () => Promise.resolve(1))).resolves.toBe(1);
});

test('changes of a document at once are all made, in their order, in few writes', async () => {
  const document = await StoredDocument.open(join(folder.path, 'n.json'), numbers, silent);
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      i === 50
        ? expect(
            document.write(() => {
              throw new Error('no');
            }),
          ).rejects.toThrow('no')
        : document.write((before) => [...before, i]),
    ),
  );
  const expected = Array.from({ length: 100 }, (_, i) => i).filter((i) => i !== 50);
  expect(document.value).toStrictEqual(expected);
  const again = await StoredDocument.open(join(folder.path, 'n.json'), numbers, silent);
  expect(again.value).toStrictEqual(expected);
});

test('a change that the disk refuses has not happened', async () => {
  const path = join(folder.path, 'n.json');
  const document = await StoredDocument.open(path, numbers, silent);
  await document.write(() => [1]);
  const kind = {
    schemaVersion: 1,
    row: z.object({ id: z.string(), n: z.number() }),
    keyOf: (row: { id: string }) => row.id,
  };
  const table = await Table.open(join(folder.path, 'table'), kind, silent);
  await table.putDurably({ id: 'a', n: 1 });
  folder.remove();
  await expect(document.write(() => [2])).rejects.toMatchObject({ code: 'ENOENT' });
  expect(document.value).toStrictEqual([1]);
  await expect(table.putDurably({ id: 'a', n: 2 })).rejects.toThrow();
  await expect(table.putDurably({ id: 'b', n: 2 })).rejects.toThrow();
  await expect(table.remove('a')).rejects.toThrow();
  expect(table.all()).toStrictEqual([{ id: 'a', n: 1 }]);
});
