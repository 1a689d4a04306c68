import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Documents } from '#main/storage/documents.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let documents: Documents;

beforeEach(async () => {
  folder = temporaryFolder();
  documents = await Documents.open(folder.path, () => undefined);
});
afterEach(() => folder.remove());

const write = (text: string, more: { id?: string; revision?: number } = {}) =>
  documents.write({ name: 'Bell', text, ...more }, new Date(0));

/** Another program changes the text in the document's file. */
function changeFile(from: string, to: string): void {
  const name = readdirSync(folder.path).find((one) => one.endsWith('.json')) ?? '';
  const path = join(folder.path, name);
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}

describe('a document whose file another program changed', () => {
  test('is read as it is on disk, under a newer revision', async () => {
    const { id, revision } = await write('h q[0];');
    changeFile('h q[0];', 'x q[0]; // from elsewhere');
    const found = await documents.read(id);
    expect(found.text).toBe('x q[0]; // from elsewhere');
    expect(found.revision).toBeGreaterThan(revision);
  });

  test('refuses a save that does not know of the change, and loses neither text', async () => {
    const { id, revision } = await write('h q[0];');
    changeFile('h q[0];', 'z q[0];');
    await expect(write('y q[0];', { id, revision })).rejects.toMatchObject({ code: 'conflict' });
    const { text, revision: now } = await documents.read(id);
    expect(text).toBe('z q[0];');
    await write('y q[0];', { id, revision: now });
    expect((await documents.read(id)).text).toBe('y q[0];');
  });

  test('keeps what is in memory where the file can no longer be read', async () => {
    const { id, revision } = await write('h q[0];');
    changeFile('{', '');
    expect((await documents.read(id)).text).toBe('h q[0];');
    await write('x q[0];', { id, revision });
    expect((await documents.read(id)).text).toBe('x q[0];');
  });

  test('is not taken for changed by saves of its own', async () => {
    const { id, revision } = await write('h q[0];');
    const second = await write('x q[0];', { id, revision });
    const third = await write('y q[0];', { id, revision: second.revision });
    expect((await documents.read(id)).revision).toBe(third.revision);
  });
});
