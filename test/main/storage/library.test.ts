import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LibraryGate } from '#shared/ipc/library.ts';
import type { App } from '#main/app.ts';
import { type Call, createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { libraryFolder } from '#main/storage/home.ts';
import { openTestApp, temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let app: App;
let call: Call;

async function reopen(): Promise<void> {
  app = await openTestApp(folder.path);
  call = createCall(createHandlers(app));
}

beforeEach(async () => {
  folder = temporaryFolder();
  await reopen();
});
afterEach(async () => {
  await app.close();
  folder.remove();
});

describe('gates', () => {
  const source = 'gate half a { sx a; }\ngate pair(t) a, b { half a; cp(t) a, b; }\n';

  test('are kept with their source, one of each name', async () => {
    expect(await call('gates.list', {})).toEqual([]);
    await call('gates.write', { source, note: 'ψ' });
    await call('gates.write', { source: 'gate a x { h x; }' });
    await call('gates.write', { source, note: 'again' });
    await app.close();
    await reopen();
    const kept = (await call('gates.list', {})) as LibraryGate[];
    expect(kept.map(({ name }) => name)).toEqual(['a', 'pair']);
    expect(kept[1]).toMatchObject({ source, note: 'again', qubits: 2, parameters: ['t'] });
    await call('gates.remove', { name: 'a' });
    expect(await call('gates.list', {})).toHaveLength(1);
  });

  test('are refused with the place of what is wrong', async () => {
    const wrong = call('gates.write', { source: 'gate g a {\n  nothing a;\n}' });
    await expect(wrong).rejects.toMatchObject({
      code: 'bad-input',
      details: { line: 2, column: 3 },
    });
    await expect(call('gates.write', { source: 'qubit q;' })).rejects.toThrow('declares no gate');
    await expect(call('gates.remove', { name: 'g' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('documents', () => {
  test('are kept with their text and sidecar', async () => {
    const sidecar = { notes: ['ψ'] };
    const { id } = (await call('documents.write', { name: 'Bell', text: 'x', sidecar })) as {
      id: string;
    };
    await app.close();
    await reopen();
    expect(await call('documents.read', { id })).toMatchObject({
      name: 'Bell',
      text: 'x',
      sidecar,
    });
  });

  test('refuse to be overwritten from an older revision', async () => {
    const first = (await call('documents.write', { name: 'a', text: '1' })) as { id: string };
    await call('documents.write', { id: first.id, name: 'a', text: '2', revision: 1 });
    await expect(
      call('documents.write', { id: first.id, name: 'a', text: '3', revision: 1 }),
    ).rejects.toMatchObject({ code: 'conflict', details: { expected: 1, actual: 2 } });
    expect(await call('documents.read', { id: first.id })).toMatchObject({ text: '2' });
  });

  test('survive damage of their file by its backup', async () => {
    const { id } = (await call('documents.write', { name: 'a', text: 'old' })) as { id: string };
    await call('documents.write', { id, name: 'a', text: 'new' });
    await app.close();
    writeFileSync(join(folder.path, 'documents', `${id}.json`), '{"schemaVers');
    await reopen();
    expect(await call('documents.read', { id })).toMatchObject({ text: 'old' });
  });

  test('that are removed leave their file under another name', async () => {
    const { id } = (await call('documents.write', { name: 'a', text: '1' })) as { id: string };
    await call('documents.remove', { id });
    await expect(call('documents.read', { id })).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(join(folder.path, 'documents', `${id}.json.removed`))).toBe(true);
  });
});

describe('settings', () => {
  test('merge the given keys and stay', async () => {
    await call('settings.set', { theme: 'dark' });
    await call('settings.set', { layout: { a: 1 } });
    await app.close();
    await reopen();
    expect(await call('settings.get', {})).toMatchObject({ theme: 'dark', layout: { a: 1 } });
  });
});

describe('data sets', () => {
  const text = 'a,b\n1,2\n3,4\n';

  test('are copied in once, however often they are imported', async () => {
    const first = await call('data.import', { name: 'x.csv', text });
    expect(await call('data.import', { name: 'other.csv', text })).toStrictEqual(first);
    const files = readdirSync(join(folder.path, 'data')).filter((name) => name.endsWith('.csv'));
    expect(files).toHaveLength(1);
  });

  test('with faults are refused with their places and nothing is kept', async () => {
    await expect(call('data.import', { name: 'x.csv', text: 'a,b\n1\n' })).rejects.toMatchObject({
      code: 'bad-input',
      details: { problems: [{ line: 2 }] },
    });
    expect(
      readdirSync(join(folder.path, 'data')).filter((name) => name.endsWith('.csv')),
    ).toStrictEqual([]);
  });

  test('whose file was changed from outside are refused as damaged', async () => {
    const set = (await call('data.import', { name: 'x.csv', text })) as {
      id: string;
      hash: string;
    };
    writeFileSync(join(folder.path, 'data', `${set.hash}.csv`), 'a,b\n9,9\n');
    await expect(call('data.preview', { id: set.id })).rejects.toMatchObject({ code: 'corrupt' });
  });
});

test('each operating system has its own folder, and KETBENCH_HOME overrides it', () => {
  expect(libraryFolder({ KETBENCH_HOME: '/x' }, 'linux')).toBe('/x');
  expect(libraryFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/ketbench');
  expect(libraryFolder({ APPDATA: '/roaming' }, 'win32')).toBe('/roaming/Ketbench');
  expect(libraryFolder({}, 'darwin')).toMatch(/Library\/Application Support\/Ketbench$/);
});
