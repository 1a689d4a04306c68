import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Whether Python is installed; tests that need it are skipped without it. */
export const hasPython = spawnSync('python3', ['--version']).status === 0;

const runner = join(import.meta.dirname, '../fixtures/python-sdks/run.py');

/** What Python says of each program when it runs over stand-ins for the SDKs; empty where it runs. */
export function pythonFaults(programs: readonly string[]): readonly string[] {
  // -B leaves no compiled files beside the stand-ins.
  const outcome = spawnSync('python3', ['-B', '-I', runner], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (outcome.status !== 0) throw new Error(outcome.stderr);
  return JSON.parse(outcome.stdout) as string[];
}
