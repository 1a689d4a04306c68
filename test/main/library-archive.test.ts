import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { archiveLibrary, importArchive } from '#main/library-archive.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { openTestApp, temporaryFolder, walkSpec } from '#test/support/temporary-app.ts';

let here: ReturnType<typeof temporaryFolder>;
let there: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  here = temporaryFolder();
  there = temporaryFolder();
});
afterEach(() => {
  here.remove();
  there.remove();
});

const gate = 'OPENQASM 3.0; include "stdgates.inc"; gate mine a { h a; }';

/** A library with one of everything, and a job that has not ended. */
async function filled(): Promise<string> {
  const app = await openTestApp(here.path);
  const call = createCall(createHandlers(app));
  await call('documents.write', { name: 'Bell', text: 'OPENQASM 3.0;\n', project: 'pairs' });
  await call('data.import', { name: 'moves.csv', text: 'a,b\n1,2\n3,4\n' });
  await call('gates.write', { source: gate });
  await call('vault.unlock', { passphrase: 'plain walnut river' });
  const submit = async (settings: object, name: string): Promise<string> => {
    const spec = walkSpec(settings as Record<string, unknown>, { name });
    return ((await call('jobs.submit', { spec })) as { jobId: string }).jobId;
  };
  const jobId = await submit({ steps: 3 }, 'ended');
  await app.jobs.whenEnded(jobId);
  const going = await submit({ steps: 1_000_000, pauseMs: 20 }, 'going');
  await call('jobs.pause', { jobId: going });
  await app.close();
  return jobId;
}

test('a library goes into one file and comes out beside what is there, once', async () => {
  const jobId = await filled();
  const zip = join(here.path, 'out.zip');
  expect(await archiveLibrary(here.path, zip, { withKeys: false })).toMatchObject({
    hasKeys: false,
  });
  const names = Object.keys(unzipSync(readFileSync(zip)));
  expect(names.filter((name) => /vault|host|door|lock|tmp/.test(name))).toEqual([]);
  const { imported, skipped } = await importArchive(there.path, zip);
  expect(imported).toMatchObject({ documents: 1, dataSets: 1, jobs: 1, gates: 1 });
  expect(skipped).toEqual([{ what: 'Job “going”', why: 'It had not ended.' }]);
  const again = await importArchive(there.path, zip);
  expect(Object.values(again.imported)).toEqual(Object.values(again.imported).map(() => 0));

  const app = await openTestApp(there.path);
  const call = createCall(createHandlers(app));
  expect(await call('jobs.get', { jobId })).toMatchObject({ status: 'completed' });
  expect(await call('documents.list', {})).toMatchObject([{ name: 'Bell', project: 'pairs' }]);
  expect(await call('gates.list', {})).toMatchObject([{ name: 'mine' }]);
  const sets = (await call('data.list', {})) as { name: string; builtIn: boolean; id: string }[];
  const own = sets.filter(({ builtIn }) => !builtIn);
  expect(own).toMatchObject([{ name: 'moves.csv' }]);
  expect(await call('data.preview', { id: own[0]?.id })).toMatchObject({ totalRows: 2 });
  await app.close();
});

test('a backup has the vault, as encrypted as it was', async () => {
  await filled();
  const zip = join(here.path, 'backup.zip');
  expect(await archiveLibrary(here.path, zip, { withKeys: true })).toMatchObject({ hasKeys: true });
  const vault = unzipSync(readFileSync(zip))['vault.json'];
  expect(Buffer.from(vault ?? []).equals(readFileSync(join(here.path, 'vault.json')))).toBe(true);
});

test.each([
  ['no archive', strToU8('no archive at all')],
  ['an archive of other things', zipSync({ 'notes.txt': strToU8('x') })],
  ['files outside', zipSync({ '../settings.json': strToU8('{}'), '/etc/x': strToU8('x') })],
])('%s is refused', async (_, bytes) => {
  const zip = join(here.path, 'odd.zip');
  writeFileSync(zip, bytes);
  await expect(importArchive(there.path, zip)).rejects.toMatchObject({ code: 'bad-input' });
});

test('a damaged part is told, and the rest comes in', async () => {
  await filled();
  const zip = join(here.path, 'out.zip');
  await archiveLibrary(here.path, zip, { withKeys: false });
  const files = unzipSync(readFileSync(zip));
  const odd = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [
      name,
      /^documents\/.*\.json/.test(name) ? strToU8('{') : bytes,
    ]),
  );
  writeFileSync(zip, zipSync(odd));
  const { imported, skipped } = await importArchive(there.path, zip);
  expect(imported).toMatchObject({ documents: 0, jobs: 1 });
  expect(skipped.some(({ what }) => what === 'A file')).toBe(true);
});
