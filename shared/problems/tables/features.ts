import { AppError } from '../../base/errors.ts';
import { type CellAt, listed, type Table } from '../../data/table.ts';
import { numberColumn } from './returns.ts';

export interface Features {
  readonly names: readonly string[];
  /** Which columns were left out, and why. */
  readonly warnings: readonly string[];
}

/** Squares of larger values would leave the range of numbers. */
const largest = 1e150;
const toldAtMost = 12;

/** The features that a problem names, else every column of numbers but the target. */
export function featuresOf(
  table: Table,
  target: string,
  named: readonly string[] | undefined,
): Features {
  if (named === undefined) return defaultFeatures(table, target);
  const twice = named.find((name, i) => named.indexOf(name) !== i);
  if (twice !== undefined) throw refusal(`“${twice}” is named twice in the features.`, twice);
  if (named.includes(target)) {
    throw refusal(`“${target}” is the target; it cannot be a feature as well.`, target);
  }
  for (const name of named) {
    if (table.facts[table.columns.indexOf(name)]?.kind === 'date') {
      throw refusal(
        `Column “${name}” holds dates, which are no feature. Leave it out, or write it as a number such as days.`,
        name,
      );
    }
  }
  return { names: named, warnings: [] };
}

function defaultFeatures(table: Table, target: string): Features {
  const left: { readonly name: string; readonly reason: string }[] = [];
  const names = table.columns.filter((name, c) => {
    if (name === target) return false;
    const reason = unlikeFeature(table, c);
    if (reason !== null) left.push({ name, reason });
    return reason === null;
  });
  const told = left.slice(0, toldAtMost).map(({ name, reason }) => `“${name}” (${reason})`);
  if (left.length > toldAtMost) told.push(`${left.length - toldAtMost} more`);
  if (names.length === 0) {
    throw new AppError(
      'bad-input',
      `No column is left to learn from${told.length === 0 ? ': the table holds only the target' : `: ${told.join('; ')}`}. Name features of numbers, or of two words, in problem.features.`,
      { path: 'problem.features', columns: left },
    );
  }
  return {
    names,
    warnings: told.length === 0 ? [] : [`Left out of the features: ${told.join('; ')}.`],
  };
}

/** Why a column is no feature on its own; null where it is one. */
function unlikeFeature(table: Table, column: number): string | null {
  const facts = table.facts[column];
  if (facts === undefined || facts.kind === 'empty') return 'it is empty';
  if (facts.kind === 'date') return 'dates';
  if (facts.kind === 'index') return 'it counts or times the rows';
  if (facts.unusual !== null) return `${cellSaid(facts.unusual)} is no number`;
  if (facts.kind === 'words') return 'words';
  if (facts.missing * 2 > table.rows.length) {
    return `${facts.missing} of ${table.rows.length} values are missing, first in line ${facts.firstMissing?.line}`;
  }
  return null;
}

function cellSaid({ line, text }: CellAt): string {
  return `“${text}” in line ${line}`;
}

/**
 * How a cell of a feature is read: null for numbers as they are, else the words that count as 0 and 1, in alphabetical
 * order. `rows` are those that are used; everything else in them is refused with its line.
 */
export function wordsOf(
  table: Table,
  name: string,
  column: number,
  rows: readonly number[],
): readonly string[] | null {
  const values = new Set<string>();
  for (const row of rows) values.add(table.rows[row]?.[column] ?? '');
  const isNumber = (text: string): boolean => Number.isFinite(Number(text));
  const odd = rows.find((row) => !isNumber(table.rows[row]?.[column] ?? ''));
  if (odd === undefined) {
    const huge = rows.find((row) => Math.abs(Number(table.rows[row]?.[column])) > largest);
    if (huge === undefined) return null;
    const at = { line: table.lines[huge] ?? 0, text: table.rows[huge]?.[column] ?? '' };
    throw refusal(`${cellSaid(at)} of column “${name}” is too large to learn from.`, name);
  }
  if (values.size > 2) {
    const at = { line: table.lines[odd] ?? 0, text: table.rows[odd]?.[column] ?? '' };
    throw refusal(
      `Column “${name}” is not numeric (it holds ${cellSaid(at)}) and has more than two values; leave it out or encode it first.`,
      name,
    );
  }
  return [...values].sort();
}

/** A cell as a number. */
export function readCell(words: readonly string[] | null, text: string): number {
  return words === null ? Number(text) : words.indexOf(text);
}

/** Numbers of a target in these rows; one that is none, or is too large for its square, is refused with its line. */
export function targetNumbers(table: Table, name: string, rows: readonly number[]): Float64Array {
  const values = Float64Array.from(
    rows,
    (row) => numberColumn(table, name, [row, row])[0] as number,
  );
  const huge = values.findIndex((value) => Math.abs(value) > largest);
  if (huge < 0) return values;
  const at = { line: table.lines[rows[huge] as number] ?? 0, text: String(values[huge]) };
  throw new AppError(
    'bad-input',
    `${cellSaid(at)} of column “${name}” is too large to learn from.`,
    {
      path: 'problem.target',
      column: name,
    },
  );
}

/** Columns whose value is the same in every row: they tell a learner nothing. */
export function constantFeatures(
  names: readonly string[],
  rows: readonly Float64Array[],
): readonly string[] {
  const same = names.filter((_, k) => rows.every((row) => row[k] === rows[0]?.[k]));
  return same.length === 0 ? [] : [`The value never changes in ${listed(same)}.`];
}

function refusal(message: string, column: string): AppError {
  return new AppError('bad-input', message, { path: 'problem.features', column });
}
