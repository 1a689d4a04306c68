import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { bayesianSignedRank } from '#engine/statistics/bayesian-signed-rank.ts';
import { averageRanks, friedman, groupsWithin, nemenyi } from '#engine/statistics/friedman.ts';
import { ranksOf, tieSum } from '#engine/statistics/ranks.ts';
import { chiSquareTail, fTail } from '#engine/statistics/tails.ts';
import { holm, wilcoxon } from '#engine/statistics/wilcoxon.ts';

/** Scores of four decision trees on 14 data sets, after Demšar (JMLR 7, 2006). */
const trees = [
  [0.763, 0.768, 0.771, 0.798],
  [0.599, 0.591, 0.59, 0.569],
  [0.954, 0.971, 0.968, 0.967],
  [0.628, 0.661, 0.654, 0.657],
  [0.882, 0.888, 0.886, 0.898],
  [0.936, 0.931, 0.916, 0.931],
  [0.661, 0.668, 0.609, 0.685],
  [0.583, 0.583, 0.563, 0.625],
  [0.775, 0.838, 0.866, 0.875],
  [1, 1, 1, 1],
  [0.94, 0.962, 0.965, 0.962],
  [0.619, 0.666, 0.614, 0.669],
  [0.972, 0.981, 0.975, 0.975],
  [0.957, 0.978, 0.946, 0.97],
].map((row) => row.map((value) => -value));

describe('distributions', () => {
  test.each([
    [3.841458820694124, 1, 0.05],
    [22.362032494826934, 13, 0.05],
    [0.1, 4, 0.9987908957257497],
    [228.3572420175845, 13, 1.9570149078783453e-41],
  ])('P(χ² > %d) with %d degrees of freedom', (x, df, p) => {
    expect(Math.abs(chiSquareTail(x, df) / p - 1)).toBeLessThan(1e-10);
  });

  test.each([
    [3.69, 3, 39, 0.01974409968948888],
    [1, 5, 5, 0.5],
  ])('P(F > %d) with %d and %d degrees of freedom', (x, df1, df2, p) => {
    expect(fTail(x, df1, df2)).toBeCloseTo(p, 12);
  });

  // Demšar 2006, table 5a: studentised range over √2 at 0.05.
  test.each([
    [2, 1.96],
    [3, 2.3437],
    [4, 2.569],
    [5, 2.728],
    [10, 3.164],
  ])('the critical value of Nemenyi’s test for %d models', (models, q) => {
    expect(nemenyi(models, 10, 0.05).q).toBeCloseTo(q, 2.9);
  });
});

test('ties share the mean of their ranks', () => {
  expect(ranksOf([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
  expect(tieSum([3, 1, 3, 2, 3])).toBe(24);
});

test('four trees have the ranks and statistics that another program finds', () => {
  const ranks = averageRanks(trees);
  [44 / 14, 2, 41 / 14, 27 / 14].forEach((rank, k) => expect(ranks[k]).toBeCloseTo(rank, 12));
  expect(nemenyi(4, 14, 0.05).criticalDifference).toBeCloseTo(1.25, 2);
  const { chi2, df, p, imanDavenport } = friedman(trees);
  expect(chi2).toBeCloseTo(10.952380952380956, 10);
  expect(p).toBeCloseTo(0.011986176325417788, 10);
  expect(df).toBe(3);
  expect(imanDavenport.F).toBeCloseTo(4.585889570552149, 10);
  expect(imanDavenport.p).toBeCloseTo(0.007628838730725745, 10);
  expect(imanDavenport).toMatchObject({ df1: 3, df2: 39 });
});

test('groups are the largest runs of models within the critical difference', () => {
  expect(groupsWithin([1, 2, 3, 6], 1.5)).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(groupsWithin([3, 1, 2], 5)).toEqual([[1, 2, 0]]);
  expect(groupsWithin([1, 9], 5)).toEqual([]);
});

describe('Wilcoxon’s signed-rank test', () => {
  test('is exact for few pairs: tables of the statistic', () => {
    expect(wilcoxon([1, 2, 3, 4, 5])).toEqual({ W: 0, p: 2 / 32 });
    expect(wilcoxon([1, 2, -3, 4, 5, 6, 7, 8])).toEqual({ W: 3, p: 10 / 256 });
    expect(wilcoxon([0, 0, 1, -2])).toEqual({ W: 1, p: 1 });
    expect(wilcoxon([0, 0])).toEqual({ W: 0, p: 1 });
  });

  test('takes differences for equal that differ in the rounding of their sums alone', () => {
    const near = [0.1 + 0.2 - 0.3, 0.3, 0.1 + 0.2, 0.5, -0.7];
    expect(wilcoxon(near)).toEqual(wilcoxon([0, 0.3, 0.3, 0.5, -0.7]));
  });

  test('with ties goes over to the normal distribution', () => {
    // W+ = 4.5 + 4.5 + 3 … of n = 6: mean 10.5, variance 22.75 − 6/48.
    const { W, p } = wilcoxon([1, 1, 2, 3, 4, -5]);
    expect(W).toBe(6);
    const z = (6 - 10.5) / Math.sqrt(22.75 - 6 / 48);
    expect(z).toBeCloseTo(-0.946, 3);
    expect(p).toBeCloseTo(0.344, 3);
  });

  test('Holm’s correction steps down and never turns the order round', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });
});

describe('on data without a difference', () => {
  const rng = rngOf(5);
  const repetitions = 1000;
  /** 99 % of counts of a rate of 5 % in 1,000 lie within. */
  const most = 68;

  test('Friedman’s F and Wilcoxon’s test are wrong no more often than they say', () => {
    let [f, w] = [0, 0];
    for (let k = 0; k < repetitions; k++) {
      const blocks = Array.from({ length: 15 }, () =>
        Array.from({ length: 4 }, () => rng.normal()),
      );
      if (friedman(blocks).imanDavenport.p < 0.05) f++;
      if (wilcoxon(blocks.map(([a = 0, b = 0]) => a - b)).p < 0.05) w++;
    }
    expect(f).toBeLessThan(most);
    expect(w).toBeLessThan(most);
    expect(f).toBeGreaterThan(32);
    expect(w).toBeGreaterThan(20);
  });
});

describe('the Bayesian signed-rank test', () => {
  const of = (differences: readonly number[], rope: number) =>
    bayesianSignedRank(differences, rope, rngOf(1));

  test('puts its weight where the differences lie, all of it somewhere', () => {
    const up = of([0.1, 0.2, 0.15, 0.12, 0.3, 0.25], 0.01);
    expect(up.left).toBeGreaterThan(0.95);
    expect(up.left + up.rope + up.right).toBeCloseTo(1, 12);
    const down = of(
      [0.1, 0.2, 0.15, 0.12, 0.3, 0.25].map((d) => -d),
      0.01,
    );
    expect(down.right).toBeCloseTo(up.left, 1);
    expect(of([0.001, -0.002, 0.003, -0.001], 0.05).rope).toBeGreaterThan(0.99);
  });
});
