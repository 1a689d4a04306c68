import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockLibrary } from '#main/storage/lock.ts';
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
