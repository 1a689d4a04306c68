import { AppError } from '#shared/base/errors.ts';
import type { Call } from './call.ts';

/** Longer than a request of a command takes, shorter than somebody who ends a program waits. */
const graceMs = 3000;

/**
 * A way in that can be closed: what is being done is finished and answered, what comes later is refused
 * as surely not done, so that another process can do it.
 */
export function closable(call: Call): { readonly call: Call; close(): Promise<void> } {
  const working = new Set<Promise<unknown>>();
  let isClosed = false;
  return {
    async call(name, input, signal) {
      if (isClosed) {
        const message = 'This Ketbench is ending; ask again.';
        return Promise.reject(new AppError('unavailable', message, { done: false }));
      }
      const work = call(name, input, signal);
      const over = work.then(
        () => undefined,
        () => undefined,
      );
      working.add(over);
      void over.then(() => working.delete(over));
      return work;
    },
    async close() {
      isClosed = true;
      const late = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([Promise.all(working), late]);
      // Answers leave in the same turn in which their work is over.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
