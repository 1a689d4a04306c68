import type { DataPreview, DataReading } from '#shared/ipc/library.ts';
import { notesOn } from '#shared/jobs/table.ts';
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
    notes: [...notesOn({ columns: names, notes: csv.notes }), ...slips.slice(0, 20)],
    problems: [...problems],
  };
}
