import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { runSpec } from '#test/support/run-spec.ts';

type Edge = readonly [number, number, number];

function run(problem: object, settings: object, more: object = {}) {
  const spec = { algorithm: 'qaoa', problem, settings, seed: 3, ...more };
  const { result, warnings } = runSpec(spec);
  return { result: result as OptimisationResult, warnings };
}

/** A random graph in which every node has three edges (pairs of stubs, drawn until it is simple). */
function cubic(nodes: number, seed: number): Edge[] {
  const rng = rngOf(seed, 0);
  for (;;) {
    const stubs = Array.from({ length: 3 * nodes }, (_, k) => Math.floor(k / 3));
    for (let k = stubs.length - 1; k > 0; k--) {
      const at = rng.below(k + 1);
      [stubs[k], stubs[at]] = [stubs[at] as number, stubs[k] as number];
    }
    const edges = new Map<string, Edge>();
    for (let k = 0; k < stubs.length; k += 2) {
      const [u, v] = [stubs[k] as number, stubs[k + 1] as number].sort((a, b) => a - b);
      if (u !== v) edges.set(`${u} ${v}`, [u as number, v as number, 1]);
    }
    if (edges.size === (3 * nodes) / 2) return [...edges.values()];
  }
}

/**
 * The cut of one layer, in closed form for any weights (Wang, Hadfield, Jiang and Rieffel 2018, arXiv:1706.02998; Ozaeta, van
 * Dam and McMahon 2022, arXiv:2012.03421).
 */
function cutOfOneLayer(edges: readonly Edge[], gamma: number, beta: number): number {
  const weights = new Map<number, Map<number, number>>();
  for (const [u, v, w] of edges) {
    for (const [a, b] of [
      [u, v],
      [v, u],
    ] as const) {
      const row = weights.get(a) ?? new Map<number, number>();
      row.set(b, w);
      weights.set(a, row);
    }
  }
  const at = (a: number, b: number): number => weights.get(a)?.get(b) ?? 0;
  return edges.reduce((sum, [u, v, w]) => {
    const others = [
      ...new Set([...(weights.get(u)?.keys() ?? []), ...(weights.get(v)?.keys() ?? [])]),
    ].filter((k) => k !== u && k !== v);
    const product = (of: (k: number) => number): number =>
      others.reduce((all, k) => all * of(k), 1);
    const single =
      product((k) => Math.cos(gamma * at(u, k))) + product((k) => Math.cos(gamma * at(v, k)));
    const both =
      product((k) => Math.cos(gamma * (at(u, k) + at(v, k)))) -
      product((k) => Math.cos(gamma * (at(u, k) - at(v, k))));
    const zz =
      (-Math.sin(4 * beta) * Math.sin(gamma * w) * single) / 2 -
      (Math.sin(2 * beta) ** 2 * both) / 2;
    return sum + (w * (1 - zz)) / 2;
  }, 0);
}

describe('light cones', () => {
  const weighted = cubic(14, 2).map(([u, v], k): Edge => [u, v, 0.5 + ((k * 7) % 5) / 4]);
  const angles = { gammas: [0.7, 0.4], betas: [0.5, 0.2] };

  test.each([1, 2, 3])('give what the whole circuit gives, with %i layers', (layers) => {
    const problem = { kind: 'maxcut', nodes: 14, edges: weighted };
    const settings = {
      layers,
      optimizer: { id: 'none' },
      initialParameters: {
        gammas: [0.7, 0.4, 0.3].slice(0, layers),
        betas: [0.5, 0.2, -0.1].slice(0, layers),
      },
    };
    const whole = run(problem, settings).result;
    const { result, warnings } = run(problem, { ...settings, lightCones: true });
    expect(result.expectation).toBeCloseTo(whole.expectation, 9);
    expect(result.approximationRatio).toBeCloseTo(whole.approximationRatio ?? Number.NaN, 9);
    expect(result.samples).toEqual([]);
    expect(result.best).toBeNull();
    expect(warnings.join()).toMatch(/no samples of all of them/);
  });

  test('see fields, angles by kind and a warm start as the whole circuit does', () => {
    const problem = {
      kind: 'ising',
      h: [0.5, 0, 0.8, 0.1, -0.6, 0.2, 0, 0.3],
      J: Array.from({ length: 8 }, (_, i) => [i, (i + 1) % 8, 0.4 + 0.2 * i]),
      offset: 0.3,
    };
    for (const more of [
      {
        parametrisation: 'extended',
        initialParameters: { gammas: [0.7, 0.2, 0.4, 0.9], betas: [0.5, 0.2] },
      },
      { warmStart: true, initialParameters: angles },
    ]) {
      const settings = { layers: 2, optimizer: { id: 'none' }, ...more };
      const whole = run(problem, settings).result.expectation;
      expect(run(problem, { ...settings, lightCones: true }).result.expectation).toBeCloseTo(
        whole,
        9,
      );
    }
  });

  test('train as the whole circuit does, by gradients', () => {
    const problem = { kind: 'maxcut', nodes: 14, edges: weighted };
    const settings = { layers: 1, optimizer: { id: 'lbfgsb' } };
    const whole = run(problem, settings).result;
    const { result } = run(problem, { ...settings, lightCones: true });
    expect(result.expectation).toBeCloseTo(whole.expectation, 7);
  });

  test('give one layer on three hundred nodes in closed form', () => {
    const edges = cubic(300, 5).map(([u, v], k): Edge => [u, v, 1 + (k % 3) / 2]);
    const settings = {
      layers: 1,
      lightCones: true,
      optimizer: { id: 'none' },
      initialParameters: { gammas: [0.55], betas: [0.4] },
    };
    const { result } = run({ kind: 'maxcut', nodes: 300, edges }, settings);
    expect(result.expectation).toBeCloseTo(cutOfOneLayer(edges, 0.55, 0.4), 8);
  });

  test('give two layers on two hundred nodes, above the guarantee, by few circuits', () => {
    const problem = { kind: 'maxcut', nodes: 200, edges: cubic(200, 7) };
    const settings = { layers: 2, lightCones: true, parametrisation: 'fixed' };
    const { result } = run(problem, settings);
    expect(result.expectation / 300).toBeGreaterThan(0.74);
    // Most surroundings are the same tree.
    expect(result.circuits).toBeLessThan(150);
    expect(result.qubits).toBe(14);
  });

  test('bind a graph of fifty nodes to a cut that is better than the mean, recursively', () => {
    const problem = { kind: 'maxcut', nodes: 50, edges: cubic(50, 11) };
    const settings = { layers: 1, lightCones: true, recursive: true, parametrisation: 'fixed' };
    const { result } = run(problem, settings);
    expect(result.best?.value).toBeGreaterThan(0.85 * 75);
  });

  test('are refused where they are as wide as the whole, or say nothing of constraints', () => {
    const all = Array.from({ length: 25 }, (_, i) => i);
    const edges = all.flatMap((i) => all.slice(i + 1).map((j) => [i, j]));
    const complete = { kind: 'maxcut', nodes: 25, edges };
    expect(() => run(complete, { layers: 1, lightCones: true })).toThrow(
      /has 25 qubits; at most 24/,
    );
    const set = { kind: 'independent-set', nodes: 3, edges: [[0, 1]] };
    expect(() => run(set, { layers: 1, lightCones: true })).toThrow(/whether the constraints hold/);
  });
});
