import type { ReportFile } from '#shared/ipc/library.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { type Cell, csvText } from './csv-text.ts';
import { memberOf, samplesOf } from './job-result.ts';

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

export function jobCsv(document: JobDocument): ReportFile[] {
  const facts: Cell[][] = [
    ['key', 'value'],
    ['jobId', document.jobId],
    ['status', document.status],
    ['algorithm', document.algorithm],
    ['backend', document.qpuBackend],
    ['seed', document.seed],
    ...flatten(document.result, ''),
  ];
  const samples = samplesOf(document.result);
  if (samples.length === 0) return [csvFile('result.csv', facts)];
  const columns = Object.keys(samples[0] ?? {});
  const rows = samples.map((sample) => columns.map((column) => cellOf(memberOf(sample, column))));
  return [csvFile('result.csv', facts), csvFile('samples.csv', [columns, ...rows])];
}

/** Single values of a result, each under its path; lists have a file of their own or are left out. */
function flatten(value: unknown, path: string): Cell[][] {
  if (typeof value !== 'object' || value === null)
    return path === '' ? [] : [[path, cellOf(value)]];
  if (Array.isArray(value)) {
    return value.every((item) => typeof item !== 'object') ? [[path, value.join(' ')]] : [];
  }
  return Object.entries(value).flatMap(([key, item]) =>
    flatten(item, path === '' ? key : `${path}.${key}`),
  );
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string' || value === null) return value;
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

function csvFile(name: string, rows: readonly (readonly Cell[])[]): ReportFile {
  return { name, mediaType: 'text/csv', text: csvText(rows) };
}
