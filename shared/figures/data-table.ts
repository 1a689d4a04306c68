/** An estimate with its standard error; null where nothing is known of it. */
export interface Estimate {
  readonly value: number;
  readonly stderr: number | null;
}

export type TableCell = number | string | null | Estimate;

export interface TableColumn {
  readonly id: string;
  readonly title: string;
  /** Empty for plain numbers and words. */
  readonly unit?: string;
  /** The words are bit strings with variable or qubit 0 rightmost, which a view may turn round. */
  readonly areBits?: boolean;
}

/** Rows of a result, each as long as `columns`; the first column names the row. */
export interface DataTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  /** Cells that are best by more than chance, as [row, column]; reports print them bold. */
  readonly best?: readonly (readonly [number, number])[];
  /** Shown only when asked for. */
  readonly isDetail?: boolean;
}

/** The table for a spreadsheet or a script: ids as the head, a column of its own for standard errors. */
export function flatTable({ columns, rows }: DataTable): (string | number | null)[][] {
  const hasError = columns.map((_, c) => rows.some((row) => isEstimate(row[c])));
  const head = columns.flatMap(({ id }, c) => (hasError[c] === true ? [id, `${id}.stderr`] : [id]));
  const body = rows.map((row) =>
    columns.flatMap((_, c) => {
      const cell = row[c] ?? null;
      const value = isEstimate(cell) ? cell.value : cell;
      if (hasError[c] !== true) return [value];
      return [value, isEstimate(cell) ? cell.stderr : null];
    }),
  );
  return [head, ...body];
}

/** Whether a cell is marked as best. */
export function isBest({ best = [] }: DataTable, row: number, column: number): boolean {
  return best.some(([r, c]) => r === row && c === column);
}

export function isEstimate(cell: TableCell | undefined): cell is Estimate {
  return typeof cell === 'object' && cell !== null;
}
