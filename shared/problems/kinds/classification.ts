import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { defineProblem } from '../problem-kind.ts';
import { labelledRows } from '../tables/labelled-data.ts';
import { namedTable } from '../tables/named-table.ts';
import { preprocessingFaults, preprocessingField } from '../tables/preprocessing.ts';
import { plainSplits, splitFaults, splitSettings } from '../tables/split.ts';
import { offer } from '../view.ts';
import { rowsView } from '../views/rows.ts';

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
    help: 'The column with the class; it holds two values.',
    default: null,
    required: true,
    table: 'data',
    holds: 'classes',
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
    help: 'Rows used, drawn by the seed of the split in the proportion of the classes. Empty: all.',
    default: null,
    min: 10,
    max: 10_000_000,
  },
  {
    kind: 'text',
    id: 'positiveClass',
    title: 'Positive class',
    help: 'The value of the target that counts as positive. Empty: the second in the alphabet.',
    default: null,
    advanced: true,
  },
  preprocessingField,
  {
    kind: 'group',
    id: 'split',
    title: 'Split',
    help: 'Which rows train and which test.',
    default: { kind: 'stratified-folds', folds: 5, seed: 0 },
    members: [
      {
        kind: 'choice',
        id: 'kind',
        title: 'Way of splitting',
        help: 'Folds test every row once; a holdout tests one part and trains on the rest.',
        default: null,
        required: true,
        options: [{ value: 'stratified-folds', title: 'Stratified folds' }, ...plainSplits],
      },
      ...splitSettings,
    ],
  },
] as const satisfies readonly ParameterDescriptor[];

type Classification = ValuesOf<typeof fields>;

export const classification = defineProblem({
  kind: 'classification',
  title: 'Classification',
  summary: 'Rows of a table with a class to be told from the other columns.',
  fields,
  faults: ({ split, preprocessing }) => [
    ...splitFaults(split),
    ...preprocessingFaults(preprocessing),
  ],
  views: [
    offer(rowsView, (problem: Classification, files) =>
      labelledRows(problem, namedTable(problem.data, files), files),
    ),
  ],
  start: { fields: { sampleSize: 300 } },
  example: {
    problem: { data: 'example', target: 'class', split: { kind: 'stratified-folds', folds: 2 } },
    tables: {
      example: {
        columns: ['class', 'feature'],
        rows: Array.from({ length: 12 }, (_, i) => (i < 6 ? [0, i / 100] : [1, 1 - i / 100])),
      },
    },
    answers: { learner: 1 },
  },
});
