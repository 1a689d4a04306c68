import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of public cases and data: $KETBENCH_SHARED, else ../shared; null where there is none. */
export function sharedFolder(): string | null {
  const folder = process.env['KETBENCH_SHARED'] ?? resolve(import.meta.dirname, '../../../shared');
  return existsSync(join(folder, 'cases', 'manifest.json')) ? folder : null;
}

/** A JSON file below it, e.g. `sharedJson<Case[]>('cases/noise/zne.json')`; empty where there is none. */
export function sharedCases<T>(path: string): T[] {
  const folder = sharedFolder();
  if (folder === null) return [];
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as T[];
}
