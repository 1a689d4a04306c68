import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { manyNeighbourAngles, regularGraphAngles } from '#engine/qaoa/angle-tables.ts';
import { relaxedMinimum } from '#engine/qaoa/warm-start.ts';
import { quadraticForm } from '#shared/problems/binary-problem.ts';
import { cutOnTree } from '#test/support/regular-tree.ts';
import { runSpec } from '#test/support/run-spec.ts';
import { riskValue } from '#engine/qaoa/risk.ts';

const petersen = {
  kind: 'maxcut',
  nodes: 10,
  edges: Array.from({ length: 5 }, (_, i) => [
    [i, (i + 1) % 5],
    [i, i + 5],
    [i + 5, ((i + 2) % 5) + 5],
  ]).flat(),
};
const prism = {
  kind: 'maxcut',
  nodes: 6,
  edges: [
    [0, 1, 1],
    [1, 2, 0.5],
    [2, 0, 2],
    [3, 4, 1.5],
    [4, 5, 1],
    [5, 3, 0.7],
    [0, 3, 1.2],
    [1, 4, 0.4],
    [2, 5, 1],
  ],
};
const ring = (nodes: number) => ({
  kind: 'maxcut',
  nodes,
  edges: Array.from({ length: nodes }, (_, i) => [i, (i + 1) % nodes]),
});
const withFields = {
  kind: 'ising',
  h: [0.5, -0.3, 0.8, 0.1, -0.6],
  J: [
    [0, 1, 1],
    [1, 2, -0.7],
    [2, 3, 0.4],
    [3, 4, 0.9],
    [4, 0, -1.1],
  ],
  offset: 0,
};

function run(problem: object, settings: object, more: object = {}) {
  const spec = { algorithm: 'qaoa', problem, settings, seed: 3, ...more };
  const { result, warnings } = runSpec(spec);
  return { result: result as OptimisationResult, warnings };
}

function faultOf(settings: object): string {
  const checked = jobEngine.validate({ algorithm: 'qaoa', problem: prism, settings });
  return checked.ok ? '' : JSON.stringify(checked.error);
}

const lbfgsb = { id: 'lbfgsb' };

describe('published angles', () => {
  // Guaranteed shares as the paper's table has them.
  const guaranteed: readonly (readonly [number, number, number])[] = [
    [3, 1, 0.69245],
    [3, 2, 0.755906],
    [3, 3, 0.792398],
    [3, 4, 0.816876],
    [3, 5, 0.836379],
    [3, 6, 0.849894],
    [4, 2, 0.716091],
    [4, 5, 0.784132],
    [5, 4, 0.738556],
    [7, 3, 0.683623],
    [11, 2, 0.625275],
  ];

  test.each(guaranteed)(
    'of degree %i and %i layers cut their share of a tree',
    (degree, p, share) => {
      const [gammas, betas] = regularGraphAngles[degree]?.[p - 1] ?? [[], []];
      expect(Math.abs(cutOnTree(degree - 1, gammas, betas) - share)).toBeLessThan(2e-5);
    },
  );

  test('of every degree are a stationary point of the tree', () => {
    for (const [degree, rows] of Object.entries(regularGraphAngles)) {
      for (const [gammas, betas] of rows.slice(0, 4)) {
        const cut = (g: readonly number[], b: readonly number[]) =>
          cutOnTree(Number(degree) - 1, g, b);
        const value = cut(gammas, betas);
        gammas.forEach((_, k) => {
          for (const step of [-0.03, 0.03]) {
            const off = (list: readonly number[]) => list.map((x, i) => (i === k ? x + step : x));
            expect(cut(off(gammas), betas)).toBeLessThan(value);
            expect(cut(gammas, off(betas))).toBeLessThan(value);
          }
        });
      }
    }
  });

  test('for many neighbours are the better the more layers, on a tree of degree 30', () => {
    const cuts = manyNeighbourAngles.slice(0, 5).map(([gammas, betas]) => {
      const unit = 2 * Math.atan(1 / Math.sqrt(29));
      return cutOnTree(
        29,
        gammas.map((gamma) => gamma * unit),
        betas,
      );
    });
    cuts.forEach((cut, k) => expect(cut).toBeGreaterThan(cuts[k - 1] ?? 0.5));
    // 0.3033 and 0.4075 are the limits of Farhi et al. for one and two layers.
    expect((cuts[0] as number) - 0.5).toBeCloseTo(0.3033 / Math.sqrt(30), 2);
    expect((cuts[1] as number) - 0.5).toBeCloseTo(0.4075 / Math.sqrt(30), 2);
  });

  test('cut at least their share of the best cut of such a graph, whatever weight its edges have', () => {
    for (const [layers, share] of [
      [1, 0.69245],
      [3, 0.792398],
      [6, 0.849893],
      [11, 0.882842],
    ] as const) {
      const { result, warnings } = run(petersen, { layers, parametrisation: 'fixed' });
      expect(warnings).toEqual([
        'The angles are those of the table for regular graphs of degree 3.',
      ]);
      expect(result.expectation / (result.exact?.value ?? Number.NaN)).toBeGreaterThan(share);
      const heavy = { ...petersen, edges: petersen.edges.map(([u, v]) => [u, v, 2.5]) };
      const scaled = run(heavy, { layers, parametrisation: 'fixed' }).result;
      expect(scaled.expectation).toBeCloseTo(2.5 * result.expectation, 9);
    }
  });

  test('are carried over to other costs, to twenty layers, and better with each', () => {
    let before = 0;
    for (const layers of [1, 2, 5, 10, 20]) {
      const { result, warnings } = run(prism, { layers, parametrisation: 'fixed' });
      expect(warnings.join()).toMatch(/many neighbours/);
      expect(result.expectation).toBeGreaterThan(before);
      before = result.expectation;
    }
    expect(before).toBeGreaterThan(0.9 * (run(prism, { layers: 1 }).result.exact?.value ?? 0));
    expect(
      run(withFields, { layers: 5, parametrisation: 'fixed' }).result.approximationRatio,
    ).toBeGreaterThan(0.8);
  });

  test('are told to be missing beyond twenty layers and under other mixers', () => {
    expect(() => run(prism, { layers: 21, parametrisation: 'fixed' })).toThrow(/at most 20 layers/);
    const budget = {
      kind: 'portfolio',
      prices: 'assets/data/dowjones30_1990_2001.csv',
      assets: ['AA', 'AXP', 'T'],
      riskAversion: 1,
      budget: 1,
    };
    expect(() => run(budget, { layers: 2, mixer: 'xy-ring', parametrisation: 'fixed' })).toThrow(
      /for the X mixer/,
    );
  });
});

describe('more angles', () => {
  test('reach what fewer do: multi-angle above extended above standard', () => {
    const settings = { layers: 1, optimizer: lbfgsb };
    const standard = run(withFields, settings).result;
    const [gamma, beta] = [standard.parameters?.['gammas'], standard.parameters?.['betas']];
    const from = (parametrisation: string) =>
      run(withFields, {
        ...settings,
        parametrisation,
        initialParameters: { gammas: gamma, betas: beta },
      }).result.expectation;
    const [extended, own] = [from('extended'), from('multi-angle')];
    expect(extended).toBeLessThan(standard.expectation - 1e-4);
    expect(own).toBeLessThan(extended - 1e-3);
  });

  test('are as many as the circuit has, and go back in as they come out', () => {
    for (const [parametrisation, gammas, betas] of [
      ['standard', 1, 1],
      ['extended', 2, 1],
      ['multi-angle', 10, 5],
    ] as const) {
      const optimizer = { id: 'lbfgsb', maxIterations: 4 };
      const { result } = run(withFields, { layers: 2, parametrisation, optimizer });
      expect(result.parameters?.['gammas']).toHaveLength(2 * gammas);
      expect(result.parameters?.['betas']).toHaveLength(2 * betas);
      const again = run(withFields, {
        layers: 2,
        parametrisation,
        initialParameters: result.parameters,
        optimizer: { id: 'none' },
      }).result;
      expect(again.expectation).toBeCloseTo(result.expectation, 9);
    }
    expect(() =>
      run(withFields, {
        layers: 2,
        parametrisation: 'extended',
        initialParameters: { gammas: [1, 1, 1], betas: [1, 1] },
      }),
    ).toThrow(/2 gammas and 2 betas \(one a layer\), or 4 \(2 a layer\)/);
  });

  test('cut every edge of a star with one layer (Herrman et al., arXiv:2109.11455)', () => {
    const edges = [
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
    ];
    const problem = { kind: 'maxcut', nodes: 5, edges };
    const settings = { layers: 1, parametrisation: 'multi-angle', optimizer: lbfgsb };
    expect(run(problem, settings).result.expectation).toBeCloseTo(4, 6);
  });
});

describe('layer by layer', () => {
  test('reaches the rings of disagrees, (2p + 1)/(2p + 2) of the edges, at every depth', () => {
    for (const layers of [1, 2, 3, 4]) {
      const { result } = run(ring(10), { layers, layerwise: true, optimizer: lbfgsb });
      expect(result.expectation / 10).toBeCloseTo((2 * layers + 1) / (2 * layers + 2), 6);
    }
  });

  test('is never worse for a layer more, to twenty', () => {
    const at = (layers: number) =>
      run(prism, { layers, layerwise: true, optimizer: { id: 'lbfgsb', maxIterations: 30 } })
        .result;
    expect(at(20).expectation).toBeGreaterThan(at(5).expectation);
    expect(at(20).approximationRatio).toBeGreaterThan(0.99);
  });
});

test('several starts leave a local optimum behind', () => {
  const edges = [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [2, 3],
  ];
  const problem = { kind: 'maxcut', nodes: 4, edges };
  const settings = { layers: 2, optimizer: lbfgsb };
  expect(run(problem, settings).result.expectation).toBeLessThan(3.5);
  // By brute force over all angles, two layers reach this.
  const { expectation } = run(problem, { ...settings, starts: 20 }).result;
  expect(Math.abs(expectation - 3.855836386464933)).toBeLessThan(1e-8);
});

describe('other objectives', () => {
  const settings = { layers: 2, optimizer: { id: 'cobyla' } };

  test('a faint Gibbs exponent is the mean, a strong one finds the optimum more often', () => {
    const mean = run(prism, settings).result;
    expect(run(prism, { ...settings, gibbs: 1e-6 }).result.expectation).toBeCloseTo(
      mean.expectation,
      3,
    );
    const strong = run(prism, { ...settings, gibbs: 10 }).result;
    expect(strong.optimumProbability).toBeGreaterThan(mean.optimumProbability ?? 1);
  });

  test('settings that contradict each other are told', () => {
    expect(faultOf({ cvar: 0.5, gibbs: 2 })).toMatch(/give one of them/);
    expect(faultOf({ warmStart: true, mixer: 'grover' })).toMatch(/start and a mixer of its own/);
    expect(faultOf({ layerwise: true, parametrisation: 'fourier' })).toMatch(
      /begins with one layer/,
    );
    expect(faultOf({ adaptive: true, cvar: 0.5 })).toMatch(/chooses its mixers/);
    expect(faultOf({ lightCones: true, gibbs: 2 })).toMatch(/means of single terms/);
    expect(faultOf({ starts: 3, layerwise: true })).toMatch(/which say where to start/);
    expect(faultOf({ layers: 3, gibbs: 2 })).toBe('');
  });
});

describe('warm start', () => {
  test('the relaxation is the least value in the box where the form is convex', () => {
    // (x0 + x1 − 0.8)² + 0.3 x0² … written for bits: the diagonal is in the linear part.
    const form = quadraticForm(
      3,
      0,
      [-1, -0.5, 0.25],
      [
        [0, 1, 1.5],
        [1, 2, -0.5],
      ],
    );
    const shift = 0.8;
    const x = relaxedMinimum(form, 1);
    const rng = rngOf(1, 2);
    const corners = Array.from({ length: 8 }, (_, k) => [k & 1, (k >> 1) & 1, k >> 2]);
    const value = (y: readonly number[]): number =>
      form.quadratic.reduce((sum, [i, j, w]) => sum + w * (y[i] ?? 0) * (y[j] ?? 0), 0) +
      y.reduce((sum, yi, i) => sum + (form.linear[i] ?? 0) * yi + shift * (yi * yi - yi), 0);
    // Never above a corner: the relaxation bounds the problem.
    for (const corner of corners) expect(value([...x])).toBeLessThanOrEqual(value(corner) + 1e-3);
    expect([...x].every((xi) => xi >= 0 && xi <= 1 && rng.uniform() < 1)).toBe(true);
  });

  test('at ε = 1/2 is the uniform start, and without angles the relaxed solution itself', () => {
    const none = { id: 'none' };
    const angles = { gammas: [0.4], betas: [0.3] };
    const same = { layers: 1, optimizer: none, initialParameters: angles };
    const plain = run(withFields, same).result.expectation;
    const uniform = run(withFields, { ...same, warmStart: true, regularisation: 0.5 }).result;
    expect(uniform.expectation).toBeCloseTo(plain, 9);
    const still = { ...same, initialParameters: { gammas: [0], betas: [0.7] } };
    const before = run(withFields, still).result.expectation;
    const warm = run(withFields, { ...still, warmStart: true }).result.expectation;
    expect(before).toBeCloseTo(0, 9);
    expect(warm).toBeLessThan(-0.5);
  });

  test('makes one layer find a portfolio more often', () => {
    const problem = {
      kind: 'qubo',
      linear: [-2, 1.5, -1, 0.5, -1.2, 0.8],
      quadratic: [
        [0, 1, 0.6],
        [1, 2, 0.4],
        [2, 3, 0.9],
        [3, 4, 0.5],
        [4, 5, 0.3],
        [0, 5, 0.7],
      ],
    };
    const cold = run(problem, { layers: 1, optimizer: lbfgsb }).result;
    const warm = run(problem, { layers: 1, optimizer: lbfgsb, warmStart: true }).result;
    expect(warm.optimumProbability).toBeGreaterThan(cold.optimumProbability ?? 1);
  });
});

describe('recursive', () => {
  test.each([
    ['a ring', ring(12)],
    ['a weighted prism', prism],
    ['fields', withFields],
  ])('finds the optimum of %s', (_, problem) => {
    const { result } = run(problem, { layers: 1, recursive: true, cutoff: 2, optimizer: lbfgsb });
    expect(result.best?.value).toBeCloseTo(result.exact?.value ?? Number.NaN, 9);
    expect(result.samples).toHaveLength(1);
  });

  test('keeps constraints by their penalty', () => {
    const knapsack = { kind: 'knapsack', weights: [3, 1, 2], values: [7, 4, 5], capacity: 3 };
    const { result } = run(knapsack, { layers: 2, recursive: true, optimizer: lbfgsb });
    expect(result.best?.feasible).toBe(true);
  });

  test('finished on request says that its bindings were hardly tuned', () => {
    const settings = { layers: 1, recursive: true, cutoff: 2, optimizer: lbfgsb };
    const spec = { algorithm: 'qaoa', problem: prism, settings, seed: 3 };
    expect(runSpec(spec, '.', () => 'finish').warnings.join(' ')).toMatch(/hardly tuned/);
    expect(runSpec(spec).warnings.join(' ')).not.toMatch(/hardly tuned/);
  });
});

describe('adaptive', () => {
  const at = (problem: object, layers: number, more: object = {}) =>
    run(problem, { layers, adaptive: true, optimizer: lbfgsb, ...more }).result;

  test('chooses a mixer a layer, gains by each, and passes the mixer X', () => {
    const values = [1, 2, 3, 4, 5].map((layers) => at(withFields, layers));
    values.forEach(({ expectation, mixers, parameters }, k) => {
      expect(mixers).toHaveLength(k + 1);
      expect(parameters?.['gammas']).toHaveLength(k + 1);
      expect(mixers?.slice(0, k)).toEqual(values[k - 1]?.mixers ?? []);
      expect(expectation).toBeLessThan(values[k - 1]?.expectation ?? 0);
    });
    const plain = run(withFields, { layers: 5, layerwise: true, optimizer: lbfgsb }).result;
    expect(values[4]?.expectation).toBeLessThan(plain.expectation);
  });

  test('is standard QAOA where long turns make it choose X everywhere', () => {
    const { expectation, mixers } = at(prism, 3, { probe: 3 });
    expect(new Set(mixers)).toEqual(new Set(['X0 + X1 + X2 + X3 + X4 + X5']));
    const plain = run(prism, { layers: 3, layerwise: true, optimizer: lbfgsb }).result;
    expect(expectation).toBeCloseTo(plain.expectation, 6);
  });
});

test.each([
  { kind: 'cvar', fraction: 0.3 },
  { kind: 'gibbs', eta: 2 },
] as const)('$kind under shots says how far it spreads over runs', (risk) => {
  const rng = rngOf(17);
  // So many that no cost has a weight by which shots jump from one to the next.
  const costs = Array.from({ length: 300 }, () => ({
    cost: rng.normal(),
    weight: 1 + rng.uniform(),
  }));
  const total = costs.reduce((sum, { weight }) => sum + weight, 0);
  const shots = 400;
  for (const sign of [1, -1]) {
    const scale = { sign, spread: 1, shots };
    const exact = riskValue(
      risk,
      costs.map(({ cost, weight }) => ({ cost, probability: weight / total })),
      scale,
    );
    const values = Array.from({ length: 400 }, () => {
      const counts = new Float64Array(costs.length);
      for (let shot = 0; shot < shots; shot++) {
        let rest = rng.uniform() * total;
        const k = costs.findIndex(({ weight }) => (rest -= weight) < 0);
        counts[k === -1 ? 0 : k] = (counts[k === -1 ? 0 : k] as number) + 1;
      }
      const drawn = costs.map(({ cost }, k) => ({ cost, probability: (counts[k] ?? 0) / shots }));
      return riskValue(
        risk,
        drawn.filter(({ probability }) => probability > 0),
        scale,
      ).value;
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(square / (values.length - 1));
    // The deviation of 400 values is known to 3.5 %, that of a mean of blocks a little less well.
    expect(exact.stderr / deviation).toBeGreaterThan(0.8);
    expect(exact.stderr / deviation).toBeLessThan(1.25);
    expect(riskValue(risk, [{ cost: 1, probability: 1 }], scale)).toEqual({ value: 1, stderr: 0 });
    expect(
      riskValue(
        risk,
        costs.map(({ cost, weight }) => ({ cost, probability: weight / total })),
        { ...scale, shots: null },
      ).stderr,
    ).toBe(0);
  }
});

test.each(['xy-ring', 'xy-full', 'grover'] as const)(
  'the mixer %s keeps one part a node, from the equal superposition of all partitions',
  (mixer) => {
    const edges = [
      [0, 1, 1],
      [1, 2, 2],
      [2, 0, 3],
      [2, 3, 1],
    ];
    const problem = { kind: 'max-k-cut', nodes: 4, edges, k: 3 };
    const untouched = { gammas: [0], betas: [0] };
    const settings = { layers: 1, mixer, parametrisation: 'fixed', initialParameters: untouched };
    const start = runSpec({ algorithm: 'qaoa', problem, settings }).result as OptimisationResult;
    expect(start.samples).toHaveLength(81);
    for (const { probability, feasible } of start.samples) {
      expect(feasible).toBe(true);
      expect(probability).toBeCloseTo(1 / 81, 10);
    }
    const tuned = { layers: 3, mixer, optimizer: { id: 'cobyla', maxIterations: 60 } };
    const { result } = runSpec({ algorithm: 'qaoa', problem, settings: tuned });
    const found = result as OptimisationResult;
    expect(found.feasibleProbability).toBeCloseTo(1, 9);
    expect(found.penalty).toBeNull();
    expect(found.expectation).toBeGreaterThan(start.expectation + 0.1);
    expect(found.best?.value).toBe(found.exact?.value);
  },
);
