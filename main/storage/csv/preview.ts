import type { DataPreview, DataReading } from '#shared/data/data-set.ts';
import { type ColumnFacts, notesOn } from '#shared/data/table.ts';
import { readCsv } from '../csv.ts';

/** Characters of a long file that a preview looks at. */
const most = 2_000_000;

/** The beginning of a CSV as it would be read, and what can be said of it. */
export function previewOf(
  text: string,
  rows: number,
  reading: DataReading | undefined,
): DataPreview {
  const csv = readCsv(text, { keep: rows, most, reading });
  const { columns, rows: kept, totalRows, problems, understood, facts } = csv;
  const names = columns.map(({ name }) => name);
  const slips = facts.flatMap(({ kind, unusual }, c) =>
    kind === 'number' && unusual !== null
      ? [`“${names[c]}” holds “${unusual.text}” in line ${unusual.line}, which is no number.`]
      : [],
  );
  return {
    columns: [...columns],
    rows: kept.map((row) => [...row]),
    totalRows,
    understood,
    notes: [
      ...notesOn({ columns: names, notes: csv.notes }),
      ...slips.slice(0, 20),
      ...wordsIn(names, facts),
    ],
    problems: [...problems],
  };
}

const shownWords = 6;

/** Which columns are not read as numbers, each with the first cell that is none. */
function wordsIn(names: readonly string[], facts: readonly ColumnFacts[]): string[] {
  const words = facts.flatMap(({ kind, unusual }, c) =>
    kind === 'words' && unusual !== null
      ? [`“${names[c]}” (“${unusual.text}” in line ${unusual.line})`]
      : [],
  );
  if (words.length === 0) return [];
  const rest = words.length - shownWords;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return [`Read as words, not as numbers: ${words.slice(0, shownWords).join(', ')}${more}.`];
}
