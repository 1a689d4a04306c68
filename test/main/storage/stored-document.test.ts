import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DocumentKind, StoredDocument } from '#main/storage/stored-document.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

interface Counted {
  readonly count: number;
}

const kind: DocumentKind<Counted> = {
  schemaVersion: 2,
  schema: z.object({ count: z.number() }),
  empty: () => ({ count: 0 }),
  migrations: { 1: (data) => ({ count: (data as { n: number }).n }) },
};

let folder: ReturnType<typeof temporaryFolder>;
let notices: string[];
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  notices = [];
  path = join(folder.path, 'counted.json');
});
afterEach(() => folder.remove());

const open = (): Promise<StoredDocument<Counted>> =>
  StoredDocument.open(path, kind, (_level, text) => notices.push(text));

async function store(...counts: readonly number[]): Promise<void> {
  const document = await open();
  for (const count of counts) {
    document.set({ count });
    await document.flush();
  }
}

describe('a stored document', () => {
  test('is empty before it is first written and afterwards what was set', async () => {
    expect((await open()).value).toStrictEqual({ count: 0 });
    await store(5);
    expect((await open()).value).toStrictEqual({ count: 5 });
    expect(notices).toStrictEqual([]);
  });

  test('gathers changes that come at once into one write', async () => {
    await store(1);
    const document = await open();
    for (let count = 2; count <= 50; count++) document.set({ count });
    await document.flush();
    // The backup holds what was there before the one write.
    expect(readFileSync(`${path}.bak`, 'utf8')).toContain('"count":1');
    expect(readFileSync(path, 'utf8')).toContain('"count":50');
  });

  test.each([
    ['cut short', '{"schemaVersion":2,"data":{"cou'],
    ['empty', ''],
    ['of another shape', '{"schemaVersion":2,"data":{"count":"many"}}'],
    ['zeros', '\0\0\0\0'],
  ])('that is damaged (%s) is set aside and its backup used', async (_, content) => {
    await store(1, 2);
    writeFileSync(path, content);
    expect((await open()).value).toStrictEqual({ count: 1 });
    const aside = readdirSync(folder.path).find((name) => name.includes('damaged'));
    expect(readFileSync(join(folder.path, aside ?? ''), 'utf8')).toBe(content);
    expect(notices.join(' ')).toMatch(/was damaged and has been moved to .* backup/);
  });

  test('whose file is missing after a crash between two renames is read from its backup', async () => {
    await store(1, 2);
    rmSync(path);
    expect((await open()).value).toStrictEqual({ count: 1 });
  });

  test('that is damaged together with its backup starts empty and says so', async () => {
    await store(1, 2);
    writeFileSync(path, 'x');
    writeFileSync(`${path}.bak`, 'x');
    expect((await open()).value).toStrictEqual({ count: 0 });
    expect(notices.join(' ')).toMatch(/starts empty/);
  });

  test('of an older version is migrated and a copy of it kept', async () => {
    const old = '{"schemaVersion":1,"data":{"n":7}}';
    writeFileSync(path, old);
    expect((await open()).value).toStrictEqual({ count: 7 });
    expect(readFileSync(`${path}.version-1`, 'utf8')).toBe(old);
  });

  test('of a newer version is not used, not written and left as it is', async () => {
    const newer = '{"schemaVersion":3,"data":{"later":1}}';
    writeFileSync(path, newer);
    const document = await open();
    expect(document.value).toStrictEqual({ count: 0 });
    expect(notices).toStrictEqual([expect.stringContaining('newer Ketbench')]);
    await expect(document.write(() => ({ count: 1 }))).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(readFileSync(path, 'utf8')).toBe(newer);
    expect(existsSync(`${path}.bak`)).toBe(false);
  });
});
