import { seriesOf } from '#shared/jobs/curve.ts';
import { stepsIn } from '#shared/results/steps.ts';
import type { App } from '../../app.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import type { Figure } from '#shared/figures/figure.ts';
import { type JournalId, journalNamed, type WidthName } from '#shared/figures/journals.ts';
import { lintDrawing } from '#shared/figures/lint.ts';
import { paperSheet } from '#shared/figures/sheet.ts';
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
    const data = await Promise.all([...names].map((name) => bundled(library, name)));
    const began = all.map(({ measured }) => measured.submittedAt).toSorted()[0] ?? '';
    return { version, date: began, environment: machineFacts(), data, jobs: documents };
  };
  return {
    'reports.lint': async ({ id, ...paper }) => {
      const { contentOf } = await import('../../reports/make-report.ts');
      const content = contentOf(engine.members, await subjectOf(id), engine.catalog());
      return faultsOf(content.figures, paper);
    },
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

/** What a journal would send back of figures that are drawn for it. */
function faultsOf(
  figures: readonly Figure[],
  { journal: name, width }: { readonly journal: JournalId; readonly width: WidthName },
): { readonly figure: string; readonly fault: string }[] {
  const journal = journalNamed(name);
  const sheet = paperSheet(journal, width);
  return figures.flatMap((figure) =>
    lintDrawing(drawFigure(figure, sheet), sheet, journal).map((fault) => ({
      figure: figure.id,
      fault,
    })),
  );
}

/** What comes with every installation is named by its hash; what was imported comes along. */
async function bundled({ dataSets }: App['library'], name: string): Promise<BundledData> {
  const set = dataSets.list().find(({ id }) => id === name);
  return {
    id: name,
    sha256: set?.hash ?? '',
    licence: set?.licence ?? '',
    origin: set?.origin ?? '',
    text: set?.builtIn === true ? null : await dataSets.textOf(name),
  };
}
