import type { AppError } from '#shared/base/errors.ts';
import { asAppError } from '#shared/base/errors.ts';

/** What came of the question that was asked last. */
export interface Settled<I, O> {
  readonly input: I;
  readonly output: O | null;
  readonly error: AppError | null;
}

/**
 * Runs one question at a time and keeps only the newest of those that wait, so that a quick typist
 * never fills a queue. Answers to questions that are no longer the newest are still told while a
 * newer one runs: they are nearer to the truth than what is shown.
 */
export function newestOnly<I, O>(
  run: (input: I) => Promise<O>,
  settle: (settled: Settled<I, O>) => void,
): (input: I) => void {
  let waiting: { readonly input: I } | null = null;
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting !== null) {
      const { input } = waiting;
      waiting = null;
      try {
        settle({ input, output: await run(input), error: null });
      } catch (thrown) {
        settle({ input, output: null, error: asAppError(thrown) });
      }
    }
    running = false;
  }

  return (input) => {
    waiting = { input };
    if (!running) void drain();
  };
}
