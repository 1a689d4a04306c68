import { AppError } from '../../base/errors.ts';
import { listed, type Table } from '../../data/table.ts';
import type { Words } from '../views/rows.ts';
import { constantFeatures, featuresOf, readCell, wordsOf } from './features.ts';

/** Columns of a table that are learned from, and the rows that have a value in each and in the target. */
export interface Chosen {
  readonly target: number;
  readonly features: readonly string[];
  /** Data rows without a gap, ascending. */
  readonly complete: readonly number[];
  readonly warnings: readonly string[];
}

interface Wanted {
  readonly target: string;
  readonly features?: readonly string[] | undefined;
}

/** A column that is not there, or no row without a gap, is `bad-input`. */
export function chosenColumns(problem: Wanted, table: Table): Chosen {
  const target = columnIndex(table, problem.target);
  for (const name of problem.features ?? []) columnIndex(table, name);
  const { names: features, warnings } = featuresOf(table, problem.target, problem.features);
  const needed = [target, ...features.map((name) => columnIndex(table, name))];
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
  return {
    target,
    features,
    complete,
    warnings: [...warnings, ...droppedRows(table, complete.length, needed)],
  };
}

/** The features of these rows as numbers; words are read as in all rows without a gap. */
export function featureRows(
  table: Table,
  { features, complete }: Chosen,
  used: readonly number[],
): {
  readonly rows: readonly Float64Array[];
  readonly words: Words;
  readonly warnings: readonly string[];
} {
  const columns = features.map((name) => {
    const index = columnIndex(table, name);
    return { name, index, words: wordsOf(table, name, index, complete) };
  });
  const rows = used.map((r) =>
    Float64Array.from(columns, ({ index, words }) => readCell(words, table.rows[r]?.[index] ?? '')),
  );
  const words = columns.flatMap((one) => (one.words === null ? [] : [[one.name, one.words]]));
  return {
    rows,
    words: Object.fromEntries(words) as Words,
    warnings: constantFeatures(features, rows),
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

function columnIndex(table: Table, name: string): number {
  const index = table.columns.indexOf(name);
  if (index >= 0) return index;
  throw new AppError(
    'bad-input',
    `There is no column “${name}”; the columns are ${table.columns.join(', ')}.`,
    { column: name },
  );
}
