import { type Checklist, forTheAuthor } from '../checklists.ts';
import { type DataTable, isBest } from '#shared/figures/data-table.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import { svgOfDrawing } from '#shared/figures/svg.ts';
import { filled, type ReportContent } from '../content.ts';
import { isNumeric, printed } from '../numbers.ts';

const style = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f27; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2rem } figure { margin: 1rem 0 } svg { max-width: 100%; height: auto }
figcaption, footer { color: #555e6e; font-size: .9rem } table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto }
th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid #d8dce3 } .number { text-align: right; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem } pre { overflow-x: auto; background: #f3f4f6; padding: .75rem }
@media print { body { max-width: none } }`;

/** One file that needs nothing else: text, tables and figures in it. */
export function htmlOf(content: ReportContent): string {
  const paragraphs = content.paragraphs.map(
    (one) => `<h2>${escaped(one.title)}</h2>\n<p>${escaped(filled(one, content.numbers))}</p>`,
  );
  const figures = content.figures.map((figure) => {
    const svg = svgOfDrawing(drawFigure(figure)).replace(/^<\?xml[^>]*>\n/, '');
    const note = figure.note === undefined ? '' : ` ${figure.note}`;
    return `<figure>${svg}<figcaption>${escaped(`${figure.title}.${note}`)}</figcaption></figure>`;
  });
  const references = content.references.map(
    ({ text, arxiv, doi }) => `<li>${escaped(text)}${linkOf(arxiv, doi)}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(content.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(content.title)}</h1>
${paragraphs.join('\n')}
${figures.length === 0 ? '' : `<h2>Figures</h2>\n${figures.join('\n')}`}
${content.tables.length === 0 ? '' : `<h2>Tables</h2>\n${content.tables.map(tableOf).join('\n')}`}
${content.checklists.map(checklistOf).join('\n')}
<h2>References</h2>
<ul>${references.join('')}</ul>
<h2>Specification</h2>
<pre>${escaped(JSON.stringify(content.spec, null, 2))}</pre>
<footer>${content.kind === 'job' ? 'Job' : 'Comparison'} ${escaped(content.id)}</footer>
</body>
</html>
`;
}

function linkOf(arxiv: string | undefined, doi: string | undefined): string {
  const to =
    arxiv !== undefined
      ? `https://arxiv.org/abs/${arxiv}`
      : doi === undefined
        ? null
        : `https://doi.org/${doi}`;
  return to === null ? '' : ` <a href="${escaped(to)}">${escaped(to)}</a>`;
}

function tableOf(table: DataTable): string {
  const { title, columns, rows } = table;
  const numeric = columns.map((_, c) => isNumeric(rows.map((row) => row[c])));
  const look = (c: number): string => (numeric[c] === true ? ' class="number"' : '');
  const head = columns.map(
    ({ title: name, unit = '' }, c) =>
      `<th scope="col"${look(c)}>${escaped(unit === '' ? name : `${name} (${unit})`)}</th>`,
  );
  const body = rows.map(
    (row, r) =>
      `<tr>${row.map((cell, c) => `<td${look(c)}>${emphasised(escaped(printed(cell)), isBest(table, r, c))}</td>`).join('')}</tr>`,
  );
  return `<table><caption>${escaped(title)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

function checklistOf({ title, items }: Checklist): string {
  const lines = items.map(
    ({ question, answer }) =>
      `<li>${escaped(question)}: <em>${escaped(answer ?? forTheAuthor)}</em></li>`,
  );
  return `<h2>${escaped(title)}</h2>\n<ul>${lines.join('')}</ul>`;
}

function emphasised(text: string, isStrong: boolean): string {
  return isStrong ? `<strong>${text}</strong>` : text;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
