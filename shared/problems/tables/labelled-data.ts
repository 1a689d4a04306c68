import { AppError } from '../../base/errors.ts';
import { rngOf, shuffled } from '../../base/rng.ts';
import { listed, notesOn, type Table } from '../../data/table.ts';
import type { Seen } from '../view.ts';
import { constantFeatures, encoderOf, featuresOf } from './features.ts';
import type { Split } from './folds.ts';

/** Rows of numbers with labels 1 (the positive class) and 0. */
export interface LabelledData {
  readonly features: readonly string[];
  readonly rows: readonly Float64Array[];
  readonly labels: readonly number[];
  readonly positiveClass: string;
  /** Data rows (0-based) that were used. */
  readonly used: readonly number[];
}

interface Wanted {
  readonly target: string;
  readonly features?: readonly string[] | undefined;
  readonly sampleSize?: number | undefined;
  readonly positiveClass?: string | undefined;
  readonly split: Split;
}

/** Columns and rows of a classification problem; rows with a missing value are left out and counted. */
export function labelledData(problem: Wanted, table: Table): Seen<LabelledData> {
  const target = columnIndex(table, problem.target);
  for (const name of problem.features ?? []) columnIndex(table, name);
  const { names: features, warnings } = featuresOf(table, problem.target, problem.features);
  const columns = features.map((name) => ({ name, index: columnIndex(table, name) }));
  const needed = [target, ...columns.map(({ index }) => index)];
  const complete: number[] = [];
  table.rows.forEach((row, r) => {
    if (needed.every((c) => row[c] !== '')) complete.push(r);
  });
  if (complete.length === 0) {
    const gaps = needed
      .filter((c) => (table.facts[c]?.missing ?? 0) > 0)
      .map((c) => `“${table.columns[c]}” (line ${table.facts[c]?.firstMissing?.line} first)`);
    throw new AppError(
      'bad-input',
      `Every row misses a value in a column that is used: ${gaps.slice(0, 6).join(', ')}.`,
      { path: 'problem.features' },
    );
  }
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
  for (const kind of [0, 1]) {
    if (used.some((r) => isPositive(r) === kind)) continue;
    throw new AppError(
      'bad-input',
      `A sample of ${problem.sampleSize} rows has none of a rare class of “${problem.target}”; use more rows.`,
      { path: 'problem.sampleSize' },
    );
  }
  const encoders = columns.map(({ name, index }) => encoderOf(table, name, index, complete));
  const rows = used.map((r) =>
    Float64Array.from(columns, ({ index }, k) =>
      (encoders[k] as (text: string) => number)(cell(table, r, index)),
    ),
  );
  return {
    value: { features, rows, labels: used.map(isPositive), positiveClass, used },
    warnings: [
      ...warnings,
      ...droppedRows(table, complete.length, needed),
      ...constantFeatures(features, rows),
      ...notesOn(table, new Set([problem.target, ...features])),
    ],
  };
}

/** How many rows were left out, and by which columns. */
function droppedRows(table: Table, left: number, needed: readonly number[]): string[] {
  const dropped = table.rows.length - left;
  if (dropped === 0) return [];
  const gaps = needed.filter((c) => (table.facts[c]?.missing ?? 0) > 0);
  const first = Math.min(...gaps.map((c) => table.facts[c]?.firstMissing?.line ?? Infinity));
  const names = listed(gaps.map((c) => table.columns[c] as string));
  const said = dropped === 1 ? '1 row was' : `${dropped} rows were`;
  return [`${said} left out, as values are missing in ${names} (first in line ${first}).`];
}

function cell(table: Table, row: number, column: number): string {
  return table.rows[row]?.[column] ?? '';
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
