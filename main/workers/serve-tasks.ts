import { parentPort } from 'node:worker_threads';
import { errorToData } from '#shared/ipc/wire.ts';
import type { TaskOrder, TaskReply } from '../threads/protocol.ts';

/** In a thread for tasks: answers one order after the other. `tell` sends how the work goes, at once. */
export function serveTasks(
  work: (order: TaskOrder, tell: (note: unknown) => void) => unknown,
): void {
  const post = (reply: TaskReply): void => parentPort?.postMessage(reply);
  const answer = async (order: TaskOrder): Promise<TaskReply> => {
    try {
      return {
        kind: 'done',
        id: order.id,
        result: await work(order, (note) => post({ kind: 'told', id: order.id, note })),
      };
    } catch (thrown) {
      return { kind: 'failed', id: order.id, error: errorToData(thrown) };
    }
  };
  parentPort?.on('message', (order: TaskOrder) => {
    void answer(order).then(post);
  });
  post({ kind: 'ready' });
}
