import { rngOf, shuffled } from '../../base/rng.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { defineProblem } from '../problem-kind.ts';
import { namedTable } from '../tables/named-table.ts';
import { observed } from '../tables/observed.ts';
import { transforms } from '../tables/transforms.ts';
import { offer, type Seen } from '../view.ts';
import type { Observations } from '../views/observations.ts';
import { type UnlabelledRows, unlabelledView } from '../views/unlabelled.ts';

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
    help: 'Columns of numbers that are looked at. Empty: every column of numbers.',
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
    kind: 'integer',
    id: 'sampleSize',
    title: 'Sample size',
    help: 'Rows used, drawn by the seed of the split. Empty: all.',
    default: null,
    min: 4,
    max: 10_000_000,
  },
  {
    kind: 'group',
    id: 'split',
    title: 'Split',
    help: 'Which rows are learned from, and which are kept back to look at what was learned.',
    default: { testFraction: 0.25, seed: 0 },
    members: [
      {
        kind: 'number',
        id: 'testFraction',
        title: 'Test fraction',
        help: 'Share of the rows that is kept back, drawn by the seed.',
        default: 0.25,
        min: 0,
        max: 1,
        exclusiveMin: true,
        exclusiveMax: true,
      },
      {
        kind: 'integer',
        id: 'seed',
        title: 'Seed',
        help: 'Draws the rows that are kept back.',
        default: 0,
        min: 0,
      },
    ],
  },
] as const satisfies readonly ParameterDescriptor[];

type Unsupervised = ValuesOf<typeof fields>;

export const unsupervised = defineProblem({
  kind: 'unsupervised',
  title: 'Unsupervised learning',
  summary: 'Rows of numbers without labels, to be put into groups, compressed or imitated.',
  fields,
  views: [
    offer(unlabelledView, (problem: Unsupervised, files) =>
      divided(problem, observed(problem, namedTable(problem.data, files))),
    ),
  ],
  start: { fields: { sampleSize: 300 } },
  example: {
    problem: { data: 'example' },
    // Two columns that are always alike: two groups without any spread, on one line, of one bit in truth.
    tables: {
      example: {
        columns: ['A', 'B'],
        rows: Array.from({ length: 24 }, (_, i) => [i % 2, i % 2]),
      },
    },
    answers: { generative: 0, clustering: 1, compression: 1 },
  },
});

/** The rows that are used, and which of them are kept back: at least one, and two to learn from. */
function divided(
  { sampleSize, split }: Unsupervised,
  { value, warnings }: Seen<Observations>,
): Seen<UnlabelledRows> {
  const rng = rngOf(split.seed ?? 0, 303);
  const all = shuffled([...value.rows.keys()], rng).slice(0, sampleSize);
  const kept = Math.round((split.testFraction ?? 0.25) * all.length);
  const tested = Math.max(1, Math.min(all.length - 2, kept));
  const used = all.toSorted((a, b) => a - b);
  const test = new Set(all.slice(0, tested));
  const places = used.map((_, k) => k);
  return {
    value: {
      names: value.names,
      rows: used.map((row) => value.rows[row] as Float64Array),
      used: used.map((row) => value.used[row] as number),
      train: places.filter((k) => !test.has(used[k] as number)),
      test: places.filter((k) => test.has(used[k] as number)),
    },
    warnings,
  };
}
