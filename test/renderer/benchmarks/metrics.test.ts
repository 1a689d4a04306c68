import { expect, test } from 'vitest';
import { scaleOf, titleOfMetric } from '#renderer/features/benchmarks/metrics.ts';

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
