import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobSpec } from '#shared/jobs/job.ts';
import { jobSpecSchema } from '#shared/jobs/job.ts';
import { rowOf } from '#main/storage/job-row.ts';
import {
  openTestApp,
  temporaryFolder,
  type TemporaryFolder,
  walkSpec,
} from '#test/support/temporary-app.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A library in which so many jobs have ended, as its tables keep them. */
function writeJobs(count: number): void {
  const spec = jobSpecSchema.parse(walkSpec({ steps: 2 })) as JobSpec;
  const tables = join(folder.path, 'tables');
  mkdirSync(join(tables, 'jobs'), { recursive: true });
  const lines: string[] = [];
  for (let shard = 0; shard * 256 < count; shard++) {
    const rows = Array.from({ length: Math.min(256, count - shard * 256) }, (_, i) => {
      const jobId = `00000000-0000-4000-8000-${String(shard * 256 + i).padStart(12, '0')}`;
      lines.push(
        JSON.stringify({
          id: jobId,
          qpuBackend: 'simulator',
          qubitsUsed: 1,
          gateOperations: 1,
          circuits: 1,
          shots: 1,
          coherenceTimes: null,
          errorRates: null,
          jobId,
          timestamp: '2026-01-01',
        }),
      );
      const part = { benchmarkId: null, benchmarkRun: null };
      const given = { jobId, priority: 0, submittedAt: '2026-01-01', ...part };
      return { ...rowOf(spec, given), status: 'completed', completedAt: '2026-01-01' };
    });
    const path = join(tables, 'jobs', `${String(shard).padStart(4, '0')}.json`);
    writeFileSync(path, JSON.stringify({ schemaVersion: 1, data: rows }));
  }
  writeFileSync(join(tables, 'utilization.jsonl'), `${lines.join('\n')}\n`);
}

test.each([0, 10_000])(
  '500 submissions at once over %i rows are taken in 10 seconds and all run',
  { timeout: 600_000 },
  async (rows) => {
    if (rows > 0) writeJobs(rows);
    const opening = performance.now();
    const app = await openTestApp(folder.path);
    const opened = performance.now() - opening;
    const begun = performance.now();
    const submitted = await Promise.all(
      Array.from({ length: 500 }, (_, i) => app.jobs.submit(walkSpec({ steps: 2 }, { seed: i }))),
    );
    const taken = performance.now() - begun;
    const ends = await Promise.all(submitted.map(({ jobId }) => app.jobs.whenEnded(jobId)));
    const all = performance.now() - begun;
    await app.close();
    process.stdout.write(
      `${rows} rows: opened in ${Math.round(opened)} ms, 500 submissions in ${Math.round(taken)} ms, all ended after ${Math.round(all)} ms (${Math.round(all / 500)} ms each)\n`,
    );
    expect(ends.filter(({ status }) => status === 'completed')).toHaveLength(500);
    expect(taken).toBeLessThan(50_000);
  },
);
