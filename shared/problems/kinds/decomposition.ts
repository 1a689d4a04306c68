import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { notesOn, type Table } from '../../data/table.ts';
import { defineProblem } from '../problem-kind.ts';
import { featuresOf } from '../tables/features.ts';
import { namedTable } from '../tables/named-table.ts';
import { orderOf } from '../tables/prices.ts';
import { cellIn, numberColumn, rowRange } from '../tables/returns.ts';
import { needsPositive, transformed, transforms } from '../tables/transforms.ts';
import { offer, type Seen } from '../view.ts';
import { type Observations, observationsView } from '../views/observations.ts';

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
      observationsOf(problem, namedTable(problem.data, files)),
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

/** Rows without a gap in the used columns, in the order of time where a step is taken between them. */
function observationsOf(problem: Decomposition, table: Table): Seen<Observations> {
  const { names, warnings: left } = featuresOf(table, '', problem.features);
  const range = rowRange(table, problem.rows);
  const transform = problem.transform.kind ?? 'none';
  const isPlain = transform === 'none' || transform === 'log';
  const ordered = isPlain ? null : orderOf(table, range);
  const all =
    ordered?.order ?? Array.from({ length: range[1] - range[0] + 1 }, (_, i) => range[0] + i);
  const columns = names.map((name) => table.columns.indexOf(name));
  const order = all.filter((row) => columns.every((c) => c < 0 || cellIn(table, row, c) !== ''));
  const gaps = all.length - order.length;
  const series = names.map((name) => {
    const read = Float64Array.from(
      order,
      (row) => numberColumn(table, name, [row, row])[0] as number,
    );
    const bad = needsPositive(transform) ? read.findIndex((x) => x <= 0) : -1;
    if (bad < 0) return transformed(read, transform);
    const line = table.lines[order[bad] as number];
    throw new AppError(
      'bad-input',
      `Column “${name}” holds ${read[bad]} in line ${line}; a transform “${transform}” takes values above 0.`,
      { path: 'problem.transform.kind', column: name, line },
    );
  });
  const count = series[0]?.length ?? 0;
  if (count < 2) {
    throw new AppError(
      'bad-input',
      `A ${problem.matrix} needs at least two observations; ${count} are left.`,
      { path: 'problem.rows', observations: count },
    );
  }
  return {
    value: {
      names,
      rows: Array.from({ length: count }, (_, t) =>
        Float64Array.from(series, (one) => one[t] as number),
      ),
    },
    warnings: [
      ...left,
      ...(ordered?.warnings ?? []),
      ...(gaps === 0 ? [] : [`${gaps} rows with a missing value were left out.`]),
      ...notesOn(table, new Set(names)),
    ],
  };
}
