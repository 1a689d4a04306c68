import { expect, test } from 'vitest';
import { newestOnly } from '#renderer/lib/newest-only.ts';

test('only the newest of the questions that wait is asked', async () => {
  const asked: number[] = [];
  const settled: number[] = [];
  const release: (() => void)[] = [];
  const done = Promise.withResolvers<void>();
  const ask = newestOnly<number, number>(
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
  const ask = newestOnly<boolean, string>(
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
