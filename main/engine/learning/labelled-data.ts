import { AppError } from '#shared/base/errors.ts';
import { rngOf, shuffled } from '#shared/base/rng.ts';
import type { ProblemOf } from '#shared/jobs/problem.ts';
import type { Table } from '#shared/jobs/table.ts';
import { numericColumns } from '../finance/returns.ts';

/** Rows of numbers with labels 1 (the positive class) and 0. */
export interface LabelledData {
  readonly features: readonly string[];
  readonly rows: readonly Float64Array[];
  readonly labels: readonly number[];
  readonly positiveClass: string;
  /** Data rows (0-based) that were used. */
  readonly used: readonly number[];
  readonly droppedRows: number;
}

/** Cells that stand for a missing value. */
const missing = new Set(['', 'NA', 'NaN', 'nan', 'null', '?']);

/** Columns and rows of a classification problem; rows with a missing value are left out and counted. */
export function labelledData(problem: ProblemOf<'classification'>, table: Table): LabelledData {
  const features =
    problem.features ?? numericColumns(table).filter((name) => name !== problem.target);
  const target = columnIndex(table, problem.target);
  const columns = features.map((name) => ({ name, index: columnIndex(table, name) }));
  const complete = table.rows.flatMap((row, r) =>
    [target, ...columns.map(({ index }) => index)].some((c) => missing.has((row[c] ?? '').trim()))
      ? []
      : [r],
  );
  const classes = [...new Set(complete.map((r) => cell(table, r, target)))].sort();
  if (classes.length !== 2) {
    throw new AppError(
      'bad-input',
      `Column “${problem.target}” must hold two classes; it holds ${classes.length} (${classes.slice(0, 6).join(', ')}).`,
      { path: 'problem.target', classes: classes.slice(0, 20) },
    );
  }
  const positiveClass = problem.positiveClass ?? (classes[1] as string);
  if (!classes.includes(positiveClass)) {
    throw new AppError(
      'bad-input',
      `“${positiveClass}” is no class of “${problem.target}”; its classes are ${classes.join(' and ')}.`,
      { path: 'problem.positiveClass' },
    );
  }
  const isPositive = (r: number): number => (cell(table, r, target) === positiveClass ? 1 : 0);
  const used =
    problem.sampleSize === undefined
      ? complete
      : stratifiedSample(complete, isPositive, problem.sampleSize, problem.split.seed ?? 0);
  const encoders = columns.map(({ name, index }) => encoderOf(table, name, index, complete));
  return {
    features,
    rows: used.map((r) =>
      Float64Array.from(columns, ({ index }, k) =>
        (encoders[k] as (text: string) => number)(cell(table, r, index)),
      ),
    ),
    labels: used.map(isPositive),
    positiveClass,
    used,
    droppedRows: table.rows.length - complete.length,
  };
}

function cell(table: Table, row: number, column: number): string {
  return (table.rows[row]?.[column] ?? '').trim();
}

function columnIndex(table: Table, name: string): number {
  const index = table.columns.indexOf(name);
  if (index < 0)
    throw new AppError(
      'bad-input',
      `There is no column “${name}”; the columns are ${table.columns.join(', ')}.`,
      { column: name },
    );
  return index;
}

/** Numbers as they are; a column with two words becomes 0 and 1 in alphabetical order. */
function encoderOf(
  table: Table,
  name: string,
  index: number,
  rows: readonly number[],
): (text: string) => number {
  const values = new Set(rows.map((r) => cell(table, r, index)));
  const words = [...values].filter((text) => !Number.isFinite(Number(text)));
  if (words.length === 0) return Number;
  if (values.size > 2) {
    throw new AppError(
      'bad-input',
      `Column “${name}” is not numeric (it holds “${words[0]}”) and has more than two values; leave it out or encode it first.`,
      { path: 'problem.features', column: name },
    );
  }
  const order = [...values].sort();
  return (text) => order.indexOf(text);
}

/** `size` rows with the classes in the proportion of the whole, in ascending order. */
function stratifiedSample(
  rows: readonly number[],
  label: (row: number) => number,
  size: number,
  seed: number,
): number[] {
  if (size >= rows.length) return [...rows];
  const rng = rngOf(seed, 301);
  const positives = rows.filter((r) => label(r) === 1);
  const negatives = rows.filter((r) => label(r) === 0);
  const wanted = Math.round((size * positives.length) / rows.length);
  return [
    ...shuffled(positives, rng).slice(0, wanted),
    ...shuffled(negatives, rng).slice(0, size - wanted),
  ].sort((a, b) => a - b);
}

export interface Fold {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** Positions in `labels`; stratified: every fold has the classes in the proportion of the whole. */
export function foldsOf(
  labels: readonly number[],
  split: ProblemOf<'classification'>['split'],
): Fold[] {
  const rng = rngOf(split.seed ?? 0, 302);
  const count = split.kind === 'holdout' ? 1 : (split.folds ?? 5);
  const assigned = new Int32Array(labels.length).fill(-1);
  for (const label of [0, 1]) {
    const members = shuffled(
      labels.flatMap((one, i) => (one === label ? [i] : [])),
      rng,
    );
    const tested = Math.round(members.length * (split.testFraction ?? 0.2));
    members.forEach((i, k) => {
      assigned[i] = split.kind === 'holdout' ? (k < tested ? 0 : -1) : k % count;
    });
  }
  const all = labels.map((_, i) => i);
  return Array.from({ length: count }, (_, fold) => ({
    train: all.filter((i) => assigned[i] !== fold),
    test: all.filter((i) => assigned[i] === fold),
  }));
}
