import { AppError } from '#shared/base/errors.ts';
import type { JobFile } from '#engine/jobs/prepared.ts';
import { readCsv, tableOf } from '../storage/csv.ts';
import type { RawFile } from '../storage/raw-file.ts';

/** A file as a job wants it; a table with faults is refused with the first of them. */
export function jobFileOf(name: string, { kind, text, hash, reading }: RawFile): JobFile {
  if (kind === 'text') return { kind, text, hash };
  const csv = readCsv(text, { reading });
  const [fault] = csv.problems;
  if (fault !== undefined) {
    throw new AppError('bad-input', `“${name}”, line ${fault.line}: ${fault.message}`, {
      problems: csv.problems,
    });
  }
  const table = tableOf(csv);
  if (reading?.encoding === undefined) return { kind, table, hash };
  const message = `The file was read as ${reading.encoding}, as it is not UTF-8`;
  return { kind, table: { ...table, notes: [{ message, columns: null }, ...table.notes] }, hash };
}
