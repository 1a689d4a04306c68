import { type Checklist, forTheAuthor } from '../checklists.ts';
import { type DataTable, isBest, isEstimate, type TableCell } from '#shared/figures/data-table.ts';
import type { Figure } from '#shared/figures/figure.ts';
import type { Journal, WidthName } from '#shared/figures/journals.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { quantikzExporter } from '#shared/qasm/exporters/quantikz.ts';
import { filled, type ReportContent } from '../content.ts';
import { isNumeric, printed } from '../numbers.ts';
import { bibTex } from '../references.ts';
import { texOf } from './latex-text.ts';
import { pgfPlot } from './pgfplots.ts';

interface TexFile {
  readonly name: string;
  readonly text: string;
}

/** Rows of a table that are set; a longer one is for a data file. */
const mostRows = 60;

/**
 * Sources that compile with plain texlive: a document, every number of the text as a macro, a file a table (booktabs, siunitx)
 * and a figure (pgfplots), to be taken over one by one.
 */
export function latexOf(content: ReportContent, journal: Journal, width: WidthName): TexFile[] {
  const tables = content.tables.filter(({ rows }) => rows.length > 0);
  const figures = content.figures;
  const tableFiles = tables.map((table) => ({
    name: `table-${table.id}.tex`,
    text: tableOf(table),
  }));
  const figureFiles = figures.map((figure) => ({
    name: `figure-${figure.id}.tex`,
    text: `${pgfPlot(figure, journal[width])}\n`,
  }));
  return [
    { name: 'report.tex', text: documentOf(content, tables, figures) },
    { name: 'numbers.tex', text: macrosOf(content.numbers) },
    ...tableFiles,
    ...figureFiles,
    { name: 'checklists.tex', text: content.checklists.map(checklistOf).join('\n') },
    { name: 'references.bib', text: bibTex(content.references) },
    ...content.circuits.flatMap(circuitFile),
  ];
}

function checklistOf({ title, items }: Checklist): string {
  const lines = items.map(
    ({ question, answer }) => `\\item ${texOf(question)}: \\emph{${texOf(answer ?? forTheAuthor)}}`,
  );
  return `\\section*{${texOf(title)}}\n\\begin{itemize}\n${lines.join('\n')}\n\\end{itemize}\n`;
}

/** A circuit as a quantikz picture, a document of its own; nothing for what is no circuit of gates. */
function circuitFile({ name, text }: ReportContent['circuits'][number]): TexFile[] {
  const { circuit } = parseDocument(text, { lenient: true });
  if (circuit === null) return [];
  return [
    { name: `${name.replace(/\.qasm$/, '')}.tex`, text: quantikzExporter.export(circuit).text },
  ];
}

/** "headlineError" → "\kbHeadlineError". */
function macroOf(name: string): string {
  return `\\kb${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function macrosOf(numbers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(numbers).map(
    ([name, value]) => `\\newcommand{${macroOf(name)}}{${texOf(value)}}`,
  );
  return `% Every number of the text, from the data.\n${lines.join('\n')}\n`;
}

function documentOf(
  content: ReportContent,
  tables: readonly DataTable[],
  figures: readonly Figure[],
): string {
  const paragraphs = content.paragraphs.map((one) => {
    const text = filled(one, content.numbers, (name) => `${macroOf(name)}{}`, texOf);
    return `\\section*{${texOf(one.title)}}\n${text}`;
  });
  const floats = [
    ...figures.map(
      ({ id, title, note }) =>
        `\\begin{figure}[htbp]\n\\centering\n\\input{figure-${id}}\n\\caption{${texOf(`${title}.${note === undefined ? '' : ` ${note}`}`)}}\n\\end{figure}`,
    ),
    ...tables.map(({ id }) => `\\input{table-${id}}`),
  ];
  const cited = content.references.map(({ key }) => key).join(',');
  return String.raw`\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb,textcomp}
\usepackage[margin=25mm]{geometry}
\usepackage{booktabs,longtable,siunitx,pgfplots,hyperref}
\usepgfplotslibrary{fillbetween}
\pgfplotsset{compat=1.17}
\input{numbers}
\begin{document}
\title{${texOf(content.title)}}
\date{}
\maketitle
${paragraphs.join('\n\n')}

${floats.join('\n\n')}

\input{checklists}

\nocite{${cited}}
\bibliographystyle{plain}
\bibliography{references}
\end{document}
`;
}

/** One column a column of the data; what is best by more than chance is bold. */
function tableOf(table: DataTable): string {
  const { title, columns, rows } = table;
  const numeric = columns.map((_, c) => isNumeric(rows.map((row) => row[c])));
  const layout = numeric.map((one) => (one ? 'r' : 'l')).join('');
  const head = columns.map(({ title: name, unit = '' }) =>
    texOf(unit === '' ? name : `${name} (${unit})`),
  );
  const shown = rows.slice(0, mostRows);
  const body = shown.map((row, r) => {
    const cells = row.map((cell, c) =>
      isBest(table, r, c) ? `\\textbf{\\boldmath ${cellOf(cell)}}` : cellOf(cell),
    );
    return `${cells.join(' & ')} \\\\`;
  });
  const more =
    rows.length > shown.length ? ` The first ${shown.length} of ${rows.length} rows.` : '';
  return [
    `{${columns.length > 5 ? '\\scriptsize\\setlength{\\tabcolsep}{3pt}' : '\\small'}`,
    `\\begin{longtable}{${layout}}`,
    `\\caption{${texOf(`${title}.${more}`)}}\\\\`,
    '\\toprule',
    `${head.join(' & ')} \\\\`,
    '\\midrule\\endhead',
    ...body,
    '\\bottomrule',
    '\\end{longtable}}',
    '',
  ].join('\n');
}

function cellOf(cell: TableCell): string {
  if (typeof cell === 'number' && Number.isFinite(cell)) {
    return `\\num{${Number(cell.toPrecision(6))}}`;
  }
  if (isEstimate(cell) && Number.isFinite(cell.value)) {
    const [value, error] = printed(cell).replaceAll('−', '-').split(' ± ');
    return error === undefined ? `\\num{${value}}` : `\\num{${value} +- ${error}}`;
  }
  return texOf(printed(cell));
}
