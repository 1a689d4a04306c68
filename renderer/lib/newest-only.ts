import type { AppError } from '#shared/base/errors.ts';
import { asAppError } from '#shared/base/errors.ts';

/** What came of the question that was asked last. */
export interface Settled<I, O> {
  readonly input: I;
  readonly output: O | null;
  readonly error: AppError | null;
}

/** A question that still runs so long after a newer one came is given up. */
const patienceMs = 1000;

/**
 * Runs one question at a time and keeps only the newest of those that wait, so that a quick typist
 * never fills a queue. Answers to questions that are no longer the newest are still told while a
 * newer one runs: they are nearer to the truth than what is shown.
 */
export function newestOnly<I, O>(
  run: (input: I, signal: AbortSignal) => Promise<O>,
  settle: (settled: Settled<I, O>) => void,
): (input: I) => void {
  let waiting: { readonly input: I } | null = null;
  let running: AbortController | null = null;
  let overtaken: ReturnType<typeof setTimeout> | undefined;

  async function drain(): Promise<void> {
    while (waiting !== null) {
      const { input } = waiting;
      waiting = null;
      const control = new AbortController();
      running = control;
      try {
        settle({ input, output: await run(input, control.signal), error: null });
      } catch (thrown) {
        // What was overtaken has failed for no reason that anybody wants to know.
        if (!control.signal.aborted) settle({ input, output: null, error: asAppError(thrown) });
      }
      clearTimeout(overtaken);
      overtaken = undefined;
    }
    running = null;
  }

  return (input) => {
    waiting = { input };
    if (running === null) void drain();
    else overtaken ??= setTimeout(() => running?.abort(), patienceMs);
  };
}
