import { parentPort } from 'node:worker_threads';
import { AppError } from '#shared/base/errors.ts';
import { errorToData } from '#shared/ipc/wire.ts';
import type { SimulationOrder, SimulationReply } from './protocol.ts';

/** The thread of live simulations: one order after the other. */
function answer(order: SimulationOrder): SimulationReply {
  try {
    throw new AppError('unsupported', 'The simulator is not part of this build.');
  } catch (thrown) {
    return { kind: 'failed', id: order.id, error: errorToData(thrown) };
  }
}

parentPort?.on('message', (order: SimulationOrder) => {
  parentPort?.postMessage(answer(order));
});
parentPort?.postMessage({ kind: 'ready' } satisfies SimulationReply);
