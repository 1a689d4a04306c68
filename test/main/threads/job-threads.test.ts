import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { App } from '#main/app.ts';
import { JobThreads } from '#main/threads/job-threads.ts';
import {
  openTestApp,
  temporaryFolder,
  type TemporaryFolder,
  walkSpec,
} from '#test/support/temporary-app.ts';

let folder: TemporaryFolder;
let app: App;

beforeEach(async () => {
  folder = temporaryFolder();
  app = await openTestApp(folder.path);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await app.close();
  folder.remove();
});

async function run(algorithm: string): Promise<string> {
  const { jobId } = await app.jobs.submit(walkSpec({ steps: 2 }, { algorithm }));
  return (await app.jobs.whenEnded(jobId)).status;
}

test('jobs one after the other share a thread, and none is shared after a death', async () => {
  const take = vi.spyOn(JobThreads.prototype, 'take');
  const taken = (): unknown[] => take.mock.results.map(({ value }) => value as unknown);
  for (let i = 0; i < 4; i++) expect(await run('walk')).toBe('completed');
  expect(new Set(taken()).size).toBeLessThan(4);
  expect(await run('crash')).toBe('failed');
  const dead = taken().at(-1);
  expect(await run('walk')).toBe('completed');
  expect(taken().at(-1)).not.toBe(dead);
});
