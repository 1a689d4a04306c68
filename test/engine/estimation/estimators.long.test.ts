import { describe, expect, test } from 'vitest';
import { europeanCall } from '#shared/problems/kinds/european-call.ts';
import { algorithms } from '#engine/algorithms/registry.ts';
import { kindsTaken } from '#engine/algorithms/algorithm.ts';
import { logGamma, binomialInterval, regularisedBeta } from '#engine/statistics/binomial.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Estimated {
  readonly estimate: number;
  readonly discounted: number;
  readonly delta: number;
  readonly confidenceInterval: readonly [number, number];
  readonly deltaInterval: readonly [number, number];
  readonly confidence: number;
  readonly oracleCalls: number;
  readonly exact: { readonly grid: number; readonly delta: number };
}

const call = {
  kind: 'european-call',
  spot: 2,
  strike: 1.896,
  rate: 0.05,
  volatility: 0.4,
  maturityYears: 40 / 365,
  qubits: 3,
};
/** Highest price on the grid less the strike. */
const range = 2.813370728095958 - 1.896;

const estimators = algorithms
  .filter((one) => one.kind === 'quantum' && kindsTaken(one, [europeanCall]).length > 0)
  .map(({ id }) => id);

function estimated(algorithm: string, more: object = {}): Estimated {
  return runSpec({ algorithm, problem: call, ...more }).result as Estimated;
}

const seeds = Array.from({ length: 15 }, (_, seed) => seed);

/** All powers stand in one circuit: tested by itself, and less finely. */
const canonical = 'amplitude-estimation';
const faster = 'faster-amplitude-estimation';

describe.each(estimators.filter((id) => id !== canonical))('%s', (id) => {
  test('holds payoff and delta in intervals of the width that was asked for, as often as it says', () => {
    const [epsilon, alpha] = [0.04, 0.1];
    let [missed, far] = [0, 0];
    for (const seed of seeds) {
      const one = estimated(id, { seed, settings: { epsilon, alpha } });
      const [low, high] = one.confidenceInterval;
      const [from, to] = one.deltaInterval;
      expect(one.confidence).toBeCloseTo(0.9, 12);
      expect(one.oracleCalls).toBeGreaterThan(0);
      if (low > one.exact.grid || high < one.exact.grid) missed++;
      if (from > one.exact.delta || to < one.exact.delta) missed++;
      if (Math.abs(one.estimate - one.exact.grid) > range * epsilon) far++;
      if (Math.abs(one.delta - one.exact.delta) > epsilon) far++;
    }
    // Of 30 intervals 3 may miss; more than 9 would come of chance once in two thousand times.
    expect(missed).toBeLessThanOrEqual(9);
    expect(far).toBeLessThanOrEqual(9);
  });

  test('costs about in proportion to the precision', () => {
    const callsAt = (epsilon: number) =>
      seeds
        .slice(0, 3)
        .reduce((sum, seed) => sum + estimated(id, { seed, settings: { epsilon } }).oracleCalls, 0);
    const growth = callsAt(0.005) / callsAt(0.04);
    // Eight times as precise; drawing shots alone would take 64 times as many.
    expect(growth).toBeGreaterThan(2.5);
    expect(growth).toBeLessThan(30);
  });

  test('gives the same for the same seed, and something else for another one', () => {
    const first = estimated(id, { seed: 4 });
    expect(estimated(id, { seed: 4 })).toEqual(first);
    const others = [5, 6, 7].map((seed) => estimated(id, { seed }).estimate);
    expect(others.some((one) => one !== first.estimate)).toBe(true);
  });

  test.each([
    ['statevector', 200],
    ['mps', 200],
    ['mps', null],
    ['density', 100],
  ] as const)('runs on %s with shots %s', (backend, few) => {
    // A job with fewer than its bound asks for is refused.
    const shots = id === faster && few !== null ? 20_000 : few;
    const one = estimated(id, { backend, shots, seed: 2, settings: { epsilon: 0.1, alpha: 0.01 } });
    expect(Math.abs(one.estimate - one.exact.grid)).toBeLessThan(2 * 0.1 * range);
    expect(one.discounted).toBeCloseTo(one.estimate * Math.exp((-0.05 * 40) / 365), 12);
  });
});

describe(canonical, () => {
  const settings = { epsilon: 0.2, alpha: 0.1 };

  test('holds payoff and delta in intervals of the width that was asked for, as often as it says', () => {
    let missed = 0;
    for (const seed of seeds) {
      const one = estimated(canonical, { seed, settings });
      const [low, high] = one.confidenceInterval;
      const [from, to] = one.deltaInterval;
      expect((high - low) / 2).toBeLessThanOrEqual(0.2 * range);
      if (low > one.exact.grid || high < one.exact.grid) missed++;
      if (from > one.exact.delta || to < one.exact.delta) missed++;
    }
    // Of 30 intervals 3 may miss; more than 9 would come of chance once in two thousand times.
    expect(missed).toBeLessThanOrEqual(9);
  });

  test.each(['statevector', 'density'])('gives the same for the same seed on %s', (backend) => {
    const first = estimated(canonical, { backend, seed: 3, settings });
    expect(Math.abs(first.estimate - first.exact.grid)).toBeLessThan(2 * 0.2 * range);
    expect(estimated(canonical, { backend, seed: 3, settings })).toEqual(first);
  });
});

test('a payoff that is the same everywhere is not estimated', () => {
  const worthless = { ...call, strike: 100 };
  for (const id of estimators) {
    const one = runSpec({ algorithm: id, problem: worthless }).result as Estimated;
    expect(one).toMatchObject({
      estimate: 0,
      confidenceInterval: [0, 0],
      delta: 0,
      oracleCalls: 0,
    });
  }
});

test('the exact sum has no doubt about it', () => {
  const one = estimated('exact');
  expect(one.estimate).toBeCloseTo(0.16227609350087305, 9);
  expect(one.delta).toBeCloseTo(0.8097973990818947, 9);
  expect(one).toMatchObject({ confidence: 1, oracleCalls: 0 });
});

describe('statistics of counts', () => {
  test('the incomplete beta function is a sum of binomial terms', () => {
    for (const [n, p] of [
      [7, 0.3],
      [40, 0.9],
      [300, 0.02],
    ] as const) {
      let [tail, term] = [0, (1 - p) ** n];
      for (let k = 0; k < n; k++) {
        tail += term;
        term *= ((n - k) / (k + 1)) * (p / (1 - p));
        expect(regularisedBeta(p, k + 1, n - k)).toBeCloseTo(1 - tail, 11);
      }
    }
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 11);
  });

  test('the interval of Clopper and Pearson is the published one', () => {
    // None of 10: 1 − 0.025^(1/10); 5 of 10, from their table.
    expect(binomialInterval(0, 10, 0.95)).toEqual([0, expect.closeTo(1 - 0.025 ** 0.1, 12)]);
    const [low, high] = binomialInterval(5, 10, 0.95);
    expect(low).toBeCloseTo(0.187086, 6);
    expect(high).toBeCloseTo(0.812914, 6);
  });
});

test.each([faster, canonical])('%s takes no more shots than a job gives', (id) => {
  const settings = { epsilon: 0.2, alpha: 0.01 };
  expect(() => estimated(id, { seed: 1, shots: 3, settings })).toThrow(/needs at least \d+ shots/);
});
