import { expect, test } from 'vitest';
import { aimOf, bestSoFar, directionOf, isBetterIn, stepsOf } from '#shared/jobs/direction.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { metricsFor } from '#engine/benchmarks/metrics.ts';
import type { Progress } from '#engine/programs/program.ts';
import { runSpec } from '#test/support/run-spec.ts';

const ring = {
  kind: 'maxcut',
  nodes: 4,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
  ],
};
const weights = {
  linear: [1, -2, 3],
  quadratic: [
    [0, 1, -1.5],
    [1, 2, 0.5],
  ],
};
const optimisations = {
  maxcut: ring,
  'qubo min': { kind: 'qubo', ...weights },
  'qubo max': { kind: 'qubo', ...weights, sense: 'max' },
  ising: { kind: 'ising', h: [0.5, -1], J: [[0, 1, 1]] },
} as const;
const methods = [
  { algorithm: 'qaoa', settings: { layers: 1, optimizer: { id: 'cobyla' } } },
  { algorithm: 'qaoa', settings: { layers: 1, optimizer: { id: 'spsa' } } },
  { algorithm: 'simulated-annealing', settings: { sweeps: 5, reads: 40 } },
];

test.each(
  Object.entries(optimisations).flatMap(([name, problem]) =>
    methods.map((method) => ({ name, problem, method, id: method.algorithm })),
  ),
)('the best so far of $id on $name is what the engine keeps as its best', ({ problem, method }) => {
  const aim = aimOf({ problem });
  if (aim === null) throw new Error('no aim');
  const direction = directionOf('expectation', aim);
  if (direction === null) throw new Error('no direction');
  const seen: Record<string, number>[] = [];
  runSpec({ problem, ...method, seed: 4 }, '.', ({ metrics }) => seen.push(metrics));
  expect(seen.length).toBeGreaterThan(2);
  const values = seen.map(({ expectation, best }) => expectation ?? best ?? Number.NaN);
  const best = seen.map((metrics) => metrics['best'] ?? Number.NaN);
  expect([...bestSoFar(Float64Array.from(values), direction)]).toEqual(best);
});

test.each(Object.entries(optimisations))(
  'what a run on %s could be stopped with is its best value, with the angles that give it',
  (_, problem) => {
    const spec = { problem, algorithm: 'qaoa', settings: { layers: 1 }, seed: 2 };
    const seen: Progress[] = [];
    runSpec(spec, '.', (progress) => seen.push(progress));
    const last = seen.at(-1)?.soFar;
    const best = seen.at(-1)?.metrics['best'] ?? Number.NaN;
    expect(last?.value).toBe(best);
    const settings = {
      layers: 1,
      initialParameters: last?.parameters,
      parametrisation: 'fixed',
      optimizer: { id: 'none' },
    };
    const again = runSpec({ ...spec, settings }).result as { expectation: number };
    expect(again.expectation).toBeCloseTo(best, 8);
  },
);

test('the direction of every problem is that of its exact solution', () => {
  for (const problem of Object.values(optimisations)) {
    const { exact } = runSpec({ problem, algorithm: 'exact', settings: {} }).result as {
      exact: { value: number; worst: number };
    };
    const aim = aimOf({ problem });
    if (aim === null) throw new Error('no aim');
    const better = exact.value > exact.worst ? 'higher' : 'lower';
    expect(directionOf('objective', aim), problem.kind).toBe(better);
  }
});

test('every metric of a comparison and of a learner has the direction that judges it', () => {
  for (const { kind } of problemKinds) {
    const aim = { kind, objective: null };
    for (const { id, better } of metricsFor(kind)) {
      expect(directionOf(id, aim), `${id} of ${kind}`).toBe(better);
    }
    for (const metric of ['testAccuracy', 'baselineAccuracy', 'f1', 'auc']) {
      expect(directionOf(metric, aim)).toBe('higher');
    }
    for (const metric of ['loss', 'testError', 'stderr']) {
      expect(directionOf(metric, aim)).toBe('lower');
    }
    expect(directionOf('phase of the moon', aim)).toBeNull();
    expect(stepsOf('qaoa', kind)).toMatch(/s$/);
  }
});

test('the best so far is met by no earlier value, and gaps change nothing', () => {
  const values = Float64Array.of(Number.NaN, 3, 4, Number.NaN, 1, 2);
  expect([...bestSoFar(values, 'lower')]).toEqual([Number.NaN, 3, 3, 3, 1, 1]);
  expect([...bestSoFar(values, 'higher')]).toEqual([Number.NaN, 3, 4, 4, 4, 4]);
  expect(isBetterIn('higher', 2, 1)).toBe(true);
  expect(isBetterIn('lower', 2, 1)).toBe(false);
});
