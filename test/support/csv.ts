import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Table } from '#shared/data/table.ts';
import { readCsv, tableOf } from '#main/storage/csv.ts';
import type { JobFile } from '#engine/jobs/prepared.ts';

export function readTable(path: string): Table {
  return tableOf(readCsv(readFileSync(path, 'utf8')));
}

export function tableFile(path: string): JobFile {
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { kind: 'table', table: readTable(path), hash };
}
