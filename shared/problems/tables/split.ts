import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';

/** Ways of splitting that need no classes. */
export const plainSplits = [
  { value: 'folds', title: 'Folds' },
  { value: 'holdout', title: 'Holdout' },
  { value: 'walk-forward', title: 'Walk forward' },
  { value: 'file', title: 'Folds of a file' },
  { value: 'rows', title: 'Named rows' },
] as const;

/** What a way of splitting takes beside its kind. */
export const splitSettings = [
  {
    kind: 'integer',
    id: 'folds',
    title: 'Folds',
    help: 'How many parts are tested, each once. Empty: 5.',
    default: null,
    min: 2,
    max: 100,
  },
  {
    kind: 'number',
    id: 'testFraction',
    title: 'Test fraction',
    help: 'Share of the rows that a holdout tests. Empty: 0.2.',
    default: null,
    min: 0,
    max: 1,
    exclusiveMin: true,
    exclusiveMax: true,
  },
  {
    kind: 'integer',
    id: 'seed',
    title: 'Seed of the split',
    help: 'Equal seeds make equal parts. Empty: 0.',
    default: null,
    min: 0,
  },
  {
    kind: 'integer',
    id: 'purge',
    title: 'Purge',
    help: 'Rows beside a test part that are not trained on, as what they tell may reach into it. Folds are then blocks in the order of time. Empty: 0.',
    default: null,
    min: 0,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'embargo',
    title: 'Embargo',
    help: 'Further rows that are not trained on: after a block that is tested, and before it when walking forward. Empty: 0.',
    default: null,
    min: 0,
    advanced: true,
  },
  {
    kind: 'table',
    id: 'file',
    title: 'File of folds',
    help: 'A table that says of data rows, counted from 0, which fold tests them. Rows that it leaves out are not used.',
    default: null,
    advanced: true,
  },
  {
    kind: 'text',
    id: 'rowColumn',
    title: 'Column of rows',
    help: 'The column of that table with the data row. Empty: “row”.',
    default: null,
    advanced: true,
  },
  {
    kind: 'text',
    id: 'foldColumn',
    title: 'Column of folds',
    help: 'The column of that table with the fold, or with “train” and “test”. Empty: “fold”.',
    default: null,
    advanced: true,
  },
  {
    kind: 'numbers',
    id: 'train',
    title: 'Training rows',
    help: 'Data rows, counted from 0, to learn from.',
    default: null,
    advanced: true,
  },
  {
    kind: 'numbers',
    id: 'test',
    title: 'Test rows',
    help: 'Data rows, counted from 0, to test on.',
    default: null,
    advanced: true,
  },
] as const satisfies readonly ParameterDescriptor[];

/** How rows are divided (CONTRACT §4, `split`). */
export type Split = {
  readonly kind: 'stratified-folds' | (typeof plainSplits)[number]['value'];
} & ValuesOf<typeof splitSettings>;

/** What is wrong between the settings of a split; `path` counts from the problem. */
export function splitFaults(split: Split): { path: string; message: string }[] {
  const needs = (field: 'file' | 'train' | 'test', what: string) =>
    split[field] === undefined
      ? [{ path: `split.${field}`, message: `A split “${split.kind}” needs ${what}.` }]
      : [];
  if (split.kind === 'file') return needs('file', 'a table with rows and folds');
  if (split.kind !== 'rows') return [];
  const odd = (['train', 'test'] as const).flatMap((field) =>
    (split[field] ?? []).some((row) => !Number.isInteger(row) || row < 0)
      ? [{ path: `split.${field}`, message: 'Data rows are whole numbers from 0.' }]
      : [],
  );
  return [...needs('train', 'rows to train on'), ...needs('test', 'rows to test on'), ...odd];
}
