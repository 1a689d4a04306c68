import { describe, expect, test } from 'vitest';
import { chiSquareTail, studentHalfWidth } from '#engine/statistics/tails.ts';
import { mostSobolDimensions, sobolDirections, sobolWord } from '#engine/statistics/sobol.ts';
import type { EstimationResult } from '#shared/results/kinds/estimation.ts';
import { runSpec } from '#test/support/run-spec.ts';

const call = {
  kind: 'european-call',
  spot: 2,
  strike: 1.896,
  rate: 0.05,
  volatility: 0.4,
  maturityYears: 40 / 365,
  qubits: 6,
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

function drawn(problem: object, settings: object, seed = 1): EstimationResult {
  return runSpec({ algorithm: 'monte-carlo', problem, settings, seed }).result as EstimationResult;
}

const widthOf = ({ confidenceInterval: [low, high] }: EstimationResult): number => high - low;
const ways = ['plain', 'antithetic', 'sobol'].flatMap((drawing) =>
  [false, true].map((controlVariate) => ({ drawing, controlVariate })),
);

test('each way of drawing less at random makes the interval narrower', () => {
  const widths = ways.map((way) => widthOf(drawn(call, { ...way, samples: 16_384 })));
  const [plain = 0, plainControlled = 0, pairs = 0, , sobol = 0] = widths;
  expect(plainControlled).toBeLessThan(0.5 * plain);
  expect(pairs).toBeLessThan(0.8 * plain);
  expect(sobol).toBeLessThan(0.2 * plain);
});

test('four times as many points halve the interval', () => {
  const at = (samples: number) =>
    widthOf(drawn(call, { drawing: 'plain', controlVariate: false, samples }));
  expect(at(4096) / at(65_536)).toBeGreaterThan(3.7);
  expect(at(4096) / at(65_536)).toBeLessThan(4.3);
});

test('losses have their tail from the same points', () => {
  const found = drawn(loans, { samples: 65_536 });
  expect(found.valueAtRisk).toBe(2.5);
  expect(found.conditionalValueAtRisk).toBeCloseTo(4.3977, 1);
  expect(found.expectedShortfall).toBeCloseTo(4.1109, 1);
});

test('a payoff that no point saw is not taken for none', () => {
  const far = { ...call, strike: 2.8, volatility: 0.4 };
  const settings = { drawing: 'plain', controlVariate: false, samples: 64 };
  const found = drawn(far, settings, 3);
  expect(found.estimate).toBe(0);
  expect(found.confidenceInterval[0]).toBe(0);
  expect(found.confidenceInterval[1]).toBeGreaterThan(found.exact.grid);
});

test('the same seed gives the same, another one something else', () => {
  expect(drawn(asian, {}, 4)).toEqual(drawn(asian, {}, 4));
  expect(drawn(asian, {}, 5).estimate).not.toBe(drawn(asian, {}, 4).estimate);
});

describe('the sequence of Sobol', () => {
  test('has one point in every cell of its length, in every dimension', () => {
    for (const words of sobolDirections(mostSobolDimensions)) {
      for (const bits of [3, 8, 12]) {
        const cells = new Set(
          Array.from({ length: 2 ** bits }, (_, k) => sobolWord(words, k) >>> (32 - bits)),
        );
        expect(cells.size).toBe(2 ** bits);
      }
    }
  });

  test('begins as published, and fills every box of its first two dimensions once', () => {
    const [first, second, third] = sobolDirections(3);
    const at = (words: Uint32Array | undefined, k: number) =>
      sobolWord(words ?? new Uint32Array(32), k) / 2 ** 32;
    // Joe and Kuo's first points in three dimensions.
    const published = [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
    ];
    published.forEach((point, k) => {
      expect([first, second, third].map((words) => at(words, k))).toEqual(point);
    });
    for (let wide = 0; wide <= 6; wide++) {
      const boxes = new Set(
        Array.from({ length: 64 }, (_, k) =>
          [
            Math.floor(at(first, k) * 2 ** wide),
            Math.floor(at(second, k) * 2 ** (6 - wide)),
          ].join(),
        ),
      );
      expect(boxes.size).toBe(64);
    }
  });
});

test('Student’s quantiles are those of the tables', () => {
  expect(studentHalfWidth(0.05, 1)).toBeCloseTo(12.7062, 4);
  expect(studentHalfWidth(0.05, 15)).toBeCloseTo(2.13145, 5);
  expect(studentHalfWidth(0.01, 1e6)).toBeCloseTo(2.5758, 4);
  expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 6);
});
