import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { type BenchmarkSpec, benchmarkSpecSchema } from '#shared/jobs/benchmark.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { bootstrapInterval, meanOf, quantile } from '#engine/statistics/bootstrap.ts';

const spec: BenchmarkSpec = benchmarkSpecSchema.parse({
  name: 'b',
  problem: { kind: 'maxcut', nodes: 2, edges: [[0, 1]] },
  contenders: [
    { label: 'Q', algorithm: 'qaoa', kind: 'quantum' },
    { label: 'SA', algorithm: 'simulated-annealing', kind: 'classical' },
    { label: 'BF', algorithm: 'exact', kind: 'classical' },
  ],
  seeds: [1, 2, 3, 4, 5, 6],
});

function runs(ratios: number[], seconds: number, found = true) {
  return ratios.map((approximationRatio, seed) => ({
    seed,
    seconds,
    result: {
      kind: 'optimisation',
      best: { x: [1], bits: '1', value: found ? 1 : 0, feasible: true },
      expectation: approximationRatio,
      expectationStderr: 0,
      exact: { x: [1], bits: '1', value: 1, worst: 0 },
      approximationRatio,
      feasibleProbability: 1,
      samples: [],
      evaluations: 1,
      circuits: 0,
      shots: 0,
      gates: 0,
      qubits: 0,
    },
  }));
}

const flat = (value: number) => [value, value, value, value, value, value];

test('an advantage must hold against every classical method', () => {
  const high = runs([0.95, 0.96, 0.97, 0.95, 0.96, 0.97], 1);
  const both = jobEngine.evaluate(spec, [high, runs(flat(0.9), 1), runs(flat(0.8), 1)]);
  expect(both.verdict?.verdict).toBe('advantage shown');
  const one = jobEngine.evaluate(spec, [high, runs(flat(0.9), 1), runs(flat(1), 1)]);
  expect(one.verdict?.verdict).toBe('disadvantage shown');
  expect(one.verdict?.text).toMatch(/^Disadvantage shown: BF is better\./);
});

test('an interval around zero shows no advantage', () => {
  const noisy = runs([0.85, 0.95, 0.88, 0.93, 0.9, 0.89], 1);
  const result = jobEngine.evaluate(spec, [noisy, runs(flat(0.9), 1), runs(flat(0.9), 1)]);
  expect(result.verdict?.verdict).toBe('no advantage shown');
  const difference = result.comparisons[0]?.difference;
  expect(difference?.low).toBeLessThan(0);
  expect(difference?.high).toBeGreaterThan(0);
});

test('a single seed decides nothing', () => {
  const short = { ...spec, seeds: [1] };
  const result = jobEngine.evaluate(short, [runs([1], 1), runs([0.5], 1), runs([0.5], 1)]);
  expect(result.verdict?.verdict).toBe('undecided');
});

test('failed runs are left out and told', () => {
  const result = jobEngine.evaluate(spec, [
    [null, ...runs(flat(0.9), 1).slice(1)],
    runs(flat(0.9), 1),
    runs(flat(0.9), 1),
  ]);
  expect(result.warnings.join()).toMatch(/1 of 6 runs of “Q” failed/);
  expect(result.metrics[0]?.['approximationRatio']?.values[0]).toBeNull();
});

test('time to solution grows with the runs that miss the optimum', () => {
  const half = [...runs(flat(0.9), 2).slice(0, 3), ...runs(flat(0.9), 2, false).slice(3)];
  const result = jobEngine.evaluate(spec, [half, runs(flat(0.9), 2), runs(flat(0.9), 2, false)]);
  const [mixed, sure, never] = result.metrics.map((one) => one['timeToSolution']?.mean);
  expect(sure).toBe(2);
  expect(mixed).toBeCloseTo((2 * Math.log(0.01)) / Math.log(0.5), 10);
  expect(never).toBe(Number.POSITIVE_INFINITY);
});

test('the same spec gives the same intervals', () => {
  const all = [runs([0.85, 0.95, 0.88, 0.93, 0.9, 0.89], 1), runs(flat(0.9), 1), runs(flat(1), 1)];
  expect(jobEngine.evaluate(spec, all)).toEqual(jobEngine.evaluate(spec, all));
});

test('bootstrap intervals cover the mean about as often as they say', () => {
  let covered = 0;
  const trials = 300;
  for (let t = 0; t < trials; t++) {
    const rng = rngOf(t, 1);
    const values = Array.from({ length: 40 }, () => rng.normal());
    const interval = bootstrapInterval(values, meanOf, {
      confidence: 0.95,
      resamples: 400,
      rng: rngOf(t, 2),
    });
    if (interval !== null && interval.low <= 0 && interval.high >= 0) covered++;
  }
  expect(covered / trials).toBeGreaterThan(0.9);
  expect(covered / trials).toBeLessThan(0.985);
});

test('quantiles interpolate between order statistics', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, Infinity, Infinity], 0.9)).toBe(Infinity);
});

test('every contender is tested against the first, corrected for how many there are', () => {
  const outcomes = [
    runs([0.95, 0.96, 0.97, 0.94, 0.93, 0.98], 1),
    runs([0.9, 0.905, 0.91, 0.895, 0.883, 0.87], 1),
    runs([0.951, 0.958, 0.975, 0.934, 0.936, 0.972], 1),
  ];
  const { tests, runs: values } = jobEngine.evaluate(spec, outcomes);
  const own = tests.filter(({ metric }) => metric === 'approximationRatio');
  // Six differences of one sign: p = 2/2⁶.
  expect(own[0]).toMatchObject({ a: 'Q', b: 'SA', pairs: 6, W: 0, p: 0.03125, pCorrected: 0.0625 });
  expect(own[1]?.p).toBeGreaterThan(0.2);
  expect(values[1]?.[5]).toMatchObject({ approximationRatio: 0.87 });
  const plain = jobEngine.evaluate({ ...spec, correction: 'none' }, outcomes).tests;
  expect(plain.every(({ p, pCorrected }) => p === pCorrected)).toBe(true);
});

test('the metric that decides and those that are told are the spec’s to say', () => {
  const outcomes = [runs(flat(0.9), 3), runs(flat(0.9), 1), runs(flat(0.9), 1)];
  const byTime = jobEngine.evaluate({ ...spec, metric: 'executionTime' }, outcomes);
  expect(byTime.verdict?.text).toContain('Execution time');
  expect(byTime.verdict?.verdict).toBe('disadvantage shown');
  const few = jobEngine.evaluate({ ...spec, metrics: ['executionTime'] }, outcomes);
  expect(new Set(few.comparisons.map(({ metric }) => metric))).toEqual(new Set(['executionTime']));
});

test('practical equality is said where the interval lies within it', () => {
  const outcomes = [
    runs([0.9, 0.901, 0.902, 0.9, 0.899, 0.9], 1),
    runs(flat(0.9), 1),
    runs(flat(0.9), 1),
  ];
  const said = (equivalence: number) =>
    jobEngine.evaluate({ ...spec, equivalence }, outcomes).verdict?.text ?? '';
  expect(said(0.01)).toContain('Practically equal to SA: the interval lies within ±0.01');
  expect(said(0.0001)).toContain('is open');
});
