import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { assert } from '#shared/base/assert.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { errorToData } from '#shared/ipc/wire.ts';
import { providePlatform } from '#engine/platform.ts';
import type { JobCommand, JobOrder, JobReport } from '../jobs/job-protocol.ts';
import { loadEngineModule } from './engine-module.ts';
import { nodePlatform } from './node-platform.ts';
import { runJob } from './run-job.ts';

/** A thread for jobs: takes an order, runs it to its end, reports, and is ready for the next. */
const port = parentPort;
assert(port !== null, 'a job runs in a worker thread');
const report = (message: JobReport): void => port.postMessage(message);

providePlatform(nodePlatform);
let listener: ((command: JobCommand) => void) | null = null;
port.on('message', (command: JobCommand) => {
  if (command.kind === 'order') void run(command.order);
  else listener?.(command);
});

async function run(order: JobOrder): Promise<void> {
  listener = null;
  try {
    const { jobEngine } = await loadEngineModule(order.engineModule);
    await runJob({
      order,
      engine: jobEngine,
      cancel: new CancelFlag(order.cancel),
      logPath: join(order.folder, 'run.log'),
      seriesFolder: join(order.folder, 'series'),
      port: port as NonNullable<typeof port>,
      report,
      onCommand: (next) => {
        listener = next;
      },
      now: () => performance.now() / 1000,
    });
  } catch (thrown) {
    report({ kind: 'failed', error: errorToData(thrown), seconds: 0 });
  }
  report({ kind: 'idle' });
}
