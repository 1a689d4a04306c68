import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import {
  equalFrequencyBins,
  mutualInformation,
} from '#shared/problems/tables/mutual-information.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { faultsOf, problemSchema } from '#test/support/members.ts';
import { runSpec, runText } from '#test/support/run-spec.ts';

/** The best assignment by the exact search, and what it means. */
function solved(problem: object, algorithm = 'exact') {
  const { best } = runSpec({ algorithm, problem, seed: 1 }).result as OptimisationResult;
  return {
    value: best?.value ?? Number.NaN,
    solution: (best?.solution ?? {}) as Record<string, never>,
  };
}

/** All lists of `length` numbers below `base`. */
function* words(base: number, length: number): Generator<number[]> {
  for (let k = 0; k < base ** length; k++) {
    yield Array.from({ length }, (_, i) => Math.floor(k / base ** i) % base);
  }
}

/** A random graph with weights, as edges of specs. */
function graph(seed: number, nodes: number, share: number): [number, number, number][] {
  const rng = rngOf(91, seed);
  return Array.from({ length: nodes }, (_, i) => i).flatMap((i) =>
    Array.from({ length: i }, (_, j) => j).flatMap((j): [number, number, number][] =>
      rng.uniform() < share ? [[j, i, 1 + rng.below(5)]] : [],
    ),
  );
}

describe.each([1, 2, 3])('graph %d, against trying every choice by its own words', (seed) => {
  const nodes = 7;
  const edges = graph(seed, nodes, 0.45);
  const weights = Array.from({ length: nodes }, (_, v) => 1 + ((3 * v + seed) % 4));
  const weigh = (chosen: readonly number[]) =>
    chosen.reduce((sum, bit, v) => sum + bit * (weights[v] ?? 0), 0);
  const bitsOf = (chosen: readonly number[]) => weights.map((_, v) => (chosen.includes(v) ? 1 : 0));

  test('independent set', () => {
    const isIndependent = (x: readonly number[]) =>
      edges.every(([u, v]) => x[u] === 0 || x[v] === 0);
    const known = Math.max(...[...words(2, nodes)].filter(isIndependent).map(weigh));
    const { value, solution } = solved({ kind: 'independent-set', nodes, edges, weights });
    expect(value).toBe(known);
    expect(isIndependent(bitsOf(solution['chosen'] ?? []))).toBe(true);
  });

  test('vertex cover', () => {
    const isCover = (x: readonly number[]) => edges.every(([u, v]) => x[u] === 1 || x[v] === 1);
    const known = Math.min(...[...words(2, nodes)].filter(isCover).map(weigh));
    const { value, solution } = solved({ kind: 'vertex-cover', nodes, edges, weights });
    expect(value).toBe(known);
    expect(isCover(bitsOf(solution['chosen'] ?? []))).toBe(true);
  });

  test('cuts into two and three parts', () => {
    const cut = (parts: readonly number[]) =>
      edges.reduce((sum, [u, v, w]) => sum + (parts[u] === parts[v] ? 0 : w), 0);
    const two = Math.max(...[...words(2, nodes)].map(cut));
    const three = Math.max(...[...words(3, nodes)].map(cut));
    expect(solved({ kind: 'maxcut', nodes, edges }).value).toBe(two);
    expect(solved({ kind: 'max-k-cut', nodes, edges, k: 2 }).value).toBe(two);
    const { value, solution } = solved({ kind: 'max-k-cut', nodes, edges, k: 3 }, 'highs');
    expect(value).toBe(three);
    const sides = (solution['sides'] ?? []) as unknown as number[][];
    expect(cut(weights.map((_, v) => sides.findIndex((side) => side.includes(v))))).toBe(three);
  });

  test('colouring with as few colours as there can be, and not with fewer', () => {
    const isProper = (colours: readonly number[]) =>
      edges.every(([u, v]) => colours[u] !== colours[v]);
    const least = [1, 2, 3, 4].find((k) => [...words(k, nodes)].some(isProper)) ?? 5;
    const { value, solution } = solved(
      { kind: 'colouring', nodes, edges, colours: least },
      'highs',
    );
    expect(value).toBe(0);
    expect(isProper(solution['colours'] ?? [])).toBe(true);
    expect(() =>
      solved({ kind: 'colouring', nodes, edges, colours: least - 1 || 1 }, 'highs'),
    ).toThrow(/no solution/);
  });
});

test('a clique larger than the colours is told before anything runs', () => {
  const edges = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].filter((j) => j > i).map((j) => [i, j]));
  expect(() => solved({ kind: 'colouring', nodes: 5, edges, colours: 3 }, 'tabu')).toThrow(
    /nodes 0, 1, 2, 3 are all joined with each other and need 4 colours; there are 3/,
  );
});

test('a cycle of five needs three colours, which no clique shows', () => {
  const edges = [0, 1, 2, 3, 4].map((i) => [i, (i + 1) % 5]);
  expect(() => solved({ kind: 'colouring', nodes: 5, edges, colours: 2 })).toThrow(/no solution/);
  expect(solved({ kind: 'colouring', nodes: 5, edges, colours: 3 }).value).toBe(0);
});

test.each([1, 2, 3])('the knapsack %d is filled as by trying everything', (seed) => {
  const rng = rngOf(92, seed);
  const weights = Array.from({ length: 9 }, () => (1 + rng.below(40)) / 4);
  const values = Array.from({ length: 9 }, () => 1 + rng.below(30));
  const total = (of: readonly number[], x: readonly number[]) =>
    of.reduce((sum, one, i) => sum + one * (x[i] ?? 0), 0);
  const capacity =
    total(
      weights,
      weights.map(() => 1),
    ) / 2;
  const known = Math.max(
    ...[...words(2, 9)].filter((x) => total(weights, x) <= capacity).map((x) => total(values, x)),
  );
  for (const algorithm of ['exact', 'highs', 'tabu']) {
    const { value, solution } = solved({ kind: 'knapsack', weights, values, capacity }, algorithm);
    expect(value, algorithm).toBe(known);
    const chosen: readonly number[] = solution['chosen'] ?? [];
    expect(chosen.reduce((sum, i) => sum + (weights[i] ?? 0), 0)).toBeLessThanOrEqual(capacity);
  }
});

test.each([1, 2, 3])('the tour %d through six cities is the shortest of all orders', (seed) => {
  const rng = rngOf(93, seed);
  const distances = Array.from({ length: 6 }, (_, i) =>
    Array.from({ length: 6 }, (__, j) => (i === j ? 0 : 1 + rng.below(50))),
  );
  const lengthOf = (tour: readonly number[]) =>
    tour.reduce((sum, city, k) => sum + (distances[city]?.[tour[(k + 1) % 6] ?? 0] ?? 0), 0);
  const orders = [...words(6, 5)].filter((order) => new Set([0, ...order]).size === 6);
  const known = Math.min(...orders.map((order) => lengthOf([0, ...order])));
  for (const algorithm of ['highs', 'exact', 'tabu']) {
    const { value, solution } = solved({ kind: 'travelling-salesman', distances }, algorithm);
    expect(value, algorithm).toBe(known);
    expect(lengthOf(solution['tour'] ?? [])).toBe(known);
    expect(new Set((solution['tour'] ?? []) as number[])).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  }
});

test('numbers are parted as evenly as they can be', () => {
  const numbers = [31, 17, 23, 8, 5, 40, 11];
  const differences = [...words(2, 7)].map((x) =>
    numbers.reduce((sum, a, i) => sum + (x[i] === 1 ? a : -a), 0),
  );
  const { value, solution } = solved({ kind: 'partition', numbers });
  expect(value).toBe(Math.min(...differences.map((one) => one ** 2)));
  const sides = (solution['sides'] ?? []) as number[][];
  expect(new Set(sides.flat())).toEqual(new Set(numbers));
  expect(sides.flat()).toHaveLength(numbers.length);
});

test('an index is tracked by the assets whose mean return is nearest', () => {
  const rng = rngOf(94);
  const rows = 30;
  const returns = Array.from({ length: 6 }, () =>
    Array.from({ length: rows }, () => 0.02 * rng.normal()),
  );
  const market = Array.from({ length: rows }, (_, t) =>
    [0, 2, 5].reduce((sum, i) => sum + (returns[i]?.[t] ?? 0) / 3, 0.0001 * rng.normal()),
  );
  const pathOf = (steps: readonly number[]) =>
    steps.reduce((prices, r) => [...prices, (prices.at(-1) ?? 1) * (1 + r)], [100]);
  const series = [market, ...returns].map(pathOf);
  const names = ['market', ...returns.map((_, i) => `A${i}`)];
  const csv = [
    names.join(','),
    ...pathOf(market).map((_, t) => series.map((one) => one[t]).join(',')),
  ].join('\n');
  const problem = { kind: 'index-tracking', prices: 'p', index: 'market', budget: 3 };
  const { best } = runText({ algorithm: 'exact', problem, seed: 1 }, csv)
    .result as OptimisationResult;
  expect(best?.labels).toEqual(['A0', 'A2', 'A5']);
  const own = series[0] ?? [];
  const error = own.slice(1).reduce((sum, price, t) => {
    const index = price / (own[t] ?? 1) - 1;
    const held = [1, 3, 6].reduce((total, k) => {
      const one = series[k] ?? [];
      return total + ((one[t + 1] ?? 1) / (one[t] ?? 1) - 1) / 3;
    }, 0);
    return sum + (index - held) ** 2;
  }, 0);
  expect(best?.value).toBeCloseTo((252 / rows) * error, 12);
});

describe('mutual information', () => {
  test('is the entropy of what is the same, and nothing of what is independent', () => {
    const a = [0, 0, 1, 1, 2, 2, 3, 3];
    expect(mutualInformation(a, a)).toBeCloseTo(Math.log(4), 12);
    expect(mutualInformation(a, [0, 1, 0, 1, 0, 1, 0, 1])).toBeCloseTo(0, 12);
    // H(a) + H(b) − H(a, b) of a table of counts 3, 1, 1, 3.
    const [b, c] = [
      [0, 0, 0, 0, 1, 1, 1, 1],
      [0, 0, 0, 1, 0, 1, 1, 1],
    ];
    const known = 2 * Math.log(2) + 2 * (3 / 8) * Math.log(3 / 8) + 2 * (1 / 8) * Math.log(1 / 8);
    expect(mutualInformation(b, c)).toBeCloseTo(known, 12);
  });

  test('bins hold equally many, equal values share one, and few values keep their own', () => {
    const values = Array.from({ length: 12 }, (_, k) => (7 * k) % 12);
    const bins = equalFrequencyBins(values, 4);
    expect([0, 1, 2, 3].map((bin) => bins.filter((one) => one === bin).length)).toEqual([
      3, 3, 3, 3,
    ]);
    const ties = equalFrequencyBins([1, 1, 1, 1, 1, 2, 3, 4, 5], 3);
    expect(new Set(ties.slice(0, 5)).size).toBe(1);
    expect(equalFrequencyBins([9, 4, 9, 7], 3)).toEqual([2, 0, 2, 1]);
  });
});

test('faults of a binary program stand at their places', () => {
  const program = {
    kind: 'binary-program',
    variables: ['a', 'b', 'a'],
    objective: { linear: { a: 1, z: 2 }, quadratic: [[0, 3, 1]] },
    constraints: [{ linear: [1, 1], relation: '<=', bound: 1 }],
  };
  const pathsOf = (problem: object) =>
    faultsOf(problemSchema.parse(problem)).map(({ path }) => path);
  expect(pathsOf(program)).toEqual([
    'variables',
    'objective.linear.z',
    'objective.quadratic[0]',
    'constraints[0].linear',
  ]);
  const reach = (relation: string, bound: number) =>
    pathsOf({
      ...program,
      variables: 2,
      objective: {},
      constraints: [{ linear: [2, -1], relation, bound }],
    });
  expect(reach('<=', -2)).toEqual(['constraints[0]']);
  expect(reach('>=', 3)).toEqual(['constraints[0]']);
  expect(reach('=', 2.5)).toEqual(['constraints[0]']);
  expect(reach('<=', -1)).toEqual([]);
});

test('what would not fit, and weights beyond all numbers, are refused before anything is made of them', () => {
  const large = { kind: 'max-k-cut', nodes: 1_000_000, edges: [], k: 1000 };
  expect(() => solved(large)).toThrow(/1000000 nodes in 1000 parts makes 1,000,000,000 terms/);
  expect(() => solved({ kind: 'partition', numbers: [1e200, 1] })).toThrow(
    /beyond what can be computed/,
  );
  const qubo = { kind: 'qubo', linear: [1e308, 1e308], sense: 'min' };
  expect(() => solved(qubo, 'tabu')).toThrow(/beyond what can be computed/);
});
