import { availableParallelism, totalmem } from 'node:os';
import { kernelName } from '#engine/kernels/workshop.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** What this program is and runs on. */
export function createAppHandlers(app: App): HandlersOf<'app'> {
  return {
    'app.info': () => ({
      name: 'Ketbench',
      version: app.version,
      libraryFolder: app.library.folder,
      platform: `${process.platform}-${process.arch}`,
      threads: availableParallelism(),
      memoryBytes: totalmem(),
      kernel: kernelName(),
    }),
    'app.ready': () => {
      app.startMark.finished();
      return { ok: true };
    },
  };
}
