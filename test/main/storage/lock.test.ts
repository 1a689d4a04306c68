import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockLibrary } from '#main/storage/lock.ts';
import { birthOf } from '#main/storage/process-mark.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
const lockFile = (): string => join(folder.path, 'lock');

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A pid that belonged to a process which has ended. */
function endedPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('a library that is in use is refused with the pid of its owner', () => {
  const lock = lockLibrary(folder.path);
  expect(() => lockLibrary(folder.path)).toThrow(
    expect.objectContaining({ code: 'locked', details: { pid: process.pid, folder: folder.path } }),
  );
  lock.dispose();
  lockLibrary(folder.path).dispose();
});

test.each([
  ['of a process that has ended', () => JSON.stringify({ pid: endedPid(), born: '1' })],
  [
    'of a pid that another process has by now',
    () => JSON.stringify({ pid: process.pid, born: '1' }),
  ],
  ['that was cut off in writing', () => '{"pid": 12'],
  ['that is empty', () => ''],
])('a lock %s is taken over', (_, content) => {
  writeFileSync(lockFile(), content());
  const lock = lockLibrary(folder.path);
  expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
  lock.dispose();
  expect(existsSync(lockFile())).toBe(false);
});

test.skipIf(process.platform !== 'linux')(
  'a killed owner that nobody has waited for yet holds nothing',
  async () => {
    // The shell becomes a process that never waits for its child.
    const script = `${process.execPath} -e "setInterval(() => 0, 9999)" & echo $!; exec sleep 60`;
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
      const born = birthOf(pid);
      writeFileSync(lockFile(), JSON.stringify({ pid, born }));
      expect(() => lockLibrary(folder.path)).toThrow(expect.objectContaining({ code: 'locked' }));
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
      lockLibrary(folder.path).dispose();
    } finally {
      parent.kill('SIGKILL');
    }
  },
);

test.each([
  ['no lock', null],
  ['a stale lock', '{"pid":1,"born":"1"}'],
])('of eight starters at once over %s exactly one becomes the owner', async (_, stale) => {
  if (stale !== null) writeFileSync(lockFile(), stale);
  const module = new URL('../../../main/storage/lock.ts', import.meta.url).href;
  const start = Date.now() + 2500;
  const code = `const { lockLibrary } = await import(${JSON.stringify(module)});
    while (Date.now() < ${start});
    try { lockLibrary(${JSON.stringify(folder.path)}); console.log('owner'); setTimeout(() => 0, 1500); }
    catch (thrown) { console.log(thrown.code); }`;
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
      return new Promise((resolve) =>
        child.stdout.once('data', (text) => resolve(String(text).trim())),
      );
    }),
  );
  expect(answers.filter((answer) => answer === 'owner')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'locked')).toHaveLength(7);
});
