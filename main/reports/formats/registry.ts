import { AppError } from '#shared/base/errors.ts';
import { csvText } from '#shared/base/csv-text.ts';
import { flatTable } from '#shared/figures/data-table.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import type { Drawing } from '#shared/figures/mark.ts';
import { paperSheet, screenSheet } from '#shared/figures/sheet.ts';
import { drawing, svgOfDrawing, text } from '#shared/figures/svg.ts';
import type { ReportFile, ReportFormat } from '#shared/ipc/library.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { Journal, WidthName } from '#shared/figures/journals.ts';
import type { ReportContent } from '../content.ts';
import { bundleOf } from './bundle.ts';
import type { BundleParts } from './bundle-parts.ts';
import { epsOf } from './eps.ts';
import { htmlOf } from './html.ts';
import { latexOf } from './latex.ts';
import { parquetOf } from './parquet.ts';
import { pngOf } from './png.ts';
import { figurePdf, reportPdf } from './pdf.ts';

export interface ReportOptions {
  readonly journal: Journal;
  /** Null: as on the screen, where the format has a choice. */
  readonly width: WidthName | null;
  /** Pixels an inch of a PNG. */
  readonly dpi: number;
  /** What a bundle takes in beside the report; asked for by it alone. */
  readonly parts: () => Promise<BundleParts>;
}

/** How a report is written. */
interface Format {
  readonly id: ReportFormat;
  write(content: ReportContent, options: ReportOptions): Promise<ReportFile[]> | ReportFile[];
}

const fileOf = (name: string, mediaType: string, content: string): ReportFile => ({
  name,
  mediaType,
  text: content,
});
const bytesOf = (name: string, mediaType: string, bytes: Uint8Array): ReportFile => ({
  name,
  mediaType,
  text: '',
  bytes,
});

/** Every format of a report; another one is a file and an entry here. */
export const formats: readonly Format[] = [
  {
    id: 'csv',
    write: ({ data }) =>
      data.map((table) => fileOf(`${table.id}.csv`, 'text/csv', csvText(flatTable(table)))),
  },
  {
    id: 'json',
    write: ({ kind, document }) => [
      fileOf(`${kind}.json`, 'application/json', `${stringifyPlain(document, 2)}\n`),
    ],
  },
  {
    id: 'svg',
    write: svgFiles,
  },
  {
    id: 'eps',
    write: (content, options) =>
      paperFigures(content, options).map(({ id, drawing: drawn, unit }) =>
        fileOf(`${id}.eps`, 'application/postscript', epsOf(drawn, unit)),
      ),
  },
  {
    id: 'png',
    write: (content, options) =>
      paperFigures(content, options).map(({ id, drawing: drawn, unit }) =>
        bytesOf(`${id}.png`, 'image/png', pngOf(drawn, unit, options.dpi)),
      ),
  },
  {
    id: 'html',
    write: (content) => [fileOf('report.html', 'text/html', htmlOf(content))],
  },
  {
    id: 'pdf',
    write: async (content, { journal, width }) => {
      const layout = { journal, width: width ?? 'single' } as const;
      const files = [bytesOf('report.pdf', 'application/pdf', await reportPdf(content, layout))];
      for (const figure of content.figures) {
        const pdf = await figurePdf(figure, layout);
        files.push(bytesOf(`figure-${figure.id}.pdf`, 'application/pdf', pdf));
      }
      return files;
    },
  },
  {
    id: 'latex',
    write: (content, { journal, width }) =>
      latexOf(content, journal, width ?? 'single').map((one) =>
        fileOf(one.name, one.name.endsWith('.bib') ? 'text/x-bibtex' : 'text/x-tex', one.text),
      ),
  },
  {
    id: 'parquet',
    write: ({ data }) =>
      data
        .filter(({ rows }) => rows.length > 0)
        .map((table) =>
          bytesOf(`${table.id}.parquet`, 'application/vnd.apache.parquet', parquetOf(table)),
        ),
  },
  {
    id: 'bundle',
    write: async (content, options) => [
      bytesOf(
        `ketbench-${content.id.slice(0, 8)}.zip`,
        'application/zip',
        await bundleOf(content, await options.parts()),
      ),
    ],
  },
];

/** Every figure as wide as a column; `not-found` where there is none to draw. */
function paperFigures(
  { figures, kind }: ReportContent,
  { journal, width }: Pick<ReportOptions, 'journal' | 'width'>,
): { readonly id: string; readonly drawing: Drawing; readonly unit: number }[] {
  if (figures.length === 0) throw new AppError('not-found', `This ${kind} left nothing to draw.`);
  const sheet = paperSheet(journal, width ?? 'single');
  return figures.map((figure) => ({
    id: figure.id,
    drawing: drawFigure(figure, sheet),
    unit: sheet.unit,
  }));
}

function svgFiles(content: ReportContent, { journal, width }: ReportOptions): ReportFile[] {
  const sheet = width === null ? screenSheet : paperSheet(journal, width);
  if (content.figures.length === 0) {
    const words = text(20, 60, `This ${content.kind} left nothing to draw.`);
    const nothing = drawing(sheet.width, sheet.height, content.title, words);
    return [fileOf(`${content.kind}.svg`, 'image/svg+xml', nothing)];
  }
  return content.figures.map((figure) => {
    const titled =
      width === null ? { ...figure, title: `${figure.title} (${content.label})` } : figure;
    return fileOf(`${figure.id}.svg`, 'image/svg+xml', svgOfDrawing(drawFigure(titled, sheet)));
  });
}
