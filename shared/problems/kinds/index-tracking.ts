import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import type { Table } from '../../data/table.ts';
import { type BinaryProblem, cardinality, quadraticForm } from '../binary-problem.ts';
import { defineProblem } from '../problem-kind.ts';
import { namedTable } from '../tables/named-table.ts';
import { pricesOf } from '../tables/prices.ts';
import { dailyReturns, tradingDays } from '../tables/returns.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const fields = [
  {
    kind: 'table',
    id: 'prices',
    title: 'Prices',
    help: 'A table with a column of prices for the index and for each asset, and a row for each day.',
    default: null,
    required: true,
  },
  {
    kind: 'column',
    id: 'index',
    title: 'Index',
    help: 'The column that is followed.',
    default: null,
    required: true,
    table: 'prices',
    holds: 'prices',
  },
  {
    kind: 'columns',
    id: 'assets',
    title: 'Assets',
    help: 'Columns to choose from. Empty: every column of prices but the index.',
    default: null,
    table: 'prices',
    holds: 'prices',
    minCount: 1,
  },
  {
    kind: 'integer',
    id: 'budget',
    title: 'Assets to hold',
    help: 'How many assets are chosen; each has the same weight.',
    default: null,
    required: true,
    min: 1,
  },
  {
    kind: 'rows',
    id: 'rows',
    title: 'Rows',
    help: 'First and last row that are used, counted from 0. Empty: all.',
    default: null,
    table: 'prices',
  },
] as const satisfies readonly ParameterDescriptor[];

type IndexTracking = ValuesOf<typeof fields>;

export const indexTracking = defineProblem({
  kind: 'index-tracking',
  title: 'Index tracking',
  summary:
    'A few assets in equal parts whose daily returns differ least from those of an index: 252 times the mean square of the difference.',
  fields,
  faults: ({ assets = [], index, rows }) => [
    ...(assets.includes(index)
      ? [{ path: 'assets', message: `“${index}” is the index; it cannot be held` }]
      : []),
    ...(new Set(assets).size === assets.length
      ? []
      : [{ path: 'assets', message: `each asset may be named once; got ${assets.join(', ')}` }]),
    ...(rows === undefined || rows[0] <= rows[1]
      ? []
      : [{ path: 'rows', message: `the first row, ${rows[0]}, comes after the last, ${rows[1]}` }]),
  ],
  aim: () => 'min',
  views: [
    offerBinary((problem: IndexTracking, files) =>
      trackingProblem(problem, namedTable(problem.prices, files)),
    ),
  ],
  start: { fields: { budget: 4 }, settings: { mixer: 'xy-ring' } },
  example: {
    // The index moves as the mean of A and B.
    problem: { prices: 'example', index: 'market', budget: 2 },
    tables: {
      example: {
        columns: ['market', 'A', 'B', 'C'],
        rows: [
          [100, 100, 100, 100],
          [110, 120, 100, 90],
          [121, 120, 120, 90],
        ],
      },
    },
    answers: { optimisation: 0, energies: 0 },
  },
});

/** 252/T Σ_t (r_t − 1/k Σ_i x_i r_{i,t})² with Σx = k. */
function trackingProblem(problem: IndexTracking, table: Table): Seen<BinaryProblem> {
  const { index, budget, rows } = problem;
  const found = pricesOf(problem, table);
  const assets = found.assets.filter((name) => name !== index);
  const n = assets.length;
  if (budget > n) {
    throw new AppError(
      'bad-input',
      `A budget of ${budget} needs at least that many assets beside the index; there are ${n}.`,
      { path: 'problem.budget', budget, assets: n },
    );
  }
  const followed = pricesOf({ assets: [index], rows }, table).series[0] ?? new Float64Array();
  const target = dailyReturns(followed);
  const count = target.length;
  if (count < 1) {
    throw new AppError(
      'bad-input',
      `Returns need at least two rows of prices; got ${followed.length}.`,
      {
        path: 'problem.rows',
      },
    );
  }
  const returns = found.series.filter((_, i) => found.assets[i] !== index).map(dailyReturns);
  const scale = tradingDays / count;
  const product = (a: Float64Array, b: Float64Array): number =>
    scale * a.reduce((sum, r, t) => sum + r * (b[t] ?? 0), 0);
  const linear = returns.map(
    (r) => product(r, r) / budget ** 2 - (2 * product(r, target)) / budget,
  );
  const pairs = returns.flatMap((a, i) =>
    returns
      .slice(i + 1)
      .map((b, k): [number, number, number] => [i, i + 1 + k, (2 * product(a, b)) / budget ** 2]),
  );
  const value: BinaryProblem = {
    variables: n,
    labels: assets,
    sense: 'min',
    objective: quadraticForm(n, product(target, target), linear, pairs),
    constraints: [cardinality(n, budget, 'the number of assets to hold')],
    feasible: assets.map((_, i) => (i < budget ? 1 : 0)),
    meaning: (x) => ({ solution: { chosen: assets.filter((_, i) => x[i] === 1) } }),
  };
  // The index is no asset anyway.
  const ofIndex = `Column “${index}” was left out`;
  return { value, warnings: found.warnings.filter((one) => !one.startsWith(ofIndex)) };
}
