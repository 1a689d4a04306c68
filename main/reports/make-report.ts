import { unreachable } from '#shared/base/assert.ts';
import type { ReportFile, reportFormats } from '#shared/ipc/library.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import type { Series } from '#shared/jobs/curve.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import type { Members } from '#engine/members.ts';
import { benchmarkFigure } from './benchmark-figure.ts';
import { benchmarkCsv, jobCsv } from './csv-report.ts';
import type { Steps } from '#shared/results/curve.ts';
import { jobFigures } from './job-figures.ts';

export type ReportFormat = (typeof reportFormats)[number];

export const reportTitles: Readonly<Record<ReportFormat, string>> = {
  csv: 'Comma-separated values',
  json: 'JSON document',
  svg: 'Figure (SVG)',
};

/** What a report is on. */
export type ReportSubject =
  | {
      readonly kind: 'job';
      readonly document: JobDocument;
      readonly series: readonly Series[];
      readonly steps: Steps;
    }
  | { readonly kind: 'benchmark'; readonly document: BenchmarkDocument };

/** The files of a report, as text. */
export function makeReport(
  members: Members,
  subject: ReportSubject,
  format: ReportFormat,
): ReportFile[] {
  switch (format) {
    case 'json':
      return [
        {
          name: `${subject.kind}.json`,
          mediaType: 'application/json',
          text: `${stringifyPlain(subject.document, 2)}\n`,
        },
      ];
    case 'csv':
      return subject.kind === 'job'
        ? jobCsv(members.results, subject.document)
        : benchmarkCsv(subject.document);
    case 'svg': {
      if (subject.kind === 'job') {
        return jobFigures(members, subject.document, subject.series, subject.steps);
      }
      const drawn = benchmarkFigure(subject.document);
      return [{ name: 'benchmark.svg', mediaType: 'image/svg+xml', text: drawn }];
    }
    default:
      return unreachable(format);
  }
}
