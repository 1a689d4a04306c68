import { stepsIn } from '#shared/results/steps.ts';
import type { App } from '../../app.ts';
import { makeReport, type ReportSubject } from '../../reports/make-report.ts';
import type { HandlersOf } from '../call.ts';

const figurePoints = 2000;

/** Reports on a job or a benchmark. */
export function createReportHandlers({
  jobs,
  benchmarks,
  library,
  engine,
}: App): HandlersOf<'reports'> {
  async function subjectOf(id: string): Promise<ReportSubject> {
    if (library.tables.benchmarks.get(id) !== undefined) {
      return { kind: 'benchmark', document: await benchmarks.document(id) };
    }
    const document = await jobs.document(id);
    const steps = stepsIn(engine.catalog('algorithm'), document.algorithm);
    return { kind: 'job', document, series: jobs.series(id, figurePoints), steps };
  }
  return {
    'reports.make': async ({ id, format }) =>
      makeReport(engine.members, await subjectOf(id), format),
  };
}
