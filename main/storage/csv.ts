import Papa from 'papaparse';
import type { z } from 'zod';
import type { columnSchema, DataPreview } from '#shared/ipc/library.ts';

type Column = z.infer<typeof columnSchema>;
type Problem = DataPreview['problems'][number];

/** A CSV text as a table of strings with typed columns, and all that is wrong with it. */
export interface CsvTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly problems: readonly Problem[];
}

const missing = new Set(['', 'na', 'n/a', 'nan', 'null', '-']);
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const date = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Text with at most this many different values is a category. */
const categoryLimit = 50;
const shownProblems = 100;

/** Reads CSV with a header line. Separator (comma, semicolon, tab, bar) and line ends are found out. */
export function readCsv(text: string): CsvTable {
  const parsed = Papa.parse<string[]>(stripMark(text), { skipEmptyLines: 'greedy' });
  const [header = [], ...rows] = parsed.data;
  const lines = linesOf(rows, header);
  const problems: Problem[] = parsed.errors
    .filter((error) => error.code !== 'UndetectableDelimiter')
    .map((error) => ({ line: (error.row ?? 0) + 1, column: null, message: error.message }));
  problems.push(...headerProblems(header, rows.length));
  rows.forEach((row, i) => {
    if (row.length === header.length) return;
    problems.push({
      line: lines[i] ?? i + 2,
      column: null,
      message: `This line has ${row.length} fields; the header has ${header.length}.`,
    });
  });
  const columns = header.map((name, c) => {
    const values = rows.map((row) => row[c] ?? '');
    const column = columnOf(name, values);
    problems.push(...nearlyNumeric(column, values, lines, c));
    return column;
  });
  return { columns, rows, problems: problems.slice(0, shownProblems) };
}

/** Spreadsheets put a byte order mark at the front. */
function stripMark(text: string): string {
  return text.codePointAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The line in the file where each row begins, line breaks inside quotes included. */
function linesOf(rows: readonly (readonly string[])[], header: readonly string[]): number[] {
  let line = 1 + 1 + breaksIn(header);
  return rows.map((row) => {
    const begin = line;
    line += 1 + breaksIn(row);
    return begin;
  });
}

function breaksIn(fields: readonly string[]): number {
  return fields.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
}

function headerProblems(header: readonly string[], rowCount: number): Problem[] {
  const problems: Problem[] = [];
  if (header.length === 0) {
    return [
      { line: 1, column: null, message: 'The file is empty; a header line is expected first.' },
    ];
  }
  header.forEach((name, c) => {
    if (name.trim() === '') {
      problems.push({ line: 1, column: c + 1, message: `Column ${c + 1} has no name.` });
    } else if (header.indexOf(name) !== c) {
      problems.push({ line: 1, column: c + 1, message: `The column name “${name}” occurs twice.` });
    }
  });
  if (rowCount === 0) {
    problems.push({ line: 2, column: null, message: 'There are no rows below the header.' });
  }
  return problems;
}

function isMissing(value: string): boolean {
  return missing.has(value.trim().toLowerCase());
}

function columnOf(name: string, values: readonly string[]): Column {
  const present = values.filter((value) => !isMissing(value));
  const distinct = new Set(present).size;
  const common = { name, missing: values.length - present.length, distinct };
  const none = { min: null, max: null, mean: null };
  const numeric = present.filter((value) => number.test(value.trim())).length;
  // A column with a few slips is still a numeric one; the slips are told as problems.
  if (present.length > 0 && numeric >= 0.9 * present.length) {
    const numbers = present.filter((value) => number.test(value.trim())).map(Number);
    const sum = numbers.reduce((a, b) => a + b, 0);
    return {
      ...common,
      type: numbers.every(Number.isInteger) ? 'integer' : 'number',
      min: numbers.reduce((a, b) => Math.min(a, b), Infinity),
      max: numbers.reduce((a, b) => Math.max(a, b), -Infinity),
      mean: sum / numbers.length,
    };
  }
  if (present.length > 0 && present.every((value) => date.test(value.trim()))) {
    return { ...common, type: 'date', ...none };
  }
  const isCategory = present.length > 0 && distinct <= Math.min(categoryLimit, present.length / 2);
  return { ...common, type: isCategory ? 'category' : 'text', ...none };
}

function nearlyNumeric(
  column: Column,
  values: readonly string[],
  lines: readonly number[],
  c: number,
): Problem[] {
  if (column.type !== 'number' && column.type !== 'integer') return [];
  return values.flatMap((value, i) =>
    isMissing(value) || number.test(value.trim())
      ? []
      : [
          {
            line: lines[i] ?? i + 2,
            column: c + 1,
            message: `“${value}” in column “${column.name}” is not a number.`,
          },
        ],
  );
}
