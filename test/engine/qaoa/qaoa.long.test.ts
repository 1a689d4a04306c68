import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { driveNow } from '#engine/programs/drive.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import { dickeState } from '#engine/qaoa/dicke.ts';
import type { Program } from '#engine/programs/program.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { optimizers } from '#engine/optimizers/registry.ts';
import { runSpec } from '#test/support/run-spec.ts';
import { describeCases } from '#test/support/cases.ts';
import { denseBackend } from '#test/support/dense-backend.ts';

interface Case {
  readonly id: string;
  readonly n: number;
  readonly edges: [number, number][];
  readonly max_cut: number;
  readonly n_optimal_assignments: number;
  readonly qaoa_p1_optimal_expectation: number;
  readonly qaoa_p1_gamma: number;
  readonly qaoa_p1_beta: number;
  readonly qaoa_p1_ratio: number;
  readonly qaoa_p2_fixed: {
    gammas: number[];
    betas: number[];
    expectation: number;
    prob_optimal: number;
  };
  readonly weighted: {
    weights: number[];
    max_cut: number;
    qaoa_p1_gamma: number;
    qaoa_p1_beta: number;
    expectation: number;
  };
}

function fixed(
  one: Case,
  edges: number[][],
  gammas: number[],
  betas: number[],
): OptimisationResult {
  return runSpec({
    algorithm: 'qaoa',
    problem: { kind: 'maxcut', nodes: one.n, edges },
    settings: {
      layers: gammas.length,
      initialParameters: { gammas, betas },
      optimizer: { id: 'none' },
    },
  }).result as OptimisationResult;
}

describeCases<Case>('MaxCut cases', 'optimisation/maxcut.json', (cases) => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const first = fixed(one, one.edges, [one.qaoa_p1_gamma], [one.qaoa_p1_beta]);
    expect(Math.abs(first.expectation - one.qaoa_p1_optimal_expectation)).toBeLessThan(1e-8);
    expect(first.exact?.value).toBe(one.max_cut);
    expect(Math.abs((first.approximationRatio ?? 0) - one.qaoa_p1_ratio)).toBeLessThan(1e-8);
    const { gammas, betas, expectation, prob_optimal } = one.qaoa_p2_fixed;
    const second = fixed(one, one.edges, gammas, betas);
    expect(Math.abs(second.expectation - expectation)).toBeLessThan(1e-8);
    expect(Math.abs((second.optimumProbability ?? 0) - prob_optimal)).toBeLessThan(1e-8);
    const { weights, qaoa_p1_gamma: gamma, qaoa_p1_beta: beta } = one.weighted;
    const weighted = fixed(
      one,
      one.edges.map((edge, k) => [...edge, weights[k] as number]),
      [gamma],
      [beta],
    );
    expect(Math.abs(weighted.expectation - one.weighted.expectation)).toBeLessThan(1e-8);
    expect(weighted.exact?.value).toBeCloseTo(one.weighted.max_cut, 10);
  });
});

describe('the portfolio of eight Dow Jones stocks', () => {
  const example = JSON.parse(readFileSync('assets/examples/portfolio-qaoa.json', 'utf8')) as Record<
    string,
    unknown
  >;

  // Angles times prices have no period, which rotosolve counts on; two values a step are few.
  const patient = optimizers.filter(
    ({ id }) => !['none', 'spsa', 'qn-spsa', 'rotosolve'].includes(id),
  );

  test.each(patient.map(({ id }) => id))('%s finds the optimum and concentrates on it', (id) => {
    const settings = { ...(example['settings'] as object), optimizer: { id } };
    const result = runSpec({ ...example, settings }, 'assets/examples')
      .result as OptimisationResult;
    expect(result.best?.bits).toBe('01100011');
    expect(result.best?.bits).toBe(result.exact?.bits);
    expect(result.best?.labels).toEqual(['AA', 'AXP', 'C', 'KO']);
    expect(result.feasibleProbability).toBeGreaterThanOrEqual(0.99);
    expect(result.approximationRatio).toBeGreaterThanOrEqual(0.85);
    expect(result.optimumProbability).toBeGreaterThanOrEqual(3 / 70);
  });

  test('is the same bytes for the same seed', () => {
    const settings = {
      ...(example['settings'] as object),
      optimizer: { id: 'adam', maxIterations: 5 },
    };
    const once = JSON.stringify(runSpec({ ...example, settings }, 'assets/examples'));
    expect(JSON.stringify(runSpec({ ...example, settings }, 'assets/examples'))).toBe(once);
  });

  test('takes shots, which cost precision and are counted', () => {
    const settings = { layers: 1, mixer: 'xy-ring', optimizer: { id: 'spsa', maxIterations: 10 } };
    const { result } = runSpec({ ...example, settings, shots: 500 }, 'assets/examples');
    const { feasibleProbability, shots } = result as OptimisationResult;
    expect(feasibleProbability).toBeCloseTo(1, 12);
    expect(shots).toBe(22 * 500);
  });
});

function* distribution(n: number, k: number): Program<Float64Array> {
  yield { kind: 'define', key: 'd', circuit: circuitOf(n, dickeState(n, k)), observables: [] };
  const answer = yield { kind: 'probabilities', key: 'd', items: 1, bindings: new Float64Array(0) };
  if (answer.kind !== 'probabilities') throw new Error('expected probabilities');
  return answer.values;
}

test('Dicke states are equal superpositions of their weight', () => {
  for (let n = 1; n <= 7; n++) {
    for (let k = 0; k <= n; k++) {
      const answerer = denseBackend();
      const p = driveNow(distribution(n, k), answerer, { seed: 0, cancel: new CancelFlag() });
      const ones = (index: number): number => index.toString(2).split('1').length - 1;
      const members = Array.from(p).filter((_, index) => ones(index) === k);
      for (const value of members) expect(value).toBeCloseTo(1 / members.length, 12);
    }
  }
});

test.each(['xy-full', 'grover'])('the %s mixer keeps the budget', (mixer) => {
  const { result } = runSpec({
    algorithm: 'qaoa',
    problem: {
      kind: 'portfolio',
      prices: 'assets/data/dowjones30_1990_2001.csv',
      assets: ['AA', 'AXP', 'T', 'BA', 'CAT'],
      riskAversion: 1,
      budget: 2,
    },
    settings: { layers: 2, mixer, optimizer: { id: 'lbfgsb' } },
  });
  expect((result as OptimisationResult).feasibleProbability).toBeGreaterThan(1 - 1e-9);
  expect((result as OptimisationResult).approximationRatio).toBeGreaterThan(0.75);
});
