import { seriesOf } from '#shared/jobs/curve.ts';
import { stepsIn } from '#shared/results/steps.ts';
import type { App } from '../../app.ts';
import { makeReport, type ReportSubject } from '../../reports/make-report.ts';
import type { HandlersOf } from '../call.ts';

const figurePixels = 1000;

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
    const series = jobs.curves(id, { pixels: figurePixels }).map(seriesOf);
    const steps = stepsIn(engine.catalog('algorithm'), document.algorithm);
    return { kind: 'job', document, series, steps };
  }
  return {
    'reports.make': async ({ id, format }) =>
      makeReport(engine.members, await subjectOf(id), format),
  };
}
