import { expect, test } from 'vitest';
import { scaleOf } from '#renderer/features/benchmarks/metrics.ts';
import { hashesOf, problemFacts, settingsText } from '#renderer/features/benchmarks/setup-words.ts';
import { problemSchema } from '#test/support/members.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { labelOfMetric, titleOfMetric } from '#shared/results/metrics.ts';

test('a scale holds every value between round steps', () => {
  for (const values of [[0.91, 0.97, 1], [-3, 1200], [5], [0, 0], [1e-6, 3e-6]]) {
    const { low, high, ticks } = scaleOf(values);
    expect(low).toBeLessThanOrEqual(Math.min(...values));
    expect(high).toBeGreaterThanOrEqual(Math.max(...values));
    expect(high).toBeGreaterThan(low);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThan(12);
  }
});

test('values that are no numbers do not break a scale', () => {
  expect(scaleOf([Number.NaN]).ticks.every(Number.isFinite)).toBe(true);
});

test('names of metrics read as words', () => {
  expect(titleOfMetric('timeToSolution')).toBe('Time to solution');
  expect(titleOfMetric('approximationRatio')).toBe('Approximation ratio');
});

test('times have their unit, other figures none', () => {
  expect(labelOfMetric('executionTime')).toBe('Execution time (s)');
  expect(labelOfMetric('approximationRatio')).toBe('Approximation ratio');
});

test('every kind of problem and all settings are told in words', () => {
  for (const { kind, title, fields, example } of problemKinds) {
    const problem = problemSchema.parse({ kind, ...example.problem });
    const facts = problemFacts(
      problem,
      { title, parameters: [...fields] },
      (id) => `the set ${id}`,
    );
    expect(facts[0]).toEqual(['Problem', title]);
    expect(facts.length).toBeGreaterThan(1);
    expect(facts.flat().join(' ')).not.toMatch(/undefined|object Object/);
  }
  expect(settingsText({})).toBe('as usual');
  expect(settingsText({ layers: 3, optimizer: { id: 'adam', rate: 0.1 }, list: [1, 2] })).toBe(
    'layers 3, optimizer adam (rate 0.1), list [1, 2]',
  );
  const jobs = [{ data: { p: { sha256: 'ab' } } }, { data: { p: { sha256: 'ab' } } }, {}];
  expect(hashesOf({ jobs })).toEqual([['p', 'ab']]);
});
