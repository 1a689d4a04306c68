import { type Checklist, forTheAuthor } from '../checklists.ts';
import { type DataTable, isBest } from '#shared/figures/data-table.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import type { Figure } from '#shared/figures/figure.ts';
import type { Journal, WidthName } from '#shared/figures/journals.ts';
import { paperSheet } from '#shared/figures/sheet.ts';
import { svgOfDrawing } from '#shared/figures/svg.ts';
import { filled, type ReportContent } from '../content.ts';
import { isNumeric, printed } from '../numbers.ts';
import { pdfOf, typstHead, typstString, typstText } from './typst.ts';

export interface Layout {
  readonly journal: Journal;
  readonly width: WidthName;
}

/** Rows of a table that are printed; all of them are in CSV and Parquet. */
const mostRows = 60;

/** The report to read. */
export async function reportPdf(content: ReportContent, layout: Layout): Promise<Uint8Array> {
  const parts = [
    typstHead,
    '#set page(paper: "a4", margin: 22mm, numbering: "1")',
    '#set text(size: 9pt)',
    '#set par(justify: false)',
    '#show figure.caption: set text(size: 8pt)',
    `#text(size: 15pt, weight: "bold")[${typstText(content.title)}]`,
    ...content.paragraphs.map(
      (one) => `\n= ${typstText(one.title)}\n${typstText(filled(one, content.numbers))}`,
    ),
    ...content.figures.map((figure) => figurePart(figure, layout)),
    ...content.tables.filter(({ rows }) => rows.length > 0).map(tablePart),
    ...content.checklists.map(checklistPart),
    `\n= ${typstText('References')}`,
    ...content.references.map(({ text }) => `- ${typstText(text)}`),
    `\n#text(size: 7pt)[${typstText(`${content.kind === 'job' ? 'Job' : 'Comparison'} ${content.id}`)}]`,
  ];
  return pdfOf(parts.join('\n'));
}

/** A figure alone, as wide as a column or the text of a journal, to be put into a paper. */
export async function figurePdf(figure: Figure, layout: Layout): Promise<Uint8Array> {
  const { millimetres, high } = sizeOf(figure, layout);
  return pdfOf(
    `${typstHead}#set page(width: ${millimetres}mm, height: ${high}mm, margin: 0mm)\n${imageOf(figure, layout)}`,
  );
}

function sizeOf(figure: Figure, { journal, width }: Layout) {
  const { width: across, height } = drawFigure(figure, paperSheet(journal, width));
  const millimetres = journal[width];
  return { millimetres, high: (millimetres * height) / across };
}

function imageOf(figure: Figure, { journal, width }: Layout): string {
  const svg = svgOfDrawing(drawFigure(figure, paperSheet(journal, width)));
  return `#image(bytes(${typstString(svg)}), format: "svg", width: ${journal[width]}mm, alt: ${typstString(figure.title)})`;
}

/** As wide as it would stand in the journal, so that the page shows what is printed. */
function figurePart(figure: Figure, layout: Layout): string {
  const wide = Math.min(166, layout.journal[layout.width]);
  const svg = svgOfDrawing(drawFigure(figure, paperSheet(layout.journal, layout.width)));
  const note = figure.note === undefined ? '' : ` ${figure.note}`;
  return `#figure(image(bytes(${typstString(svg)}), format: "svg", width: ${wide}mm, alt: ${typstString(figure.title)}), caption: [${typstText(`${figure.title}.${note}`)}])`;
}

function checklistPart({ title, items }: Checklist): string {
  const lines = items.map(
    ({ question, answer }) =>
      `#list.item[${typstText(`${question}: `)}#emph[${typstText(answer ?? forTheAuthor)}]]`,
  );
  return `\n= ${typstText(title)}\n${lines.join('\n')}`;
}

function tablePart(table: DataTable): string {
  const { title, columns, rows } = table;
  const align = columns.map((_, c) => (isNumeric(rows.map((row) => row[c])) ? 'right' : 'left'));
  const head = columns.map(
    ({ title: name, unit = '' }) => `[*${typstText(unit === '' ? name : `${name} (${unit})`)}*]`,
  );
  const shown = rows.slice(0, mostRows);
  const cells = shown.flatMap((row, r) =>
    row.map((cell, c) => {
      const text = typstText(printed(cell));
      return isBest(table, r, c) ? `[*${text}*]` : `[${text}]`;
    }),
  );
  const more =
    rows.length > shown.length ? ` The first ${shown.length} of ${rows.length} rows.` : '';
  // Names without a space are broken rather than run into the next column.
  const shares = columns.map(({ title: name }, c) => {
    const longest = Math.max(
      ...shown.map((row) => printed(row[c] ?? null).length),
      name.length + 3,
    );
    return `${Math.min(longest, 40)}fr`;
  });
  return [
    '#show figure.where(kind: table): set block(breakable: true)',
    `#figure(kind: table, caption: figure.caption(position: top)[${typstText(`${title}.${more}`)}],`,
    `  text(size: 7pt, table(columns: (${shares.join(', ')},), align: (${align.join(', ')},), stroke: none, inset: 2.5pt,`,
    `    table.hline(), table.header(${head.join(', ')}), table.hline(stroke: 0.5pt),`,
    `    ${cells.join(', ')}, table.hline())))`,
  ].join('\n');
}
