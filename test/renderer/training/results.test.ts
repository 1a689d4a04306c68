import { describe, expect, test } from 'vitest';
import { bestOf, chartsOf, rangeOf, wordOfBest } from '#renderer/features/training/curves.ts';
import { commonName, ownName, rowsOf } from '#renderer/features/training/job-rows.ts';
import { confusionOf, differenceOf, majorityShareOf } from '#renderer/features/training/learner.ts';
import {
  readResult,
  scalarsOf,
  soFarOf,
  stoppedEarly,
} from '#renderer/features/training/result.ts';

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
    expect(wordOfBest('expectation', { kind: 'maxcut', objective: 'max' })).toBe('highest');
    expect(wordOfBest('expectation', { kind: 'portfolio', objective: 'min' })).toBe('lowest');
    expect(wordOfBest('expectation', { kind: 'circuit', objective: null })).toBeNull();
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

describe('a learner', () => {
  const part = (accuracy: number) => ({ accuracy, balancedAccuracy: 0.5, auc: null, f1: 0 });
  const folds = (...accuracies: number[]) =>
    accuracies.map((one) => ({ train: part(1), test: part(one), supportCount: 2 }));
  const mean = (value: number) => ({
    accuracy: { mean: value, stderr: 0.01 },
    balancedAccuracy: { mean: 0.533, stderr: 'NaN' },
    auc: null,
    f1: { mean: 0, stderr: 0 },
  });
  const result = {
    metrics: { train: mean(1), test: mean(0.8) },
    perFold: folds(0.8, 0.9, 0.7),
    baseline: {
      algorithm: 'rbf',
      metrics: { train: mean(1), test: mean(0.7) },
      perFold: folds(0.7, 0.7, 0.7),
    },
    predictions: [
      { row: 0, label: 0, fold: 0, decision: -1 },
      { row: 1, label: 0, fold: 0, decision: 2 },
      { row: 2, label: 1, fold: 1, decision: -0.5 },
      { row: 3, label: 0, fold: 2, decision: 0 },
    ],
    data: { rows: 4, features: ['a'], positiveClass: 'yes' },
  };

  test('is recognised, with its mean over folds and an error where there is one', () => {
    const view = readResult(result);
    if (view.kind !== 'learner') throw new Error(view.kind);
    expect(view.result.metrics.test.accuracy).toEqual({ mean: 0.8, stderr: 0.01 });
    expect(view.result.metrics.test.balancedAccuracy).toEqual({ mean: 0.533, stderr: null });
    const difference = differenceOf(view.result, 'accuracy');
    expect(difference?.mean).toBeCloseTo(0.1, 12);
    expect(difference?.stderr).toBeCloseTo(0.1 / Math.sqrt(3), 12);
    expect(differenceOf(view.result, 'auc')).toBeNull();
    expect(confusionOf(view.result)).toEqual([
      [2, 1],
      [1, 0],
    ]);
    expect(majorityShareOf(view.result)).toBe(0.75);
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

test('what a stopped run had reached, and whether an optimiser converged, is read off', () => {
  const soFar = { value: -1, parameters: { gammas: [0.1], betas: [0.2] } };
  expect(soFarOf({ soFar })).toEqual(soFar);
  expect(soFarOf({})).toBeNull();
  expect(soFarOf(undefined)).toBeNull();
  expect(stoppedEarly({ optimizer: { converged: false } })).toBe(true);
  expect(stoppedEarly({ optimizer: { converged: true } })).toBe(false);
  expect(stoppedEarly({ counts: {} })).toBe(false);
});
