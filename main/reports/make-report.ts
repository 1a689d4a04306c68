import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { ReportFile, ReportFormat } from '#shared/ipc/library.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import type { Members } from '#engine/members.ts';
import { contentOfBenchmark } from './benchmark-content.ts';
import type { ReportContent } from './content.ts';
import { formats, type ReportOptions } from './formats/registry.ts';
import { contentOfJob, type JobSubject } from './job-content.ts';

/** What a report is on. */
export type ReportSubject =
  | JobSubject
  | { readonly kind: 'benchmark'; readonly document: BenchmarkDocument };

export function contentOf(
  members: Members,
  subject: ReportSubject,
  catalog: readonly CatalogEntry[],
): ReportContent {
  return subject.kind === 'job'
    ? contentOfJob(members, subject, catalog)
    : contentOfBenchmark(subject.document, catalog);
}

/** The files of a report. */
export async function makeReport(
  content: ReportContent,
  format: ReportFormat,
  options: ReportOptions,
): Promise<ReportFile[]> {
  const chosen = formats.find(({ id }) => id === format);
  if (chosen === undefined) throw new Error(`There is no report format ${format}.`);
  return chosen.write(content, options);
}
