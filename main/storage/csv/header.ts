import type { TableNote } from '#shared/data/table.ts';
import { dateFormats } from './date-cell.ts';
import { missingIn } from './missing.ts';
import { readNumber } from './number-cell.ts';

export interface Header {
  readonly names: readonly string[];
  /** False: the first row is data, and the columns have made-up names. */
  readonly isWritten: boolean;
  readonly notes: readonly TableNote[];
  readonly problems: readonly { readonly column: number; readonly message: string }[];
}

/** The names of the columns: those of the first row, or made-up ones where that holds numbers. */
export function headerOf(first: readonly string[]): Header {
  const cells = first.map((cell) => cell.trim());
  if (isData(cells)) {
    const names = cells.map((_, c) => `column ${c + 1}`);
    const message =
      'The first line holds numbers, so it was read as data and the columns are called “column 1” and so on';
    return { names, isWritten: false, notes: [{ message, columns: null }], problems: [] };
  }
  const seen = new Map<string, number>(cells.map((name, c) => [name, c] as const).toReversed());
  const nameless: number[] = [];
  const problems: { column: number; message: string }[] = [];
  const names = cells.map((name, c) => {
    if (name === '') {
      nameless.push(c);
      const made = c === 0 && !seen.has('index') ? 'index' : `column ${c + 1}`;
      return seen.has(made) ? `${made} (no name)` : made;
    }
    const before = seen.get(name) as number;
    if (before !== c) {
      const message = `The column name “${name}” occurs twice (columns ${before + 1} and ${c + 1}).`;
      problems.push({ column: c + 1, message });
    }
    return name;
  });
  const notes =
    nameless.length === 0
      ? []
      : [{ message: 'A column without a name in the header is called', columns: nameless }];
  return { names, isWritten: true, notes, problems };
}

/** Every cell is a number or a date, and they are not just counted through as pandas numbers columns. */
function isData(cells: readonly string[]): boolean {
  const present = cells.filter((cell) => missingIn(cell) === 'no');
  if (present.length === 0 || present.length < cells.length / 2) return false;
  if (cells[0] === '' || new Set(present).size < present.length / 2) return false;
  const isValue = (cell: string): boolean =>
    readNumber(cell) !== null ||
    dateFormats.some(({ header, key }) => header === null && key(cell) !== null);
  const isSkipped = (cell: string): boolean => missingIn(cell) !== 'no';
  if (!cells.every((cell) => isSkipped(cell) || isValue(cell))) return false;
  const start = Number(cells[0]);
  const counts = cells.every((cell, c) => Number(cell) === start + c);
  return !(counts && cells.length > 1 && (start === 0 || start === 1));
}
