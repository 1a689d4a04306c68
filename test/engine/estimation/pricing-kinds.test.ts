import { describe, expect, test } from 'vitest';
import { cholesky } from '#shared/math/cholesky.ts';
import { blackScholes } from '#shared/problems/pricing/black-scholes.ts';
import type { EstimationResult } from '#shared/results/kinds/estimation.ts';
import { faultsOf, problemSchema, readingOf } from '#test/support/members.ts';
import { runSpec } from '#test/support/run-spec.ts';

function solved(problem: object, algorithm = 'exact', more: object = {}): EstimationResult {
  return runSpec({ algorithm, problem, ...more }).result as EstimationResult;
}

const basket = {
  kind: 'basket-call',
  assets: [
    { spot: 2, volatility: 0.4, qubits: 2 },
    { spot: 1.5, volatility: 0.25, qubits: 3 },
  ],
  strike: 3.4,
  rate: 0.05,
  maturityYears: 0.5,
};
const income = {
  kind: 'fixed-income',
  cashFlows: [1, 2],
  means: [0.01, 0.02],
  covariance: [
    [1e-4, 5e-5],
    [5e-5, 2e-4],
  ],
  bounds: [
    [0, 0.05],
    [-0.01, 0.06],
  ],
  qubits: [2, 3],
};
const loans = {
  kind: 'credit-risk',
  latentQubits: 2,
  latentBound: 2,
  defaultProbabilities: [0.15, 0.25],
  sensitivities: [0.1, 0.05],
  losses: [1, 2],
  alpha: 0.05,
};
const manyLoans = {
  kind: 'credit-risk',
  latentQubits: 3,
  latentBound: 2.5,
  defaultProbabilities: [0.05, 0.2, 0.1, 0.15],
  sensitivities: [0.2, 0.05, 0.1, 0.3],
  losses: [4, 1, 2.5, 1],
  alpha: 0.1,
};

// Sums over the grid by SciPy 1.17: multivariate_normal.pdf and norm.cdf at every point.
describe('values that were summed elsewhere', () => {
  test.each([
    ['independent', undefined, 0.3329393189844663, 0.4092553922471432],
    [
      'correlated',
      [
        [1, 0.6],
        [0.6, 1],
      ],
      0.39362411553932103,
      0.37851597455800934,
    ],
  ])('a basket of two %s assets', (_, correlation, payoff, delta) => {
    const problem = { ...basket, ...(correlation === undefined ? {} : { correlation }) };
    const { estimate, delta: found, discounted, exact } = solved(problem);
    expect(estimate).toBeCloseTo(payoff, 11);
    expect(found).toBeCloseTo(delta, 11);
    expect(discounted).toBeCloseTo(payoff * Math.exp(-0.025), 11);
    expect(exact.greeks).toBeNull();
  });

  test('a basket of three, two of which go against each other', () => {
    const problem = {
      ...basket,
      assets: [...basket.assets, { spot: 1, volatility: 0.3, qubits: 2 }],
      correlation: [
        [1, 0.6, -0.2],
        [0.6, 1, 0.1],
        [-0.2, 0.1, 1],
      ],
      strike: 4.4,
    };
    expect(solved(problem).estimate).toBeCloseTo(0.39245635843207916, 11);
  });

  test('cash flows under independent and under correlated rates', () => {
    expect(solved(income).estimate).toBeCloseTo(2.911275836769586, 11);
    const apart = {
      ...income,
      covariance: [
        [1e-4, 0],
        [0, 2e-4],
      ],
      bounds: [
        [0, 0.12],
        [0, 0.24],
      ],
      qubits: [2, 2],
    };
    const found = solved(apart);
    expect(found.estimate).toBeCloseTo(2.9992125398005967, 11);
    expect(found.discounted).toBe(found.estimate);
  });

  test('losses of two loans', () => {
    const found = solved(loans);
    expect(found.expectedLoss).toBeCloseTo(0.6491370485325019, 11);
    expect(found.valueAtRisk).toBe(2);
    expect(found.conditionalValueAtRisk).toBeCloseTo(3, 12);
    expect(found.expectedShortfall).toBeCloseTo(2.849831330908917, 10);
    const sums = [0.6431475010171298, 0.7502070169958144, 0.9575084334545543, 1];
    expect(found.cdf?.map(({ loss }) => loss)).toEqual([0, 1, 2, 3]);
    found.cdf?.forEach(({ probability }, k) => expect(probability).toBeCloseTo(sums[k] ?? 0, 11));
  });

  test('losses of four loans, two of them equal', () => {
    const found = solved(manyLoans);
    expect(found.expectedLoss).toBeCloseTo(0.7957365168554786, 11);
    expect(found.valueAtRisk).toBe(2.5);
    expect(found.conditionalValueAtRisk).toBeCloseTo(4.397700679408894, 10);
    expect(found.expectedShortfall).toBeCloseTo(4.110882884948156, 10);
    expect(found.cdf).toHaveLength(12);
    expect(found.exact.risk).toMatchObject({ valueAtRisk: 2.5, cdf: found.cdf });
  });
});

test('a basket of one is a European call, with its greeks', () => {
  const asset = { spot: 2, volatility: 0.4 };
  const terms = { strike: 1.896, rate: 0.05, maturityYears: 40 / 365 };
  const one = solved({ kind: 'basket-call', assets: [{ ...asset, qubits: 3 }], ...terms });
  const call = solved({ kind: 'european-call', ...asset, ...terms, qubits: 3 });
  expect(one.estimate).toBeCloseTo(call.estimate, 12);
  expect(one.exact).toEqual(call.exact);
  const market = { ...asset, rate: 0.05, dividendYield: 0 };
  expect(call.exact.greeks).toEqual(blackScholes(market, 1.896, 40 / 365, 'call').greeks);
});

test('without sensitivity, loans default as if by themselves', () => {
  const apart = solved({ ...loans, sensitivities: [0, 0] });
  expect(apart.estimate).toBeCloseTo(0.15 + 2 * 0.25, 12);
  expect(apart.cdf?.[0]?.probability).toBeCloseTo(0.85 * 0.75, 12);
});

test('0.95 and 0.05 name the same tail', () => {
  expect(solved({ ...loans, alpha: 0.95 }).valueAtRisk).toBe(solved(loans).valueAtRisk);
});

test('losses that are the same but for rounding are one', () => {
  const thirds = { ...manyLoans, losses: [0.1, 0.2, 0.3, 0.6] };
  expect(solved(thirds).cdf).toHaveLength(13);
});

describe.each(['iterative-amplitude-estimation', 'maximum-likelihood-amplitude-estimation'])(
  '%s',
  (algorithm) => {
    const settings = { epsilon: 0.005, alpha: 0.01 };

    test.each([
      [
        'a correlated basket',
        {
          ...basket,
          correlation: [
            [1, 0.6],
            [0.6, 1],
          ],
        },
      ],
      ['correlated rates', income],
    ])('holds the value of %s', (_, problem) => {
      const { confidenceInterval, exact } = solved(problem, algorithm, { settings, seed: 3 });
      expect(confidenceInterval[0]).toBeLessThanOrEqual(exact.grid);
      expect(confidenceInterval[1]).toBeGreaterThanOrEqual(exact.grid);
    });

    test('finds the tail of losses by bisection', () => {
      const found = solved(loans, algorithm, { settings, seed: 3 });
      expect(found.valueAtRisk).toBe(2);
      expect(found.conditionalValueAtRisk).toBeCloseTo(3, 0);
      expect(found.expectedShortfall).toBeCloseTo(2.8498, 0);
      expect(found.cdf?.map(({ loss }) => loss)).toEqual([1, 2, 3]);
      for (const { loss, probability } of found.cdf ?? []) {
        const known = found.exact.risk?.cdf.find((one) => one.loss === loss)?.probability ?? 0;
        expect(Math.abs(probability - known)).toBeLessThan(0.01);
      }
    });
  },
);

test('the figures show the tail of losses and how the interval narrowed', () => {
  const found = solved(loans, 'iterative-amplitude-estimation', { seed: 1 });
  const ids = readingOf(found)?.figures.map(({ id }) => id);
  expect(ids).toEqual(['distribution', 'payoff', 'losses', 'convergence']);
  const widths = (found.course ?? []).map(({ low, high }) => high - low);
  expect(widths.every((width, k) => k === 0 || width <= (widths[k - 1] ?? 0) + 1e-12)).toBe(true);
  const call = solved(basket);
  expect(readingOf(call)?.figures.map(({ id }) => id)).toEqual(['distribution', 'payoff']);
});

test('what cannot be is told at its place', () => {
  const pathsOf = (problem: object) =>
    faultsOf(problemSchema.parse(problem)).map(({ path }) => path);
  expect(pathsOf(basket)).toEqual([]);
  expect(pathsOf({ ...basket, correlation: [[1]] })).toEqual(['correlation']);
  expect(
    pathsOf({
      ...basket,
      correlation: [
        [1, 0.2],
        [0.3, 1],
      ],
    }),
  ).toEqual(['correlation[0][1]']);
  expect(
    pathsOf({
      ...basket,
      correlation: [
        [1, 1],
        [1, 1],
      ],
    }),
  ).toEqual(['correlation']);
  expect(
    pathsOf({
      ...basket,
      correlation: [
        [2, 0],
        [0, 1],
      ],
    }),
  ).toEqual(['correlation[0][0]']);
  const large = { spot: 1, volatility: 0.2, qubits: 7 };
  expect(pathsOf({ ...basket, assets: [large, large] })).toEqual(['assets']);
  expect(pathsOf({ ...income, means: [0.1], qubits: [2, 0.5] })).toEqual(['means', 'qubits[1]']);
  expect(
    pathsOf({
      ...income,
      bounds: [
        [0, 1],
        [-2, 1],
      ],
    }),
  ).toEqual(['bounds[1]']);
  expect(
    pathsOf({
      ...income,
      covariance: [
        [1, 0],
        [0, -1],
      ],
    }),
  ).toEqual(['covariance']);
  expect(
    pathsOf({ ...loans, defaultProbabilities: [0, 0.5], sensitivities: [0.1, 1], losses: [1] }),
  ).toEqual(['losses', 'defaultProbabilities[0]', 'sensitivities[1]']);
});

test('the triangle of Cholesky gives its matrix back', () => {
  const matrix = [
    [4, 2, -1],
    [2, 3, 0.5],
    [-1, 0.5, 2],
  ];
  const lower = cholesky(matrix) ?? [];
  const at = (i: number, j: number): number => lower[i]?.[j] ?? 0;
  matrix.forEach((row, i) =>
    row.forEach((one, j) => {
      expect([0, 1, 2].reduce((sum, k) => sum + at(i, k) * at(j, k), 0)).toBeCloseTo(one, 12);
    }),
  );
  expect(
    cholesky([
      [1, 2],
      [2, 1],
    ]),
  ).toBeNull();
});
