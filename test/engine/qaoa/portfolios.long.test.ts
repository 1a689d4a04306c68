import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { resultAs } from '#shared/results/result.ts';
import { runSpec } from '#test/support/run-spec.ts';

const prices = 'assets/data/dowjones30_1990_2001.csv';
const [header = '', ...rows] = readFileSync(prices, 'utf8').trim().split(/\r?\n/);
const names = header.split(',').slice(1);

/** Sixteen of the thirty assets over two of the ten years, and 4 to 8 of them to be held. */
function portfolio(k: number) {
  const rng = rngOf(2024, k);
  const drawn = names.map((name) => ({ name, at: rng.uniform() }));
  const first = rng.below(rows.length - 504);
  return {
    kind: 'portfolio',
    prices,
    assets: drawn
      .toSorted((a, b) => a.at - b.at)
      .slice(0, 16)
      .map(({ name }) => name),
    rows: [first, first + 503],
    riskAversion: [0.5, 1, 2][k % 3],
    budget: 4 + (k % 5),
  };
}

/** Of how many feasible assignments the optimum is one. */
function choices(budget: number): number {
  return Array.from({ length: budget }).reduce<number>((c, _, i) => (c * (16 - i)) / (i + 1), 1);
}

test('a thousand samples of QAOA hold the optimum of at least nine of ten portfolios of 16 assets', () => {
  const found = Array.from({ length: 10 }, (_, k) => {
    const problem = portfolio(k);
    // The ramp as it is: nothing is tuned, and no sample is improved upon.
    const settings = {
      layers: 8,
      mixer: 'xy-full',
      parametrisation: 'annealing',
      optimizer: { id: 'none' },
    };
    const { result } = runSpec({ algorithm: 'qaoa', problem, settings, seed: k });
    const { best, exact, optimumProbability = 0 } = resultAs(optimisation, result) ?? {};
    const rng = rngOf(7, k);
    const count = choices(problem.budget);
    // Sampled evenly, one of the feasible portfolios is as good as any other: number 0 stands for the optimum.
    const isEven = Array.from({ length: 1000 }, () => rng.below(count)).includes(0);
    return {
      isFound: best?.bits === exact?.bits,
      isEven,
      gain: optimumProbability * count,
    };
  });
  const hits = found.filter(({ isFound }) => isFound).length;
  const even = found.filter(({ isEven }) => isEven).length;
  const gains = found.map(({ gain }) => Math.round(gain));
  console.info(`QAOA ${hits} of 10, even sampling ${even} of 10; gains ${gains.join(', ')}`);
  expect(hits).toBeGreaterThanOrEqual(9);
  expect(even).toBeLessThan(hits);
  for (const { gain } of found) expect(gain).toBeGreaterThan(20);
}, 600_000);
