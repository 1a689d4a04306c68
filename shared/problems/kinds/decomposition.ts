import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { defineProblem } from '../problem-kind.ts';
import { namedTable } from '../tables/named-table.ts';
import { observed } from '../tables/observed.ts';
import { transforms } from '../tables/transforms.ts';
import { offer } from '../view.ts';
import { observationsView } from '../views/observations.ts';

const fields = [
  {
    kind: 'table',
    id: 'data',
    title: 'Data',
    help: 'A table with a row for each observation.',
    default: null,
    required: true,
  },
  {
    kind: 'columns',
    id: 'features',
    title: 'Features',
    help: 'Columns of numbers that are taken apart. Empty: every column of numbers.',
    default: null,
    table: 'data',
    holds: 'features',
    minCount: 1,
  },
  {
    kind: 'rows',
    id: 'rows',
    title: 'Rows',
    help: 'First and last row that are used, counted from 0. Empty: all.',
    default: null,
    table: 'data',
  },
  {
    kind: 'group',
    id: 'transform',
    title: 'Transform',
    help: 'What is done to each column first; steps follow the order of time.',
    default: { kind: 'none' },
    members: [
      {
        kind: 'choice',
        id: 'kind',
        title: 'Transform',
        help: 'Levels as they are, their logarithm, or what changes from one row to the next.',
        default: 'none',
        options: transforms,
      },
    ],
  },
  {
    kind: 'choice',
    id: 'matrix',
    title: 'Matrix',
    help: 'Covariances keep the scale of each column, correlations take it away.',
    default: 'covariance',
    options: [
      { value: 'covariance', title: 'Covariance' },
      { value: 'correlation', title: 'Correlation' },
    ],
  },
  {
    kind: 'integer',
    id: 'components',
    title: 'Components',
    help: 'How many are kept. Empty: all.',
    default: null,
    min: 1,
  },
] as const satisfies readonly ParameterDescriptor[];

type Decomposition = ValuesOf<typeof fields>;

export const decomposition = defineProblem({
  kind: 'decomposition',
  title: 'Decomposition',
  summary: 'Columns of numbers that move together, taken apart into components.',
  fields,
  views: [
    offer(observationsView, (problem: Decomposition, files) =>
      observed(problem, namedTable(problem.data, files)),
    ),
  ],
  example: {
    problem: { data: 'example' },
    tables: {
      example: {
        columns: ['A', 'B'],
        rows: [
          [2, 0],
          [0, 2],
          [-2, 0],
          [0, -2],
          [3, 3],
          [-3, -3],
        ],
      },
    },
    // ΣAA = ΣBB = 26 and ΣAB = 18: eigenvalues 44 and 8 of 52.
    answers: { decomposition: 44 / 52 },
  },
});
