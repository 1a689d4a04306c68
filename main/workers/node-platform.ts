import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Platform } from '#engine/platform.ts';
import { workerScript } from '../project.ts';

/** Threads of Node. One that fails is missed by its crew, which fails the work that waits for it. */
export const nodePlatform: Platform = {
  cores: availableParallelism(),
  startThread(seat) {
    const worker = new Worker(workerScript('kernel'), { workerData: seat });
    worker.unref();
    worker.on('error', () => undefined);
    return {
      post: (message) => worker.postMessage(message),
      end: () => void worker.terminate(),
    };
  },
};
