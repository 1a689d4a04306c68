import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import type { Table } from '#shared/jobs/table.ts';
import type { JobFile } from '#engine/jobs/prepared.ts';

export function readTable(path: string): Table {
  const { data } = Papa.parse<string[]>(readFileSync(path, 'utf8').trimEnd());
  return { columns: data[0] ?? [], rows: data.slice(1) };
}

export function tableFile(path: string): JobFile {
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { kind: 'table', table: readTable(path), hash };
}
