import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { openTestApp, temporaryFolder, walkSpec } from '#test/support/temporary-app.ts';

const whole = temporaryFolder();
const files: string[] = [];
const damagedFiles = 400;

/** A library with one of everything, to be copied and damaged. */
beforeAll(async () => {
  const app = await openTestApp(whole.path);
  const call = createCall(createHandlers(app));
  for (const text of ['x', 'y']) await call('documents.write', { name: text, text });
  await call('gates.write', { source: 'gate g a { h a; }' });
  await call('settings.set', { theme: 'dark' });
  await call('data.import', { name: 'd.csv', text: 'a,b\n1,2\n3,4\n' });
  await call('vault.unlock', { passphrase: 'plain walnut river' });
  for (const steps of [2, 3]) {
    await app.jobs.whenEnded((await app.jobs.submit(walkSpec({ steps }))).jobId);
  }
  await app.close();
  files.push(...filesBelow(whole.path).map((path) => relative(whole.path, path)));
});
afterAll(() => whole.remove());

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const damages: Readonly<Record<string, (path: string, rng: Rng) => void>> = {
  emptied: (path) => writeFileSync(path, ''),
  'cut short': (path, rng) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, rng.below(Math.max(1, bytes.length))));
  },
  zeros: (path) => writeFileSync(path, Buffer.alloc(500)),
  'zeros behind': (path) =>
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(64)])),
  'another shape': (path) => writeFileSync(path, '{"schemaVersion":1,"data":7}'),
  'no object': (path) => writeFileSync(path, 'null'),
  newer: (path) => writeFileSync(path, '{"schemaVersion":99,"data":{"later":true}}'),
  'a flipped bit': (path, rng) => {
    const bytes = readFileSync(path);
    if (bytes.length === 0) return;
    const i = rng.below(bytes.length);
    bytes[i] = (bytes[i] as number) ^ (1 << rng.below(8));
    writeFileSync(path, bytes);
  },
  'random bytes': (path, rng) =>
    writeFileSync(
      path,
      Uint8Array.from({ length: 300 }, () => rng.below(256)),
    ),
  missing: (path) => rmSync(path),
  'a folder': (path) => {
    rmSync(path);
    mkdirSync(path);
  },
};

test(`the library opens and takes new work after each of ${damagedFiles} damages`, {
  timeout: 1_800_000,
}, async () => {
  const rng = rngOf(400);
  const kinds = Object.entries(damages);
  for (let i = 0; i < damagedFiles; i++) {
    const copy = temporaryFolder();
    cpSync(whole.path, copy.path, { recursive: true });
    const file = files[i % files.length] as string;
    const [kind, damage] = kinds[rng.below(kinds.length)] as (typeof kinds)[number];
    const path = join(copy.path, file);
    damage(path, rng);
    const newer = kind === 'newer' && file.endsWith('.json') ? readFileSync(path, 'utf8') : null;
    try {
      const app = await openTestApp(copy.path);
      const call = createCall(createHandlers(app));
      for (const name of [
        'documents.list',
        'gates.list',
        'settings.get',
        'data.list',
        'jobs.list',
        'vault.status',
        'credentials.list',
        'benchmarks.list',
      ]) {
        await call(name, {});
      }
      const written = (await call('documents.write', { name: 'new', text: '1' })) as { id: string };
      expect(await call('documents.read', { id: written.id })).toMatchObject({ text: '1' });
      const { jobId } = await app.jobs.submit(walkSpec({ steps: 1 }));
      if (i % 10 === 0) expect((await app.jobs.whenEnded(jobId)).status).toBe('completed');
      await app.close();
      // What a newer version wrote, and is not a job's own file, is left as it was.
      if (newer !== null && !/^(jobs|host|door)/.test(file)) {
        expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(newer);
      }
    } catch (thrown) {
      throw new Error(`${file}, ${kind}: ${String(thrown)}`, { cause: thrown });
    }
    copy.remove();
  }
});
