import { AppError } from '../../base/errors.ts';
import { type CellAt, listed, notesOn, type Table } from '../../data/table.ts';
import { cellIn, numberColumn, rowRange } from './returns.ts';

/** The assets of a portfolio and their prices in the order of time. */
export interface Prices {
  readonly assets: readonly string[];
  /** One series per asset. */
  readonly series: readonly Float64Array[];
  /** What was left out, converted, put in order or guessed. */
  readonly warnings: readonly string[];
}

/** Prices of a portfolio problem: of the assets that it names, else of every column that holds prices. */
export function pricesOf(
  problem: {
    readonly assets?: readonly string[] | undefined;
    readonly rows?: readonly [number, number] | undefined;
  },
  table: Table,
): Prices {
  const range = rowRange(table, problem.rows);
  const { order, warnings } = orderOf(table, range);
  const chosen = problem.assets ?? defaultAssets(table, range, warnings);
  const series = chosen.map((name) => seriesOf(table, name, range, order));
  const still = chosen.filter((_, i) => series[i]?.every((price) => price === series[i]?.[0]));
  if (still.length > 0) warnings.push(`The price never changes in ${listed(still)}.`);
  const dates = table.columns.filter((_, c) => table.facts[c]?.kind === 'date');
  const notes = notesOn(table, new Set([...chosen, ...dates]));
  return { assets: chosen, series, warnings: [...warnings, ...notes] };
}

function seriesOf(
  table: Table,
  name: string,
  range: readonly [number, number],
  order: readonly number[],
): Float64Array {
  const kind = table.facts[table.columns.indexOf(name)]?.kind;
  if (kind === 'date') {
    throw new AppError('bad-input', `Column “${name}” holds dates; it is no asset.`, {
      column: name,
    });
  }
  const prices = numberColumn(table, name, range);
  prices.forEach((price, i) => {
    if (price > 0) return;
    const line = table.lines[range[0] + i];
    throw new AppError(
      'bad-input',
      `Column “${name}”, data row ${range[0] + i} (line ${line}): a price must be above 0, got ${price}.`,
      { column: name, row: range[0] + i, line },
    );
  });
  return Float64Array.from(order, (row) => prices[row - range[0]] as number);
}

/** Columns of prices; each that is none is told, with the reason. */
function defaultAssets(
  table: Table,
  range: readonly [number, number],
  warnings: string[],
): string[] {
  const left: { readonly name: string; readonly reason: string }[] = [];
  const assets = table.columns.filter((name, c) => {
    const kind = table.facts[c]?.kind;
    if (kind === 'date') return false;
    const reason =
      kind === 'index'
        ? 'it counts or times the rows'
        : (unlikePrices(table, c, range) ?? unlikePrice(table, c, range));
    if (reason !== null) left.push({ name, reason });
    return reason === null;
  });
  for (const { name, reason } of left.slice(0, 20)) {
    warnings.push(`Column “${name}” was left out of the assets: ${reason}.`);
  }
  if (left.length > 20) warnings.push(`${left.length - 20} more columns were left out.`);
  if (assets.length > 0) return assets;
  const why = left.slice(0, 6).map(({ name, reason }) => `“${name}” (${reason})`);
  throw new AppError(
    'bad-input',
    `No column holds prices${why.length === 0 ? '' : `: ${why.join('; ')}`}. Expected a column of numbers above 0 for each asset.`,
    { columns: left },
  );
}

function told({ line, text }: CellAt): string {
  return text === '' ? `line ${line} is empty there` : `line ${line} holds “${text}”`;
}

/** Why a whole column cannot be prices; null where its cells decide. */
function unlikePrices(
  table: Table,
  column: number,
  [first, last]: readonly [number, number],
): string | null {
  const facts = table.facts[column];
  if (facts === undefined || facts.kind === 'empty') return 'it is empty';
  if (facts.kind === 'number') return null;
  const row = firstRow(first, last, (r) => {
    const text = cellIn(table, r, column);
    return text === '' || !Number.isFinite(Number(text));
  });
  const cell =
    row === null ? null : { line: table.lines[row] ?? 0, text: cellIn(table, row, column) };
  return `${told(cell ?? facts.unusual ?? { line: 1, text: '' })}, which is no number`;
}

/** The first cell within the rows that is no price; null where all are. */
function unlikePrice(
  table: Table,
  column: number,
  [first, last]: readonly [number, number],
): string | null {
  const row = firstRow(first, last, (r) => {
    const text = cellIn(table, r, column);
    return text === '' || !(Number(text) > 0) || !Number.isFinite(Number(text));
  });
  if (row === null) return null;
  const text = cellIn(table, row, column);
  const line = table.lines[row] ?? 0;
  const { firstMissing = null } = table.facts[column] ?? {};
  const gap = firstMissing?.line === line ? firstMissing : { line, text };
  if (text === '') return `a price is missing: ${told(gap)}`;
  return Number.isFinite(Number(text))
    ? `a price must be above 0, and line ${line} holds ${text}`
    : `${told({ line, text })}, which is no number`;
}

function firstRow(first: number, last: number, is: (row: number) => boolean): number | null {
  for (let row = first; row <= last; row++) if (is(row)) return row;
  return null;
}

/**
 * The rows in the order of time, by their dates and then their times of day. Rows that are there
 * twice are used once; two different rows of one time are refused, as either could be meant.
 */
export function orderOf(
  table: Table,
  [first, last]: readonly [number, number],
): { readonly order: readonly number[]; readonly warnings: string[] } {
  const rows = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const keys = table.facts.flatMap(({ kind }, c) => (kind === 'date' ? [c] : []));
  const [date] = keys;
  const name = date === undefined ? '' : (table.columns[date] as string);
  if (date === undefined || rows.some((row) => cellIn(table, row, date) === '')) {
    const gap = date === undefined ? null : table.facts[date]?.firstMissing;
    const said = `A date is missing in “${name}” (line ${gap?.line}), so the rows were taken in the order of the file.`;
    return { order: rows, warnings: date === undefined ? [] : [said] };
  }
  const clocks = table.facts.flatMap(({ kind }, c) =>
    kind === 'index' && /time/i.test(table.columns[c] as string) ? [c] : [],
  );
  const compare = (a: number, b: number): number => {
    for (const c of keys) {
      const [left, right] = [cellIn(table, a, c), cellIn(table, b, c)];
      if (left !== right) return left < right ? -1 : 1;
    }
    for (const c of clocks) {
      const difference = Number(cellIn(table, a, c)) - Number(cellIn(table, b, c));
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const sorted = rows.toSorted((a, b) => compare(a, b) || a - b);
  const warnings: string[] = [];
  const isSorted = sorted.every((row, i) => row === rows[i]);
  if (!isSorted) {
    const isTurned = sorted.every((row, i) => row === rows[rows.length - 1 - i]);
    const before = isTurned ? 'The newest row stands first' : 'The rows are not in order of time';
    warnings.push(`${before}; they were sorted by “${name}”.`);
  }
  return { order: withoutRepeats(table, sorted, compare, { name, date, warnings }), warnings };
}

function withoutRepeats(
  table: Table,
  sorted: readonly number[],
  compare: (a: number, b: number) => number,
  at: { readonly name: string; readonly date: number; readonly warnings: string[] },
): readonly number[] {
  const lines: number[] = [];
  const order = sorted.filter((row, i) => {
    const before = sorted[i - 1];
    if (before === undefined || compare(before, row) !== 0) return true;
    const lineOf = (one: number): number => table.lines[one] ?? 0;
    const isSame = table.columns.every(
      (_, c) => cellIn(table, before, c) === cellIn(table, row, c),
    );
    if (!isSame) {
      throw new AppError(
        'bad-input',
        `Lines ${lineOf(before)} and ${lineOf(row)} both have “${cellIn(table, row, at.date)}” in “${at.name}”, with different values. Expected one row for each date, and one column for each asset.`,
        { column: at.name, lines: [lineOf(before), lineOf(row)] },
      );
    }
    lines.push(lineOf(row));
    return false;
  });
  if (lines.length > 0) {
    const which = lines.length === 1 ? `Line ${lines[0]} repeats` : `${lines.length} lines repeat`;
    at.warnings.push(`${which} another line and was used once (line ${lines[0]}).`);
  }
  return order;
}
