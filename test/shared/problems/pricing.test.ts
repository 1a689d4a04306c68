import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { normalDistribution, normalQuantile } from '#shared/math/normal.ts';
import { blackScholes } from '#shared/problems/pricing/black-scholes.ts';
import { faultsOf, pose, problemSchema } from '#test/support/members.ts';
import { look } from '#shared/problems/views.ts';
import { gridProbabilities, meanOnGrid, payoffView } from '#shared/problems/views/payoff.ts';

interface ClosedCase {
  readonly id: string;
  readonly S0: number;
  readonly K: number;
  readonly r: number;
  readonly dividend_yield: number;
  readonly sigma: number;
  readonly T: number;
  readonly call: number;
  readonly put: number;
  readonly delta_call: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta_call: number;
  readonly rho_call: number;
}

interface GridCase {
  readonly id: string;
  readonly kind: string;
  readonly n_qubits: number;
  readonly S0: number;
  readonly K: number;
  readonly r: number;
  readonly sigma: number;
  readonly T: number;
  readonly grid_low: number;
  readonly grid_high: number;
  readonly probabilities: readonly number[] | null;
  readonly expected_payoff_undiscounted: number;
  readonly delta: number;
}

const cases = JSON.parse(
  readFileSync('test/fixtures/cases/finance/black-scholes.json', 'utf8'),
) as (ClosedCase | GridCase)[];
const closedCases = cases.filter((one): one is ClosedCase => !('kind' in one));
const gridCases = cases.filter((one): one is GridCase => 'kind' in one);

function viewOf(problem: object) {
  return look(payoffView, pose(problemSchema.parse(problem))).value;
}

test.each(closedCases.map((one) => [one.id, one] as const))(
  'Black and Scholes with greeks: %s',
  (_, one) => {
    const { S0: spot, K: strike, r: rate, dividend_yield: dividendYield, sigma, T } = one;
    const market = { spot, rate, dividendYield, volatility: sigma };
    const call = blackScholes(market, strike, T, 'call');
    const put = blackScholes(market, strike, T, 'put');
    expect(call.price).toBeCloseTo(one.call, 9);
    expect(put.price).toBeCloseTo(one.put, 9);
    expect(call.greeks.delta).toBeCloseTo(one.delta_call, 9);
    expect(call.greeks.gamma).toBeCloseTo(one.gamma, 9);
    expect(call.greeks.vega).toBeCloseTo(one.vega, 9);
    expect(call.greeks.theta).toBeCloseTo(one.theta_call, 9);
    expect(call.greeks.rho).toBeCloseTo(one.rho_call, 9);
  },
);

test.each(gridCases.map((one) => [one.id, one] as const))('the grid of %s', (_, one) => {
  const { S0: spot, K: strike, r: rate, sigma: volatility, T: maturityYears } = one;
  const terms = { spot, strike, rate, volatility, maturityYears, qubits: one.n_qubits };
  const call = viewOf({ kind: 'european-call', ...terms });
  expect(call.underlying.values[0]).toBeCloseTo(one.grid_low, 9);
  expect(call.underlying.values.at(-1)).toBeCloseTo(one.grid_high, 9);
  const probabilities = gridProbabilities(call);
  one.probabilities?.forEach((p, k) => expect(probabilities[k]).toBeCloseTo(p, 9));
  expect(meanOnGrid(call, call.payoff)).toBeCloseTo(one.expected_payoff_undiscounted, 9);
  expect(meanOnGrid(call, call.slope ?? new Float64Array())).toBeCloseTo(one.delta, 9);
});

describe('laws of prices in closed form, over random markets', () => {
  const markets = Array.from({ length: 50 }, (_, k) => {
    const rng = rngOf(11, k);
    const market = {
      spot: 50 + 100 * rng.uniform(),
      volatility: 0.05 + 0.5 * rng.uniform(),
      rate: 0.1 * rng.uniform() - 0.02,
      dividendYield: 0.05 * rng.uniform(),
    };
    return { market, strike: 50 + 100 * rng.uniform(), years: 0.1 + 3 * rng.uniform() };
  });

  test('a call less a put is the underlying less the strike, in today’s money', () => {
    for (const { market, strike, years } of markets) {
      const call = blackScholes(market, strike, years, 'call');
      const put = blackScholes(market, strike, years, 'put');
      const held = market.spot * Math.exp(-market.dividendYield * years);
      const owed = strike * Math.exp(-market.rate * years);
      expect(call.price - put.price).toBeCloseTo(held - owed, 9);
      expect(call.greeks.gamma).toBeCloseTo(put.greeks.gamma, 12);
      expect(call.greeks.vega).toBeCloseTo(put.greeks.vega, 9);
    }
  });

  test('the greeks are the derivatives of the price', () => {
    const h = 1e-5;
    for (const { market, strike, years } of markets) {
      for (const side of ['call', 'put'] as const) {
        const priceAt = (change: Partial<typeof market>, at = years) =>
          blackScholes({ ...market, ...change }, strike, at, side).price;
        const slope = (of: (step: number) => number) => (of(h) - of(-h)) / (2 * h);
        const { greeks } = blackScholes(market, strike, years, side);
        const { spot, volatility, rate } = market;
        expect(greeks.delta).toBeCloseTo(
          slope((d) => priceAt({ spot: spot + d })),
          6,
        );
        expect(greeks.vega).toBeCloseTo(
          slope((d) => priceAt({ volatility: volatility + d })),
          4,
        );
        expect(greeks.rho).toBeCloseTo(
          slope((d) => priceAt({ rate: rate + d })),
          4,
        );
        expect(greeks.theta).toBeCloseTo(-slope((d) => priceAt({}, years + d)), 4);
        const bent = slope(
          (d) => blackScholes({ ...market, spot: spot + d }, strike, years, side).greeks.delta,
        );
        expect(greeks.gamma).toBeCloseTo(bent, 6);
      }
    }
  });

  test('a bull spread is a call less a call with a higher strike', () => {
    const terms = { spot: 100, volatility: 0.3, rate: 0.02, maturityYears: 1, qubits: 6 };
    const spread = viewOf({ kind: 'bull-spread', ...terms, strike: 95, upperStrike: 120 });
    const low = viewOf({ kind: 'european-call', ...terms, strike: 95 });
    const high = viewOf({ kind: 'european-call', ...terms, strike: 120 });
    spread.payoff.forEach((paid, k) => {
      expect(paid).toBeCloseTo((low.payoff[k] ?? 0) - (high.payoff[k] ?? 0), 9);
    });
    expect(spread.closedForm?.price).toBeCloseTo(
      (low.closedForm?.price ?? 0) - (high.closedForm?.price ?? 0),
      9,
    );
  });

  test('the grid comes near the closed form with more points', () => {
    const terms = { spot: 100, strike: 100, volatility: 0.2, rate: 0.03, maturityYears: 1 };
    for (const kind of ['european-call', 'european-put']) {
      const fine = viewOf({ kind, ...terms, qubits: 12 });
      const price = fine.discountFactor * meanOnGrid(fine, fine.payoff);
      expect(price / (fine.closedForm?.price ?? 0)).toBeCloseTo(1, 1);
    }
  });
});

test('bounds and strikes that cannot be are told at their place', () => {
  const terms = { spot: 1, strike: 2, volatility: 1, rate: 0, maturityYears: 1, qubits: 2 };
  const pathsOf = (problem: object) =>
    faultsOf(problemSchema.parse(problem)).map(({ path }) => path);
  const call = { kind: 'european-call', ...terms };
  expect(pathsOf(call)).toEqual([]);
  expect(pathsOf({ ...call, bounds: [3, 1] })).toEqual(['bounds']);
  expect(pathsOf({ ...call, bounds: [1, 2, 3] })).toEqual(['bounds']);
  expect(pathsOf({ ...call, kind: 'bull-spread', upperStrike: 1 })).toEqual(['upperStrike']);
});

test('the normal distribution is that of the tables, and its quantile undoes it', () => {
  // Abramowitz and Stegun, table 26.1 and 26.2.
  expect(normalDistribution(1)).toBeCloseTo(0.841344746068543, 14);
  expect(normalDistribution(2.9)).toBeCloseTo(0.998134186699616, 14);
  expect(normalDistribution(-5) / 2.866515718791946e-7).toBeCloseTo(1, 10);
  for (const p of [1e-9, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975]) {
    expect(normalDistribution(normalQuantile(p)) / p).toBeCloseTo(1, 9);
  }
});

test('an Asian spread pays by the sum of its steps, and nothing above the barrier', () => {
  const terms = { spot: 10, volatility: 0.2, rate: 0.01, stepYears: [1, 1], qubits: 2 };
  const spread = viewOf({ kind: 'asian-barrier-spread', ...terms, strikes: [18, 22], barrier: 13 });
  const call = { kind: 'european-call', spot: 10, strike: 1, volatility: 0.2, rate: 0.01 };
  const step = viewOf({ ...call, maturityYears: 1, qubits: 2 });
  const probabilities = gridProbabilities(spread);
  expect(probabilities).toHaveLength(16);
  const weights = gridProbabilities(step);
  for (let k = 0; k < 16; k++) {
    const [first, second] = [k % 4, k >> 2];
    const values = [first, second].map((at) => step.underlying.values[at] ?? Number.NaN);
    const sum = (values[0] ?? 0) + (values[1] ?? 0);
    expect(probabilities[k]).toBeCloseTo((weights[first] ?? 0) * (weights[second] ?? 0), 12);
    const paid = Math.min(Math.max(sum - 18, 0), 4);
    expect(spread.payoff[k]).toBeCloseTo(Math.max(...values) > 13 ? 0 : paid, 12);
  }
  expect(spread.discountFactor).toBeCloseTo(Math.exp(-0.02), 12);
});
