import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { defineProblem } from '../problem-kind.ts';
import { lagged } from '../tables/lagged.ts';
import { namedTable } from '../tables/named-table.ts';
import { preprocessingFaults, preprocessingField } from '../tables/preprocessing.ts';
import { seriesTransforms } from '../tables/transforms.ts';
import { offer } from '../view.ts';
import { seriesView } from '../views/series.ts';

const transform = [
  {
    kind: 'choice',
    id: 'kind',
    title: 'Transform',
    help: 'Levels as they are, their logarithm, what changes from one row to the next, or the volatility of windows.',
    default: 'none',
    options: seriesTransforms,
  },
  {
    kind: 'integer',
    id: 'window',
    title: 'Window',
    help: 'Log returns in a window of realised volatility. Empty: 5.',
    default: null,
    min: 1,
  },
  {
    kind: 'integer',
    id: 'every',
    title: 'Every',
    help: 'Rows from the start of one window to that of the next. Empty: the window, so that none overlap.',
    default: null,
    min: 1,
  },
  {
    kind: 'boolean',
    id: 'log',
    title: 'Logarithm',
    help: 'The logarithm of the volatility is told, not the volatility itself.',
    default: false,
  },
  {
    kind: 'number',
    id: 'annualise',
    title: 'Periods a year',
    help: 'Rows of a year, to which realised volatility is scaled. Empty: 252.',
    default: null,
    min: 0,
    exclusiveMin: true,
  },
] as const satisfies readonly ParameterDescriptor[];

const split = [
  {
    kind: 'choice',
    id: 'kind',
    title: 'Way of splitting',
    help: 'A holdout tests the last part; walking forward tests one block after the other on what lies before it.',
    default: 'holdout',
    options: [
      { value: 'holdout', title: 'Holdout' },
      { value: 'walk-forward', title: 'Walk forward' },
    ],
  },
  {
    kind: 'number',
    id: 'testFraction',
    title: 'Test fraction',
    help: 'Share of the samples that a holdout tests, the last ones. Empty: 0.2.',
    default: null,
    min: 0,
    max: 1,
    exclusiveMin: true,
    exclusiveMax: true,
  },
  {
    kind: 'integer',
    id: 'folds',
    title: 'Folds',
    help: 'Blocks that are tested when walking forward. Empty: 5.',
    default: null,
    min: 2,
    max: 100,
  },
  {
    kind: 'integer',
    id: 'purge',
    title: 'Purge',
    help: 'Samples before a test part that are not trained on. Empty: 0.',
    default: null,
    min: 0,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'embargo',
    title: 'Embargo',
    help: 'Further samples before a test part that are not trained on. Empty: 0.',
    default: null,
    min: 0,
    advanced: true,
  },
] as const satisfies readonly ParameterDescriptor[];

const fields = [
  {
    kind: 'table',
    id: 'data',
    title: 'Data',
    help: 'A table with one row for each time.',
    default: null,
    required: true,
  },
  {
    kind: 'column',
    id: 'target',
    title: 'Target',
    help: 'The column of numbers whose future is told.',
    default: null,
    required: true,
    table: 'data',
    holds: 'features',
  },
  {
    kind: 'group',
    id: 'transform',
    title: 'Transform',
    help: 'What is done to the column first.',
    default: { kind: 'none', log: false },
    members: transform,
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
    kind: 'integer',
    id: 'lags',
    title: 'Lags',
    help: 'How many past values are learned from.',
    default: 4,
    min: 1,
    max: 1000,
  },
  {
    kind: 'integer',
    id: 'horizon',
    title: 'Horizon',
    help: 'How many steps ahead is told.',
    default: 1,
    min: 1,
    max: 1000,
  },
  {
    kind: 'columns',
    id: 'features',
    title: 'Features',
    help: 'Further columns of numbers, taken as they stand at the time of the newest lag. Empty: none.',
    default: null,
    table: 'data',
    holds: 'features',
    minCount: 1,
  },
  preprocessingField,
  {
    kind: 'group',
    id: 'split',
    title: 'Split',
    help: 'Which samples train and which test; time always runs from one to the other.',
    default: { kind: 'holdout' },
    members: split,
  },
] as const satisfies readonly ParameterDescriptor[];

type Forecast = ValuesOf<typeof fields>;

export const forecast = defineProblem({
  kind: 'forecast',
  title: 'Forecast',
  summary: 'A column in the order of time whose next values are to be told from the past ones.',
  fields,
  faults: ({ preprocessing }) => preprocessingFaults(preprocessing),
  views: [
    offer(seriesView, (problem: Forecast, files) =>
      lagged(problem, namedTable(problem.data, files)),
    ),
  ],
  example: {
    problem: { data: 'example', target: 'level', lags: 1 },
    // A step inside the training part: from then on the next value is the last one.
    tables: {
      example: {
        columns: ['level'],
        rows: Array.from({ length: 51 }, (_, t) => [t < 18 ? 1 : 3]),
      },
    },
    answers: { forecast: 0 },
  },
});
