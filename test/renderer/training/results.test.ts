import { describe, expect, test } from 'vitest';
import { bestOf, chartsOf, rangeOf, wordOfBest } from '#renderer/features/training/curves.ts';
import { commonName, ownName, rowsOf } from '#renderer/features/training/job-rows.ts';
import { scalarsOf, soFarOf } from '#renderer/features/training/result.ts';

test('a result of an unknown kind is listed figure by figure', () => {
  expect(scalarsOf({ metrics: { test: { accuracy: 0.9 } }, perFold: [1] })).toEqual([
    ['metrics.test.accuracy', '0.9'],
  ]);
});

describe('a curve', () => {
  const curveOf = (...y: number[]) => ({
    name: 'expectation',
    x: Float64Array.from(y, (_, k) => k + 1),
    y: Float64Array.from(y),
    total: y.length,
  });

  test('knows its best point in both directions and leaves gaps out', () => {
    const series = curveOf(3, Number.NaN, 1, 5, 2);
    expect(bestOf(series, 'lower')).toEqual({ x: 3, y: 1 });
    expect(bestOf(series, 'higher')).toEqual({ x: 4, y: 5 });
    expect(wordOfBest('expectation', 'max')).toBe('highest');
    expect(wordOfBest('expectation', 'min')).toBe('lowest');
    expect(wordOfBest('expectation', null)).toBeNull();
  });

  test('shows every value strictly inside its axis', () => {
    for (const y of [[5], [0, 0], [1e6, 1, 1, 1], [-3, 2, 9, 1e-9], [0.8, 0.83, 0.79]]) {
      const [low, high] = rangeOf(Float64Array.from(y));
      expect(low).toBeLessThan(Math.min(...y));
      expect(high).toBeGreaterThan(Math.max(...y));
    }
  });

  test('can leave the wild start out, and never the best end', () => {
    const falling = Float64Array.from({ length: 200 }, (_, k) => (k < 4 ? 1000 : 1 / k));
    expect(rangeOf(falling, 'lower')[1]).toBeLessThan(1);
    expect(rangeOf(falling, 'lower')[0]).toBeLessThan(1 / 199);
    const rising = falling.map((value) => -value);
    expect(rangeOf(rising, 'higher')[0]).toBeGreaterThan(-1);
    expect(rangeOf(rising, 'higher')[1]).toBeGreaterThan(-1 / 199);
  });

  test('of the best is drawn once, with the objective', () => {
    const [objective, best] = [curveOf(1, 2), { ...curveOf(1, 1), name: 'best' }];
    expect(chartsOf([objective, best])).toEqual([objective]);
    expect(chartsOf([best])).toEqual([best]);
  });
});

describe('the runs of a comparison', () => {
  const job = (jobId: string, name: string, benchmarkId: string | null) =>
    ({ jobId, name, benchmarkId, status: 'completed' }) as unknown as Parameters<
      typeof rowsOf
    >[0][number];
  const jobs = [
    job('a', 'Mine', null),
    job('b', 'Portfolio: two: QAOA, seed 2', 'k'),
    job('c', 'Portfolio: two: Exact, seed 1', 'k'),
    job('d', 'Other', null),
  ];

  test('stand in one row under the name of the comparison until it is unfolded', () => {
    const folded = rowsOf(jobs, new Set());
    expect(folded.map((row) => (row.kind === 'group' ? row.name : row.job.name))).toEqual([
      'Mine',
      'Portfolio: two',
      'Other',
    ]);
    expect(rowsOf(jobs, new Set(['k']))).toHaveLength(5);
    expect(ownName('Portfolio: two: QAOA, seed 2', 'Portfolio: two')).toBe('QAOA, seed 2');
    expect(commonName(['A: QAOA, seed 1', 'A: QAOA, seed 2'])).toBe('A');
    expect(commonName(['A: QAOA, seed 1'])).toBe('A');
  });
});

test('what a stopped run had reached is read off', () => {
  const soFar = { value: -1, parameters: { gammas: [0.1], betas: [0.2] } };
  expect(soFarOf({ soFar })).toEqual(soFar);
  expect(soFarOf({})).toBeNull();
  expect(soFarOf(undefined)).toBeNull();
});
