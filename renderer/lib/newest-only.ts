import type { AppError } from '#shared/base/errors.ts';
import { asAppError } from '#shared/base/errors.ts';

/** What came of the question that was asked last. */
export interface Settled<I, O> {
  readonly input: I;
  readonly output: O | null;
  readonly error: AppError | null;
}

/** Asks one question at a time. */
export interface NewestOnly<I> {
  /** Asks it as soon as nothing older runs. */
  ask(this: void, input: I): void;
  /** Gives up what runs and what waits; nothing more is told of them. */
  cancel(this: void): void;
}

/**
 * How long a question may run, in milliseconds from its start, once a newer one waits for it. What is
 * over in that time is always told, so that a key held down does not stop the answers altogether.
 */
export const patienceMs = 100;

/**
 * Runs one question at a time and keeps only the newest of those that wait, so that a quick typist
 * never fills a queue. A question that is overtaken is given up when its patience is over. Answers to
 * questions that are no longer the newest are still told while a newer one runs: they are nearer to the
 * truth than what is shown.
 */
export function newestOnly<I, O>(
  run: (input: I, signal: AbortSignal) => Promise<O>,
  settle: (settled: Settled<I, O>) => void,
  patience: (running: I, newer: I) => number = () => patienceMs,
): NewestOnly<I> {
  let waiting: { readonly input: I } | null = null;
  let running: {
    readonly input: I;
    readonly control: AbortController;
    readonly since: number;
  } | null = null;
  let overtaken: ReturnType<typeof setTimeout> | undefined;

  async function drain(): Promise<void> {
    while (waiting !== null) {
      const { input } = waiting;
      waiting = null;
      const control = new AbortController();
      running = { input, control, since: performance.now() };
      try {
        const output = await run(input, control.signal);
        if (!isGivenUp(control)) settle({ input, output, error: null });
      } catch (thrown) {
        // What was overtaken has failed for no reason that anybody wants to know.
        if (!control.signal.aborted) settle({ input, output: null, error: asAppError(thrown) });
      }
      clearTimeout(overtaken);
    }
    running = null;
  }

  return {
    ask: (input) => {
      waiting = { input };
      if (running === null) {
        void drain();
        return;
      }
      const { control, since, input: older } = running;
      clearTimeout(overtaken);
      const left = patience(older, input) - (performance.now() - since);
      if (left <= 0) control.abort();
      else overtaken = setTimeout(() => control.abort(), left);
    },
    cancel: () => {
      waiting = null;
      running?.control.abort(nobody);
    },
  };
}

const nobody = 'nobody waits for it';

function isGivenUp({ signal }: AbortController): boolean {
  return signal.reason === nobody;
}
