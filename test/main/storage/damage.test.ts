import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { type Call, createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { readRecords, RecordFile } from '#main/storage/record-file.ts';
import { checkLibrary } from '#main/library-check.ts';
import { openTestApp, temporaryFolder, walkSpec } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let app: App;
let call: Call;
const at = (...parts: string[]): string => join(folder.path, ...parts);

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

/** One of everything, all ended. */
async function fill(): Promise<{
  jobId: string;
  documentId: string;
  dataId: string;
  hash: string;
}> {
  const { id: documentId } = (await call('documents.write', { name: 'a', text: 'x' })) as {
    id: string;
  };
  await call('gates.write', { source: 'gate g a { h a; }' });
  await call('settings.set', { theme: 'dark' });
  const set = (await call('data.import', { name: 'd.csv', text: 'a,b\n1,2\n3,4\n' })) as {
    id: string;
    hash: string;
  };
  const { jobId } = await app.jobs.submit(walkSpec({ steps: 2 }));
  await app.jobs.whenEnded(jobId);
  return { jobId, documentId, dataId: set.id, hash: set.hash };
}

test('jobs and data are found again by their files where both copies of a table are bad', async () => {
  const { jobId, hash } = await fill();
  const before = await app.jobs.document(jobId);
  await app.close();
  for (const part of ['tables/jobs', 'data/index']) {
    for (const name of readdirSync(at(part))) writeFileSync(at(part, name), 'x');
  }
  await reopen();
  expect(await app.jobs.document(jobId)).toStrictEqual(before);
  expect(app.jobs.rows()).toMatchObject([{ jobId, status: 'completed', fraction: 1 }]);
  expect(app.library.dataSets.list().some((set) => set.hash === hash)).toBe(true);
  await app.close();
  rmSync(at('tables/jobs'), { recursive: true });
  await reopen();
  expect(app.jobs.rows()).toMatchObject([{ jobId, status: 'completed' }]);
});

test.each([8, 4096, 3])(
  '%i zeros behind a record file are no records, and it is written on',
  (count) => {
    const path = at('records');
    const file = new RecordFile(path, 0);
    file.append({ a: 1 });
    file.append({ b: new Float64Array([1, 2]) });
    file.dispose();
    appendFileSync(path, Buffer.alloc(count));
    const found = readRecords(path);
    expect([found.records.length, found.tornBytes]).toStrictEqual([2, count]);
    const more = new RecordFile(path, found.wholeBytes);
    more.append({ c: 3 });
    more.dispose();
    expect(readRecords(path)).toMatchObject({ records: [{ a: 1 }, {}, { c: 3 }], tornBytes: 0 });
  },
);

test('damage of a job’s files is told in words, and a torn line of its log is left out', async () => {
  const { jobId } = await fill();
  appendFileSync(
    at('jobs', jobId, 'log.jsonl'),
    '{"at":"x","te\n{"at":"y","text":"after"}\n{"torn',
  );
  expect(app.jobs.log(jobId).at(-1)).toStrictEqual({ at: 'y', text: 'after' });
  for (const name of ['document.json', 'spec.json']) {
    for (const text of ['', '{"jobId":', 'null', '[]']) {
      writeFileSync(at('jobs', jobId, name), text);
      const asked = name === 'spec.json' ? app.jobs.spec(jobId) : app.jobs.document(jobId);
      await expect(asked).rejects.toMatchObject({
        code: 'corrupt',
        message: expect.stringContaining('is damaged'),
      });
    }
  }
  rmSync(at('jobs', jobId), { recursive: true });
  await expect(app.jobs.document(jobId)).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('missing'),
  });
});

test('importing a damaged or lost data set again heals it', async () => {
  const { dataId, hash } = await fill();
  for (const text of ['a,b\n9,9\n', null]) {
    if (text === null) rmSync(at('data', `${hash}.csv`));
    else writeFileSync(at('data', `${hash}.csv`), text);
    await expect(call('data.preview', { id: dataId })).rejects.toMatchObject({ code: 'corrupt' });
    await call('data.import', { name: 'd.csv', text: 'a,b\n1,2\n3,4\n' });
    expect(await call('data.preview', { id: dataId })).toMatchObject({ totalRows: 2 });
  }
});

test('ten equal imports at once are one data set and all are answered', async () => {
  const same = await Promise.all(
    Array.from({ length: 10 }, () => call('data.import', { name: 'd.csv', text: 'a,b\n1,2\n' })),
  );
  expect(new Set(same.map((set) => (set as { id: string }).id)).size).toBe(1);
});

test('a job that was killed before it was booked is booked at the next start, once', async () => {
  await fill();
  await app.close();
  writeFileSync(at('tables', 'utilization.jsonl'), '');
  for (let round = 0; round < 2; round++) {
    await reopen();
    expect(app.library.tables.utilization.all()).toHaveLength(1);
    await app.close();
  }
  await reopen();
});

test('what killed processes leave is swept, and nothing that is wanted', async () => {
  const { jobId, documentId, hash } = await fill();
  await call('documents.remove', { id: documentId });
  await app.close();
  const orphan = 'ab'.repeat(32);
  const lost = '12345678-1234-1234-1234-123456789abc';
  const left = [
    at('settings.json.12-3.tmp'),
    at('documents', 'x.json.tmp'),
    at('data', `${orphan}.csv`),
    at('data', `${hash}.csv.9-1.tmp`),
    at('tables', 'jobs', '0000.json.bak.1-1.tmp'),
  ];
  for (const path of left) writeFileSync(path, 'x');
  mkdirSync(at('jobs', lost));
  const old = at('documents', `${lost}.json.removed`);
  writeFileSync(old, '{}');
  utimesSync(old, 0, 0);
  const kept = [
    at('data', 'notes.txt'),
    at('jobs', 'notes'),
    at('documents', `${documentId}.json.removed`),
    at('data', `${hash}.csv`),
    at('jobs', jobId, 'document.json'),
  ];
  writeFileSync(at('data', 'notes.txt'), 'mine');
  mkdirSync(at('jobs', 'notes'));
  await reopen();
  for (const path of [...left, at('jobs', lost)])
    expect([path, existsSync(path)]).toStrictEqual([path, false]);
  for (const path of kept) expect([path, existsSync(path)]).toStrictEqual([path, true]);
});

test('the check of a library finds damage of every kind', async () => {
  const { jobId, hash } = await fill();
  await call('vault.unlock', { passphrase: 'plain walnut river' });
  await app.close();
  expect((await checkLibrary(folder.path)).problems).toStrictEqual([]);
  const document = at('jobs', jobId, 'document.json');
  const whole = readFileSync(document, 'utf8');
  const files: [string, (text: string) => string][] = [
    [document, () => ''],
    [document, (text) => text.replace('"walk"', '"wolk"')],
    [at('jobs', jobId, 'spec.json'), () => '{'],
    [at('data', `${hash}.csv`), () => ''],
    [at('vault.json'), () => ''],
  ];
  for (const [path, damage] of files) {
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, damage(text));
    expect([path, (await checkLibrary(folder.path)).problems.length]).not.toStrictEqual([path, 0]);
    writeFileSync(path, text);
  }
  rmSync(at('jobs', jobId), { recursive: true });
  expect((await checkLibrary(folder.path)).problems).not.toStrictEqual([]);
  mkdirSync(at('jobs', jobId));
  writeFileSync(document, whole);
  await reopen();
});
