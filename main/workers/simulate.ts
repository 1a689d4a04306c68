import { parentPort } from 'node:worker_threads';
import { CancelFlag } from '#shared/base/cancel.ts';
import { errorToData } from '#shared/ipc/wire.ts';
import { providePlatform } from '#engine/platform.ts';
import { simulateSource } from '#engine/simulators/simulate-source.ts';
import { nodePlatform } from './node-platform.ts';
import type { SimulationOrder, SimulationReply } from './protocol.ts';

providePlatform(nodePlatform);

/** The thread of live simulations: one order after the other. */
function answer({ id, request, cancel, freeBytes }: SimulationOrder): SimulationReply {
  try {
    const result = simulateSource(request, {
      cancel: new CancelFlag(cancel),
      freeBytes,
      now: () => performance.now() / 1000,
    });
    return { kind: 'done', id, result };
  } catch (thrown) {
    return { kind: 'failed', id, error: errorToData(thrown) };
  }
}

parentPort?.on('message', (order: SimulationOrder) => {
  parentPort?.postMessage(answer(order));
});
parentPort?.postMessage({ kind: 'ready' } satisfies SimulationReply);
