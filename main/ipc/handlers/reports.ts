import { seriesOf } from '#shared/jobs/curve.ts';
import { stepsIn } from '#shared/results/steps.ts';
import type { App } from '../../app.ts';
import { journalNamed } from '#shared/figures/journals.ts';
import { machineFacts } from '../../machine.ts';
import type { BundledData, BundleParts } from '../../reports/formats/bundle-parts.ts';
import type { ReportSubject } from '../../reports/make-report.ts';
import type { HandlersOf } from '../call.ts';

const figurePixels = 1000;

/** Reports on a job or a benchmark. */
export function createReportHandlers({
  jobs,
  benchmarks,
  library,
  engine,
  version,
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
  const partsOf = async (subject: ReportSubject): Promise<BundleParts> => {
    const documents =
      subject.kind === 'job'
        ? []
        : await Promise.all(
            subject.document.contenders
              .flatMap(({ jobIds }) => jobIds)
              .map((jobId) => jobs.document(jobId)),
          );
    const all = subject.kind === 'job' ? [subject.document] : documents;
    const names = new Set(all.flatMap(({ provenance }) => Object.keys(provenance['data'] ?? {})));
    const sets = library.dataSets.list();
    const data = await Promise.all(
      [...names].map(async (name): Promise<BundledData> => {
        const set = sets.find(({ id }) => id === name);
        return {
          id: name,
          sha256: set?.hash ?? '',
          licence: set?.licence ?? '',
          origin: set?.origin ?? '',
          // What comes with every installation is named by its hash; what was imported comes along.
          text: set?.builtIn === true ? null : await library.dataSets.textOf(name),
        };
      }),
    );
    const began = all.map(({ measured }) => measured.submittedAt).toSorted()[0] ?? '';
    return { version, date: began, environment: machineFacts(), data, jobs: documents };
  };
  return {
    'reports.make': async ({ id, format, width, journal, dpi }) => {
      const subject = await subjectOf(id);
      // The formats bring libraries along that a start needs not wait for.
      const { contentOf, makeReport } = await import('../../reports/make-report.ts');
      const content = contentOf(engine.members, subject, engine.catalog());
      return makeReport(content, format, {
        journal: journalNamed(journal),
        width: width ?? null,
        dpi,
        parts: async () => partsOf(subject),
      });
    },
  };
}
