import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '#main/project.ts';

/** Runs a module in a process of its own. */
function run(source: string) {
  const code = `await import(${JSON.stringify(join(projectRoot, 'main/jobs/engine-door.ts'))}); ${source}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

test('a failure that nobody took is printed, whatever libraries are loaded', () => {
  const { status, stderr } = run("await 0; Promise.reject(new Error('nobody took this'));");
  expect(stderr).toContain('nobody took this');
  expect(status).toBe(1);
});

test('no library that the engine loads decides how the process ends', () => {
  const { stdout } = run(`
    await import(${JSON.stringify(join(projectRoot, 'main/engine/learning/support-vector-machine.ts'))})
      .then(({ trainSupportVectors }) =>
        trainSupportVectors(new Float64Array([1, 0, 0, 1]), [0, 1], { kind: 'classes', C: 1 }));
    await import(${JSON.stringify(join(projectRoot, 'main/engine/classical/highs-library.ts'))})
      .then(({ loadLibrary }) => loadLibrary());
    await new Promise((done) => setTimeout(done, 10));
    console.log(['unhandledRejection', 'uncaughtException'].map((end) => process.listenerCount(end)).join());`);
  expect(stdout.trim()).toBe('0,0');
});
