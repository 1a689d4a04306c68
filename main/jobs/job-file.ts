import { AppError } from '#shared/base/errors.ts';
import type { JobFile } from '#engine/jobs/prepared.ts';
import { readCsv } from '../storage/csv.ts';
import type { RawFile } from './job-protocol.ts';

/** A file as a job wants it; a table with faults is refused with the first of them. */
export function jobFileOf(name: string, { kind, text, hash }: RawFile): JobFile {
  if (kind === 'text') return { kind, text, hash };
  const { columns, rows, problems } = readCsv(text);
  const ragged = problems.find((problem) => problem.column === null);
  if (ragged !== undefined) {
    throw new AppError('bad-input', `“${name}”, line ${ragged.line}: ${ragged.message}`, {
      problems,
    });
  }
  return { kind, table: { columns: columns.map((column) => column.name), rows }, hash };
}
