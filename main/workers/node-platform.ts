import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Platform } from '#engine/platform.ts';
import { workerScript } from '../project.ts';

/** Threads of Node. One that fails is missed by its crew, which fails the work that waits for it. */
export const nodePlatform: Platform = {
  cores: availableParallelism(),
  collect() {
    // The collector is handed out to contexts that are made while the flag is set.
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
    collect();
  },
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
