import type { Table } from '../data/table.ts';

/** A small problem whose answer is known: shown in the catalog, and held against every algorithm. */
export interface Example {
  /** The fields beside `kind`. */
  readonly problem: Readonly<Record<string, unknown>>;
  /** Tables of numbers that the problem names. */
  readonly tables?: Readonly<Record<string, ExampleTable>>;
  /** Texts of files and models that it names. */
  readonly texts?: Readonly<Record<string, string>>;
  /** The headline that a result of a kind has on this problem, by the id of the result's kind. */
  readonly answers: Readonly<Record<string, number>>;
}

interface ExampleTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** The table as it would be read from a CSV of these columns and rows. */
export function tableOfExample({ columns, rows }: ExampleTable): Table {
  return {
    columns,
    rows: rows.map((row) => row.map(String)),
    lines: rows.map((_, r) => r + 2),
    facts: columns.map(() => ({ kind: 'number', missing: 0, firstMissing: null, unusual: null })),
    notes: [],
  };
}
