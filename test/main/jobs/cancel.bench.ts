import type { BenchRow } from '#test/support/bench-row.ts';
import { openRealApp, temporaryFolder } from '#test/support/temporary-app.ts';

/** A training job of 18 qubits, whose single steps take long. */
const spec = {
  algorithm: 'qaoa',
  problem: {
    kind: 'maxcut',
    nodes: 18,
    edges: Array.from({ length: 18 }, (_, i) => [i, (i + 1) % 18]),
  },
  settings: { layers: 8, optimizer: { id: 'cobyla' } },
};

/** How long a cancelled job goes on computing. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  const app = await openRealApp(folder.path);
  const times: number[] = [];
  try {
    for (let trial = 0; trial < 5; trial++) {
      const { jobId } = await app.jobs.submit(spec);
      await new Promise<void>((resolve) => {
        const subscription = app.hub.onNew(() => {
          if (
            !app.jobs
              .list({ limit: 10 })
              .jobs.some((job) => job.jobId === jobId && job.fraction !== null)
          )
            return;
          subscription.dispose();
          resolve();
        });
      });
      const asked = performance.now();
      await app.jobs.cancel(jobId);
      await app.jobs.whenEnded(jobId);
      times.push(performance.now() - asked);
    }
  } finally {
    await app.close();
    folder.remove();
  }
  return [
    {
      name: 'cancelling a job of 18 qubits, slowest of 5',
      value: Math.max(...times),
      unit: 'ms',
      goal: '≤ 500 ms',
    },
  ];
}
