import { parentPort } from 'node:worker_threads';
import { errorToData } from '#shared/ipc/wire.ts';
import type { TaskOrder, TaskReply } from './protocol.ts';

/** In a thread for tasks: answers one order after the other. */
export function serveTasks(work: (order: TaskOrder) => unknown): void {
  const answer = async (order: TaskOrder): Promise<TaskReply> => {
    try {
      return { kind: 'done', id: order.id, result: await work(order) };
    } catch (thrown) {
      return { kind: 'failed', id: order.id, error: errorToData(thrown) };
    }
  };
  parentPort?.on('message', (order: TaskOrder) => {
    void answer(order).then((reply) => parentPort?.postMessage(reply));
  });
  parentPort?.postMessage({ kind: 'ready' } satisfies TaskReply);
}
