import type { Column, DataPreview, DataReading, Understood } from '#shared/data/data-set.ts';
import type { Table, TableNote } from '#shared/data/table.ts';
import { type ColumnResult, ColumnScan, type ColumnWishes } from './csv/column-scan.ts';
import { type Header, headerOf } from './csv/header.ts';
import { notesOf } from './csv/notes.ts';
import type { FileHabits } from './csv/number-evidence.ts';
import { eachRow, type RawRow, separatorOf } from './csv/rows.ts';

type Problem = DataPreview['problems'][number];

/** A CSV text as a table of strings with typed columns, and all that is wrong with it. */
export interface CsvTable extends Omit<Table, 'columns'> {
  readonly columns: readonly Column[];
  readonly totalRows: number;
  readonly problems: readonly Problem[];
  readonly understood: Understood;
}

export interface CsvOptions {
  /** Rows that are kept; all are looked at. */
  readonly keep?: number;
  /** Characters that are looked at. */
  readonly most?: number;
  /** What the user said against what would be found out. */
  readonly reading?: DataReading | undefined;
}

const shownProblems = 100;

/**
 * Reads CSV as people have it: separator, decimal signs, dates and header are found out, each column
 * from all of its cells, and what was found out is said. Linear in the length of the text.
 */
export function readCsv(given: string, options: CsvOptions = {}): CsvTable {
  const { keep = Infinity, most = Infinity, reading = {} } = options;
  // Spreadsheets put a byte order mark at the front.
  const text = given.codePointAt(0) === 0xfeff ? given.slice(1) : given;
  const separator = reading.separator ?? separatorOf(text);
  const scan = new Scan(keep, reading);
  const isWhole = eachRow(
    text,
    separator,
    { onRow: (row) => scan.add(row), onFault: (fault) => scan.fault(fault.line, fault.message) },
    most,
  );
  return scan.table(separator, isWhole);
}

/** The table of a file as jobs are given it. */
export function tableOf(csv: CsvTable): Table {
  const { columns, rows, lines, facts, notes } = csv;
  return { columns: columns.map(({ name }) => name), rows, lines, facts, notes };
}

/** One way through the rows of a file. */
class Scan {
  readonly #keep: number;
  readonly #reading: DataReading;
  readonly #kept: RawRow[] = [];
  readonly #problems: Problem[] = [];
  #header: Header | null = null;
  #columns: ColumnScan[] = [];
  #needed = 0;
  #total = 0;
  #faults = 0;

  constructor(keep: number, reading: DataReading) {
    this.#keep = keep;
    this.#reading = reading;
  }

  fault(line: number, message: string, column: number | null = null): void {
    this.#faults++;
    if (this.#problems.length < shownProblems) this.#problems.push({ line, column, message });
  }

  add(row: RawRow): void {
    if (this.#header !== null) {
      this.#addRow(row);
      return;
    }
    this.#header = headerOf(row.cells);
    const { names, problems, isWritten } = this.#header;
    for (const { column, message } of problems) this.fault(row.line, message, column);
    this.#columns = names.map((name) => new ColumnScan(name, this.#wishesFor(name)));
    // A separator at the end of every line makes a nameless last column, which rows may leave out.
    this.#needed = names.length;
    while (isWritten && this.#needed > 1 && row.cells[this.#needed - 1]?.trim() === '')
      this.#needed--;
    if (!isWritten) this.#addRow(row);
  }

  #wishesFor(name: string): ColumnWishes {
    const { dateColumn, dayFirst = null } = this.#reading;
    return { isDate: dateColumn === undefined ? null : dateColumn === name, dayFirst };
  }

  #addRow(row: RawRow): void {
    const { cells, line } = row;
    const width = this.#columns.length;
    const isTooWide = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
    if (cells.length < this.#needed || isTooWide) {
      const fields = cells.length === 1 ? '1 field' : `${cells.length} fields`;
      this.fault(line, `This line has ${fields}; the header has ${width}.`);
      return;
    }
    this.#total++;
    for (let c = 0; c < width; c++) (this.#columns[c] as ColumnScan).add(cells[c] ?? '', line);
    if (this.#kept.length < this.#keep) this.#kept.push(row);
  }

  table(separator: string, isWhole: boolean): CsvTable {
    if (this.#header === null) {
      this.fault(1, 'The file is empty; a header line is expected first.');
    } else if (this.#total === 0 && this.#faults === 0) {
      this.fault(2, 'There are no rows below the header.');
    }
    if (this.#faults > shownProblems) {
      const line = this.#problems.at(-1)?.line ?? 1;
      const message = `There are ${this.#faults - shownProblems} more faults further down.`;
      this.#problems.push({ line, column: null, message });
    }
    const columns = this.#withoutOpenEnd();
    const habits = this.#habitsOf(columns, separator);
    const results = columns.map((column) => column.result(habits));
    return {
      columns: results.map(({ column }) => column),
      facts: results.map(({ facts }) => facts),
      rows: this.#kept.map(({ cells }) =>
        results.map(({ canonical }, c) => canonical(cells[c] ?? '')),
      ),
      lines: this.#kept.map(({ line }) => line),
      notes: [...headerNotes(this.#header, columns.length), ...notesOf(results)],
      problems: this.#problems,
      totalRows: this.#total,
      understood: understoodOf(results, { separator, header: this.#header, isWhole }),
    };
  }

  #withoutOpenEnd(): ColumnScan[] {
    let width = this.#columns.length;
    while (width > this.#needed && this.#columns[width - 1]?.isEmpty === true) width--;
    return this.#columns.slice(0, width);
  }

  #habitsOf(columns: readonly ColumnScan[], separator: string): FileHabits {
    const votes = columns.map(({ numbers }) => numbers.vote());
    return {
      pointColumns: votes.filter((vote) => vote === 'point').length,
      commaColumns: votes.filter((vote) => vote === 'comma').length,
      separator,
      decimal: this.#reading.decimal ?? null,
    };
  }
}

/** Notes of the header without those on columns that were dropped. */
function headerNotes(header: Header | null, width: number): TableNote[] {
  return (header?.notes ?? []).flatMap((note) => {
    const columns = note.columns?.filter((c) => c < width) ?? null;
    return columns?.length === 0 ? [] : [{ ...note, columns }];
  });
}

function understoodOf(
  results: readonly ColumnResult[],
  file: { readonly separator: string; readonly header: Header | null; readonly isWhole: boolean },
): Understood {
  const dated = results.find(({ date }) => date !== null);
  const decimals = new Set(
    results.flatMap(({ number, column }) =>
      number === null || column.type === 'integer' || column.type === 'index'
        ? []
        : [number.decimal],
    ),
  );
  const [decimal = null] = decimals;
  return {
    separator: file.separator,
    decimal: decimals.size > 1 ? 'mixed' : decimal,
    hasHeader: file.header?.isWritten ?? false,
    dateColumn: dated?.column.name ?? null,
    dateFormat: dated?.date?.format.title ?? null,
    order: dated?.date?.order ?? null,
    hasRepeatedDates: dated?.date?.hasRepeats ?? false,
    isWhole: file.isWhole,
  };
}
