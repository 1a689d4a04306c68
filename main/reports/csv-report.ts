import type { ReportFile } from '#shared/ipc/library.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { type Cell, csvText } from '#shared/base/csv-text.ts';
import { flatTable } from '#shared/figures/data-table.ts';
import type { ResultKind } from '#shared/results/result-kind.ts';
import { readingOf } from '#shared/results/result.ts';

/** Tables that a spreadsheet or a script reads: one line a contender, metric and seed; one a sample. */
export function benchmarkCsv(document: BenchmarkDocument): ReportFile[] {
  const { seeds } = document.spec;
  const summary: Cell[][] = [
    ['contender', 'algorithm', 'kind', 'metric', 'mean', 'low', 'high', 'confidence'],
  ];
  const runs: Cell[][] = [['contender', 'metric', 'seed', 'value']];
  for (const { label, algorithm, kind, metrics } of document.contenders) {
    for (const [metric, { mean, low, high, values }] of Object.entries(metrics)) {
      summary.push([label, algorithm, kind, metric, mean, low, high, document.spec.confidence]);
      values.forEach((value, i) => runs.push([label, metric, seeds[i] ?? null, value]));
    }
  }
  const comparisons: Cell[][] = [
    ['metric', 'challenger', 'baseline', 'difference', 'low', 'high', 'verdict'],
    ...document.comparisons.map(({ metric, challenger, baseline, difference, verdict }) => [
      metric,
      challenger,
      baseline,
      difference?.mean ?? null,
      difference?.low ?? null,
      difference?.high ?? null,
      verdict,
    ]),
  ];
  return [
    csvFile('summary.csv', summary),
    csvFile('runs.csv', runs),
    csvFile('comparisons.csv', comparisons),
  ];
}

export function jobCsv(kinds: readonly ResultKind[], document: JobDocument): ReportFile[] {
  const facts: Cell[][] = [
    ['key', 'value'],
    ['jobId', document.jobId],
    ['status', document.status],
    ['algorithm', document.algorithm],
    ['backend', document.qpuBackend],
    ['seed', document.seed],
    ...flatten(document.result, ''),
  ];
  const tables = readingOf(kinds, document.result)?.tables ?? [];
  return [
    csvFile('result.csv', facts),
    ...tables.map((table) => csvFile(`${table.id}.csv`, flatTable(table))),
  ];
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

function csvFile(name: string, rows: readonly (readonly Cell[])[]): ReportFile {
  return { name, mediaType: 'text/csv', text: csvText(rows) };
}
