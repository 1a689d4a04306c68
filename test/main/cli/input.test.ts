import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { includeBeside } from '#main/cli/input.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

test('an included name that is a pipe or a folder is no file, and nobody waits for it', () => {
  const folder = temporaryFolder();
  const main = folder.write('main.qasm', '');
  folder.write('beside.inc', 'gate g a { }');
  const include = includeBeside(main);
  expect(include('beside.inc')).toBe('gate g a { }');
  expect(include('.')).toBeNull();
  const made = spawnSync('mkfifo', [join(folder.path, 'pipe.inc')]);
  if (made.status === 0) expect(include('pipe.inc')).toBeNull();
  folder.remove();
});
