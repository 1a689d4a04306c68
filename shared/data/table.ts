/** A place in a file, for messages: what stands there and in which line (from 1). */
export interface CellAt {
  readonly line: number;
  readonly text: string;
}

/**
 * What a column holds: numbers, dates or times, a count of the rows, words, or nothing at all. An
 * index is never taken for a price or a feature unless it is named.
 */
export type ColumnKind = 'number' | 'date' | 'index' | 'words' | 'empty';

/** What was found out about a column from all of its cells. */
export interface ColumnFacts {
  readonly kind: ColumnKind;
  readonly missing: number;
  readonly firstMissing: CellAt | null;
  /** The first cell that is no number, or no date, where the others are; in words, the first of all. */
  readonly unusual: CellAt | null;
}

/** Something that was understood or changed while a file was read, for whoever uses these columns. */
export interface TableNote {
  /** A sentence without its end; the names of the columns follow. */
  readonly message: string;
  /** Null: it is about the whole file. */
  readonly columns: readonly number[] | null;
}

/**
 * A CSV that was read: cells as text, each row as long as `columns`. Numbers are written with a
 * point and nothing else, dates as ISO 8601, and what is missing is empty.
 */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line of each row in its file, from 1. */
  readonly lines: readonly number[];
  readonly facts: readonly ColumnFacts[];
  readonly notes: readonly TableNote[];
}

const namedAtMost = 6;

/** Names in a sentence; of many, the first and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, namedAtMost).map((name) => `“${name}”`);
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}

/** The notes that concern these columns, as sentences. */
export function notesOn(
  { columns, notes }: Pick<Table, 'columns' | 'notes'>,
  used: ReadonlySet<string> | null = null,
): string[] {
  return notes.flatMap((note) => {
    if (note.columns === null) return [`${note.message}.`];
    const names = note.columns.map((c) => columns[c] ?? '');
    const concerned = used === null ? names : names.filter((name) => used.has(name));
    return concerned.length === 0 ? [] : [`${note.message} ${listed(concerned)}.`];
  });
}
