import { describe, expect, test } from 'vitest';
import type { EstimationResult } from '#shared/results/kinds/estimation.ts';
import { runSpec } from '#test/support/run-spec.ts';

const call = {
  kind: 'european-call',
  spot: 2,
  strike: 1.896,
  rate: 0.05,
  volatility: 0.4,
  maturityYears: 40 / 365,
  qubits: 3,
};
const asian = {
  kind: 'asian-barrier-spread',
  spot: 10,
  volatility: 0.2,
  rate: 0.01,
  stepYears: [0.5, 1],
  qubits: 4,
  strikes: [18, 22],
  barrier: 13,
};
const loans = {
  kind: 'credit-risk',
  latentQubits: 3,
  latentBound: 2.5,
  defaultProbabilities: [0.05, 0.2, 0.1, 0.15],
  sensitivities: [0.2, 0.05, 0.1, 0.3],
  losses: [4, 1, 2.5, 1],
  alpha: 0.1,
};

/** Few enough that the circuits of their tail are short. */
const fewLoans = {
  ...loans,
  latentQubits: 2,
  defaultProbabilities: [0.15, 0.25],
  sensitivities: [0.1, 0.05],
  losses: [1, 2],
};

function estimated(algorithm: string, problem: object, settings: object, seed: number) {
  return runSpec({ algorithm, problem, settings, seed }).result as EstimationResult;
}

function holds({ confidenceInterval: [low, high], exact }: EstimationResult): boolean {
  return low <= exact.grid && high >= exact.grid;
}

/** Runs, and how many intervals may miss: more would come of chance once in a thousand times. */
const others = [
  // Each of its runs weighs thousands of angles against every outcome.
  ['bayesian-amplitude-estimation', 40, 11],
  ['maximum-likelihood-amplitude-estimation', 200, 34],
  ['noise-aware-amplitude-estimation', 200, 34],
  ['power-law-amplitude-estimation', 200, 34],
] as const;

test.each(others)(
  'intervals of %s hold the value as often as they say',
  (algorithm, runs, misses) => {
    const settings = { epsilon: 0.02, alpha: 0.1 };
    const held = Array.from({ length: runs }, (_unused, seed) =>
      estimated(algorithm, call, settings, seed),
    ).filter(holds);
    expect(held.length).toBeGreaterThanOrEqual(runs - misses);
  },
  600_000,
);

test.each([
  ['a call', call],
  ['losses', fewLoans],
])(
  'intervals of 95 % of iterative estimation hold the value of %s in 181 of 200 runs at least',
  (_, problem) => {
    const settings = { epsilon: 0.01, alpha: 0.05 };
    const held = Array.from({ length: 200 }, (_unused, seed) =>
      estimated('iterative-amplitude-estimation', problem, settings, seed),
    ).filter(holds);
    // Fewer would come of chance once in a hundred times at exactly 95 %.
    expect(held.length).toBeGreaterThanOrEqual(181);
  },
  600_000,
);

const ways = ['plain', 'antithetic', 'sobol'].flatMap((drawing) =>
  [false, true].map((controlVariate) => ({ drawing, controlVariate })),
);

describe.each(ways)('Monte Carlo, $drawing with control variate $controlVariate', (way) => {
  test.each([
    ['a call', call],
    ['an Asian spread', asian],
    ['losses', loans],
  ])(
    'holds the mean of %s as often as it says',
    (_, problem) => {
      const settings = { ...way, samples: 1024, alpha: 0.1 };
      const held = Array.from({ length: 300 }, (_unused, seed) =>
        estimated('monte-carlo', problem, settings, seed),
      ).filter(holds);
      // Of 300 intervals 30 may miss; more than 48 would come of chance once in two thousand times.
      expect(held.length).toBeGreaterThanOrEqual(252);
    },
    600_000,
  );
});

/** Its circuits are short, so that their high powers are run in no time. */
const small = { ...call, qubits: 2 };

/** Slope of the logarithm of the error on that of the calls, by least squares. */
function slopeOf(algorithm: string, settings: readonly object[], seeds: number): number {
  const points = settings.map((one) => {
    const runs = Array.from({ length: seeds }, (_, seed) => estimated(algorithm, small, one, seed));
    const square = runs.reduce((sum, { estimate, exact }) => sum + (estimate - exact.grid) ** 2, 0);
    const calls = runs.reduce((sum, { oracleCalls }) => sum + oracleCalls, 0) / seeds;
    return { x: Math.log(calls), y: Math.log(Math.sqrt(square / seeds)) };
  });
  const middle = (of: 'x' | 'y') => points.reduce((sum, one) => sum + one[of], 0) / points.length;
  const [x, y] = [middle('x'), middle('y')];
  return (
    points.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0) /
    points.reduce((sum, one) => sum + (one.x - x) ** 2, 0)
  );
}

const precisions = [0.02, 0.01, 0.005, 0.0025, 0.00125];

test('the error of iterative estimation falls as one over its calls', () => {
  const slope = slopeOf(
    'iterative-amplitude-estimation',
    precisions.map((epsilon) => ({ epsilon })),
    100,
  );
  expect(slope).toBeGreaterThan(-1.1);
  expect(slope).toBeLessThan(-0.9);
}, 600_000);

test('the error of drawing falls as one over the root of its samples', () => {
  const settings = [256, 1024, 4096, 16_384, 65_536].map((samples) => ({
    samples,
    drawing: 'plain',
    controlVariate: false,
  }));
  const slope = slopeOf('monte-carlo', settings, 100);
  expect(slope).toBeGreaterThan(-0.6);
  expect(slope).toBeLessThan(-0.4);
}, 600_000);
