import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import type { Table } from '../../data/table.ts';
import { type BinaryProblem, cardinality, quadraticForm } from '../binary-problem.ts';
import { defineProblem } from '../problem-kind.ts';
import { namedTable } from '../tables/named-table.ts';
import { pricesOf } from '../tables/prices.ts';
import { marketMoments } from '../tables/returns.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const fields = [
  {
    kind: 'table',
    id: 'prices',
    title: 'Prices',
    help: 'A table with a column of prices for each asset and a row for each day.',
    default: null,
    required: true,
  },
  {
    kind: 'columns',
    id: 'assets',
    title: 'Assets',
    help: 'Columns to choose from. Empty: every column of prices.',
    default: null,
    table: 'prices',
    holds: 'prices',
    minCount: 1,
  },
  {
    kind: 'rows',
    id: 'rows',
    title: 'Rows',
    help: 'First and last row that are used, counted from 0. Empty: all.',
    default: null,
    table: 'prices',
  },
  {
    kind: 'number',
    id: 'riskAversion',
    title: 'Risk aversion q',
    help: 'Weight of the variance against the expected return, both a year.',
    default: null,
    required: true,
    min: 0,
  },
  {
    kind: 'integer',
    id: 'budget',
    title: 'Assets to hold',
    help: 'How many assets are chosen.',
    default: null,
    required: true,
    min: 1,
  },
] as const satisfies readonly ParameterDescriptor[];

type Portfolio = ValuesOf<typeof fields>;

export const portfolio = defineProblem({
  kind: 'portfolio',
  title: 'Portfolio',
  summary: 'A choice of assets by expected return and risk under a budget (Markowitz).',
  fields,
  faults: ({ assets = [], rows }) => [
    ...(new Set(assets).size === assets.length
      ? []
      : [{ path: 'assets', message: `each asset may be named once; got ${assets.join(', ')}` }]),
    ...(rows === undefined || rows[0] <= rows[1]
      ? []
      : [{ path: 'rows', message: `the first row, ${rows[0]}, comes after the last, ${rows[1]}` }]),
  ],
  aim: () => 'min',
  views: [
    offerBinary((problem: Portfolio, files) =>
      portfolioProblem(problem, namedTable(problem.prices, files)),
    ),
  ],
  // The budget always holds under a mixer that keeps the number of chosen assets.
  start: {
    fields: { riskAversion: 1, budget: 4 },
    settings: { mixer: 'xy-ring' },
    isFirst: true,
  },
  example: {
    // Without aversion the asset that grows most is best: its mean return a day is 3/20, times 252.
    problem: { prices: 'example', riskAversion: 0, budget: 1 },
    tables: {
      example: {
        columns: ['A', 'B', 'C'],
        rows: [
          [100, 100, 100],
          [110, 105, 98],
          [132, 105, 98],
        ],
      },
    },
    answers: { optimisation: -37.8, energies: -37.8 },
  },
});

/** Minimise q·xᵀΣx − μᵀx with Σx = budget (Markowitz selection with equal weights). */
function portfolioProblem(problem: Portfolio, prices: Table): Seen<BinaryProblem> {
  const { assets, series, warnings } = pricesOf(problem, prices);
  const n = assets.length;
  if (problem.budget > n) {
    throw new AppError(
      'bad-input',
      [
        `A budget of ${problem.budget} needs at least that many assets; there are ${n}.`,
        ...warnings.filter((warning) => warning.includes('left out')),
      ].join(' '),
      { path: 'problem.budget', budget: problem.budget, assets: n, warnings },
    );
  }
  const { mu, sigma } = marketMoments(series);
  if (![...mu, ...sigma].every(Number.isFinite)) {
    throw new AppError(
      'bad-input',
      'The returns are too large to compute with: from one row to the next a price grows beyond all bounds.',
      { assets },
    );
  }
  const q = problem.riskAversion;
  const linear = assets.map((_, i) => q * (sigma[i * n + i] as number) - (mu[i] as number));
  const pairs: [number, number, number][] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) pairs.push([i, j, 2 * q * (sigma[i * n + j] as number)]);
  const objective = quadraticForm(n, 0, linear, pairs);
  return {
    value: {
      variables: n,
      labels: assets,
      sense: 'min',
      objective,
      constraints: [cardinality(n, problem.budget, 'the number of assets to hold')],
      meaning: (x) => ({ solution: { chosen: assets.filter((_, i) => x[i] === 1) } }),
    },
    warnings,
  };
}
