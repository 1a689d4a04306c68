import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { defineProblem } from '../problem-kind.ts';
import { namedTable } from '../tables/named-table.ts';
import { preprocessingFaults, preprocessingField } from '../tables/preprocessing.ts';
import { plainSplits, splitFaults, splitSettings } from '../tables/split.ts';
import { valuedRows } from '../tables/valued-data.ts';
import { offer } from '../view.ts';
import { valuesView } from '../views/values.ts';

const fields = [
  {
    kind: 'table',
    id: 'data',
    title: 'Data',
    help: 'A table with one row for each case.',
    default: null,
    required: true,
  },
  {
    kind: 'column',
    id: 'target',
    title: 'Target',
    help: 'The column of numbers that are to be told.',
    default: null,
    required: true,
    table: 'data',
    holds: 'features',
  },
  {
    kind: 'columns',
    id: 'features',
    title: 'Features',
    help: 'Columns of numbers, or of two words, to learn from. Empty: every column of numbers.',
    default: null,
    table: 'data',
    holds: 'features',
    minCount: 1,
  },
  {
    kind: 'integer',
    id: 'sampleSize',
    title: 'Sample size',
    help: 'Rows used, drawn by the seed of the split. Empty: all.',
    default: null,
    min: 10,
    max: 10_000_000,
  },
  preprocessingField,
  {
    kind: 'group',
    id: 'split',
    title: 'Split',
    help: 'Which rows train and which test.',
    default: { kind: 'folds', folds: 5, seed: 0 },
    members: [
      {
        kind: 'choice',
        id: 'kind',
        title: 'Way of splitting',
        help: 'Folds test every row once; a holdout tests one part and trains on the rest.',
        default: null,
        required: true,
        options: plainSplits,
      },
      ...splitSettings,
    ],
  },
] as const satisfies readonly ParameterDescriptor[];

type Regression = ValuesOf<typeof fields>;

export const regression = defineProblem({
  kind: 'regression',
  title: 'Regression',
  summary: 'Rows of a table with a number to be told from the other columns.',
  fields,
  faults: ({ split, preprocessing }) => [
    ...splitFaults(split),
    ...preprocessingFaults(preprocessing),
  ],
  views: [
    offer(valuesView, (problem: Regression, files) =>
      valuedRows(problem, namedTable(problem.data, files), files),
    ),
  ],
  start: { fields: { sampleSize: 300 } },
  example: {
    problem: { data: 'example', target: 'value', split: { kind: 'folds', folds: 2 } },
    // Two groups of equal rows: whatever learns at all tells their values.
    tables: {
      example: {
        columns: ['value', 'feature'],
        rows: Array.from({ length: 36 }, (_, i) => (i % 2 === 0 ? [-1.5, 0] : [1.5, 1])),
      },
    },
    answers: { learner: 1 },
  },
});
