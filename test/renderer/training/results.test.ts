import { describe, expect, test } from 'vitest';
import { bestOf, bestSoFar } from '#renderer/features/training/curves.ts';
import { readResult, scalarsOf } from '#renderer/features/training/result.ts';

describe('a result', () => {
  test('of an optimisation is recognised with and without its exact part', () => {
    const best = { x: [1, 0], bits: '01', value: -1, feasible: true, labels: ['A'] };
    expect(readResult({ best, samples: [] })).toMatchObject({ kind: 'optimisation' });
    expect(readResult({ best, exact: { value: -1 }, approximationRatio: null })).toMatchObject({
      kind: 'optimisation',
      result: { exact: { value: -1 }, samples: [] },
    });
  });

  test('of counts and of observables is recognised', () => {
    expect(readResult({ counts: { '00': 5 } })).toEqual({ kind: 'counts', counts: { '00': 5 } });
    const raw = { value: 0.5, stderr: null };
    expect(readResult({ observables: [{ observable: 'Z0', raw }] })).toMatchObject({
      kind: 'observables',
      rows: [{ observable: 'Z0', value: 0.5 }],
    });
  });

  test('of any other kind is listed figure by figure', () => {
    expect(readResult({ metrics: { test: 0.9 } })).toEqual({ kind: 'other' });
    expect(scalarsOf({ metrics: { test: { accuracy: 0.9 } }, perFold: [1] })).toEqual([
      ['metrics.test.accuracy', '0.9'],
    ]);
  });
});

describe('a curve', () => {
  test('knows its lowest point and leaves gaps out', () => {
    const y = Float64Array.of(3, Number.NaN, 1, 2);
    const series = { name: 'loss', x: Float64Array.of(0, 1, 2, 3), y, total: 4 };
    expect(bestOf(series)).toEqual({ x: 2, y: 1 });
    expect([...bestSoFar(Float64Array.of(3, 4, 1, 2))]).toEqual([3, 3, 1, 1]);
  });
});
