import { afterEach, expect, test, vi } from 'vitest';
import { newestOnly, patienceMs } from '#renderer/lib/newest-only.ts';

test('only the newest of the questions that wait is asked', async () => {
  const asked: number[] = [];
  const settled: number[] = [];
  const release: (() => void)[] = [];
  const done = Promise.withResolvers<void>();
  const { ask } = newestOnly<number, number>(
    (input) => {
      asked.push(input);
      return new Promise((resolve) => release.push(() => resolve(input)));
    },
    ({ input }) => {
      settled.push(input);
      if (input === 4) done.resolve();
      else release.shift()?.();
    },
  );
  for (const input of [1, 2, 3, 4]) ask(input);
  release.shift()?.();
  await Promise.resolve();
  await new Promise<void>((resolve) => setImmediate(resolve));
  release.shift()?.();
  await done.promise;
  expect(asked).toEqual([1, 4]);
  expect(settled).toEqual([1, 4]);
});

test('a failure is told as an error and the next question still runs', async () => {
  const outcome: (string | null)[] = [];
  const done = Promise.withResolvers<void>();
  const { ask } = newestOnly<boolean, string>(
    (fails) => (fails ? Promise.reject(new Error('no')) : Promise.resolve('yes')),
    ({ output, error }) => {
      outcome.push(error?.message ?? output);
      if (outcome.length === 2) done.resolve();
    },
  );
  ask(true);
  ask(false);
  await done.promise;
  expect(outcome).toEqual(['no', 'yes']);
});

afterEach(() => void vi.useRealTimers());

/** Runs that end only when they are given up, and what came of all. */
function endless(patience?: (running: number, newer: number) => number) {
  const [begun, ended, settled]: [number[], number[], number[]] = [[], [], []];
  const newest = newestOnly<number, number>(
    (input, signal) => {
      begun.push(input);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          ended.push(input);
          reject(new Error('given up'));
        });
      });
    },
    ({ input }) => settled.push(input),
    patience,
  );
  return { ...newest, begun, ended, settled };
}

test('a run that is overtaken is given up when its patience is over, counted from its start', async () => {
  vi.useFakeTimers();
  const { ask, begun, ended, settled } = endless();
  ask(1);
  await vi.advanceTimersByTimeAsync(patienceMs - 1);
  ask(2);
  ask(3);
  expect(ended).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect([begun, ended]).toEqual([[1, 3], [1]]);
  await vi.advanceTimersByTimeAsync(10 * patienceMs);
  // Nobody has overtaken this one.
  expect(ended).toEqual([1]);
  ask(4);
  await vi.advanceTimersByTimeAsync(0);
  expect([begun, ended, settled]).toEqual([[1, 3, 4], [1, 3], []]);
});

test('patience may differ by what overtakes what', async () => {
  vi.useFakeTimers();
  const { ask, ended } = endless((running, newer) => (newer === running + 1 ? 1000 : 10));
  ask(1);
  await vi.advanceTimersByTimeAsync(500);
  ask(2);
  expect(ended).toEqual([]);
  ask(7);
  expect(ended).toEqual([1]);
});

test('after it was cancelled nothing is told of what ran or waited, and the next question runs', async () => {
  const settled: number[] = [];
  const { promise: asked, resolve } = Promise.withResolvers<AbortSignal>();
  const { ask, cancel } = newestOnly<number, number>(
    (input, signal) => {
      resolve(signal);
      // Ends well all the same, as what is nearly over may.
      return new Promise((done) => signal.addEventListener('abort', () => done(input)));
    },
    ({ input }) => settled.push(input),
  );
  ask(1);
  ask(2);
  cancel();
  expect((await asked).aborted).toBe(true);
  await new Promise<void>((later) => setImmediate(later));
  expect(settled).toEqual([]);
});
