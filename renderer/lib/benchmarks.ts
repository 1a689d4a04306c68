import type { JobStatus } from '#shared/jobs/job.ts';
import { client } from './client.ts';
import { isActive } from './jobs.ts';
import { newestOnly } from './newest-only.ts';
import { notify } from './notices.ts';
import { markTitle } from './window-title.ts';

/** Says when a comparison has ended, wherever the user is. */
export function followBenchmarks(): void {
  const before = new Map<string, JobStatus>();
  const { ask: look } = newestOnly(
    () => client().request('benchmarks.list', {}),
    ({ output }) => {
      for (const { benchmarkId, name, status } of output ?? []) {
        const earlier = before.get(benchmarkId);
        before.set(benchmarkId, status);
        if (earlier === undefined || !isActive(earlier) || isActive(status)) continue;
        if (status === 'cancelled') continue;
        const failed = status === 'failed';
        markTitle(failed ? 'Comparison failed' : 'Comparison completed');
        notify(failed ? 'warning' : 'info', `“${name}” ${failed ? 'has failed' : 'is completed'}.`);
      }
    },
  );
  client().on('benchmarks.changed', () => look(undefined));
  client().onConnection((connected) => connected && look(undefined));
}
