import { expect, test } from 'vitest';
import { aimOf } from '#shared/problems/problem.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { bestSoFar, curveFigure, isBetterIn } from '#shared/results/curve.ts';
import { directionOf, titleOfMetric } from '#shared/results/metrics.ts';
import { resultKinds } from '#shared/results/registry.ts';
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
  { algorithm: 'simulated-annealing', settings: { sweeps: 5, reads: 200 } },
];

test.each(
  Object.entries(optimisations).flatMap(([name, problem]) =>
    methods.map((method) => ({ name, problem, method, id: method.algorithm })),
  ),
)('the best so far of $id on $name is what the engine keeps as its best', ({ problem, method }) => {
  const direction = directionOf('expectation', aimOf(problemKinds, { problem }));
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
    const better = exact.value > exact.worst ? 'higher' : 'lower';
    expect(directionOf('expectation', aimOf(problemKinds, { problem })), problem.kind).toBe(better);
  }
});

test('every metric has one title and one direction, whatever kind names it', () => {
  for (const { live, metrics } of resultKinds) {
    for (const { id, title, better } of [...live, ...metrics]) {
      expect(titleOfMetric(id).length, id).toBeGreaterThan(0);
      expect(title).toMatch(/^[A-Z]/);
      expect(directionOf(id, 'max'), id).toBe(better === 'objective' ? 'higher' : better);
      expect(directionOf(id, 'min'), id).toBe(better === 'objective' ? 'lower' : better);
      if (better === 'objective') expect(directionOf(id, null)).toBeNull();
    }
  }
  expect(directionOf('phase of the moon', 'min')).toBeNull();
  expect(titleOfMetric('phaseOfTheMoon')).toBe('Phase of the moon');
});

test('a curve without a course has no line and no best', () => {
  const curve = { name: 'testAccuracy', x: Float64Array.of(1, 2), y: Float64Array.of(0.5, 0.7) };
  const apart = curveFigure(curve, { name: 'folds', areCourse: false }, null);
  if (apart.kind !== 'lines') throw new Error(apart.kind);
  expect(apart.lines.map(({ mark }) => mark)).toEqual(['points']);
  const course = curveFigure(curve, { name: 'steps', areCourse: true }, null);
  expect(course.note).toBe('The best so far (highest): 0.7');
});

test('the best so far is met by no earlier value, and gaps change nothing', () => {
  const values = Float64Array.of(Number.NaN, 3, 4, Number.NaN, 1, 2);
  expect([...bestSoFar(values, 'lower')]).toEqual([Number.NaN, 3, 3, 3, 1, 1]);
  expect([...bestSoFar(values, 'higher')]).toEqual([Number.NaN, 3, 4, 4, 4, 4]);
  expect(isBetterIn('higher', 2, 1)).toBe(true);
  expect(isBetterIn('lower', 2, 1)).toBe(false);
});
