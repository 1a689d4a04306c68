import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { present } from '#shared/base/assert.ts';
import { type CrewMessage, type CrewSeat, serveCrew } from '#engine/kernels/crew-protocol.ts';

/** A thread that computes for another one until that ends it. */
const port = present(parentPort, 'a crew works in worker threads');
serveCrew(workerData as CrewSeat, () => {
  const received = receiveMessageOnPort(port) as { readonly message: CrewMessage } | undefined;
  return received?.message ?? null;
});
