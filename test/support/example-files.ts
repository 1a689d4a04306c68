import { csvText } from '#shared/base/csv-text.ts';
import type { JobFile } from '#engine/jobs/prepared.ts';
import { jobFileOf } from '#main/jobs/job-file.ts';
import { type Example, tableOfExample } from '#shared/problems/example.ts';
import type { ProblemFile, ProblemFiles } from '#shared/problems/view.ts';

/** The tables of an example as they would be read. */
export function filesOfExample({ tables = {}, texts = {} }: Example): ProblemFiles {
  return new Map([
    ...Object.entries(tables).map(([name, table]): [string, ProblemFile] => [
      name,
      { kind: 'table', table: tableOfExample(table) },
    ]),
    ...Object.entries(texts).map(([name, text]): [string, ProblemFile] => [
      name,
      { kind: 'text', text },
    ]),
  ]);
}

/** A file of an example as a job reads it: a text, or a table as CSV. */
export function jobFileOfExample({ tables = {}, texts = {} }: Example, name: string): JobFile {
  const written = texts[name];
  if (written !== undefined) return jobFileOf(name, { kind: 'text', text: written, hash: '' });
  const table = tables[name];
  const text = table === undefined ? '' : csvText([table.columns, ...table.rows]);
  return jobFileOf(name, { kind: 'table', text, hash: '' });
}
