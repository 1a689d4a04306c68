import type { Cell } from '#shared/base/csv-text.ts';
import type { DataTable } from '#shared/figures/data-table.ts';
import type { JobDocument } from '#shared/jobs/job.ts';

/** Every single value of a job and its result, for scripts. */
export function resultTable(document: JobDocument): DataTable {
  return {
    id: 'result',
    title: 'Result',
    columns: [
      { id: 'key', title: 'Key' },
      { id: 'value', title: 'Value' },
    ],
    rows: [
      ['jobId', document.jobId],
      ['status', document.status],
      ['algorithm', document.algorithm],
      ['backend', document.qpuBackend],
      ['seed', document.seed],
      ...flatten(document.result, ''),
    ],
  };
}

/** Single values of a result, each under its path; lists of records stand in tables. */
function flatten(value: unknown, path: string): Cell[][] {
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return flattenAll(value, path);
  }
  return Object.entries(value).flatMap(([key, item]) => flatten(item, joined(path, key)));
}

/** Every single value below, lists by position: "scaled.0.value". */
function flattenAll(value: unknown, path: string): [string, Cell][] {
  if (typeof value !== 'object' || value === null)
    return path === '' ? [] : [[path, cellOf(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [[path, value.join(' ')]];
  }
  return Object.entries(value).flatMap(([key, item]) => flattenAll(item, joined(path, key)));
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string' || value === null) return value;
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
