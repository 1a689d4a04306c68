import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { numberLabel, spanOf, ticksOf } from '#shared/figures/scale.ts';
import { colours, drawing, element, line, text } from '#shared/figures/svg.ts';
import { labelOfMetric } from '#shared/results/metrics.ts';

const width = 760;
const left = 190;
const right = 30;
const rowHeight = 30;
const panelRoom = 74;
const lineHeight = 16;
const lineLetters = 112;

/** One panel a metric: each contender’s runs as dots, its mean as a bar, its interval as a line. */
export function benchmarkFigure(document: BenchmarkDocument): string {
  const names = [...new Set(document.contenders.flatMap(({ metrics }) => Object.keys(metrics)))];
  const panelHeight = panelRoom + rowHeight * document.contenders.length;
  const verdict = document.verdict?.text ?? `The benchmark is ${document.status}.`;
  const lines = wrapped(verdict);
  const headRoom = 48 + lineHeight * lines.length;
  const panels = names.map((name, i) => panel(document, name, headRoom + i * panelHeight));
  const head = [
    text(20, 26, document.name, { 'font-size': 16, 'font-weight': 'bold' }),
    ...lines.map((content, i) => text(20, 46 + lineHeight * i, content)),
  ];
  const height = headRoom + names.length * panelHeight + 10;
  return drawing(width, height, `${document.name}: ${verdict}`, [...head, ...panels].join(''));
}

/** SVG does not break lines by itself. */
function wrapped(content: string): string[] {
  const lines = [''];
  for (const word of content.split(' ')) {
    const last = lines.length - 1;
    const longer = `${lines[last]} ${word}`.trim();
    if (longer.length <= lineLetters) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}

function panel(document: BenchmarkDocument, name: string, top: number): string {
  const { contenders } = document;
  const numbers = contenders.flatMap(({ metrics }) => {
    const metric = metrics[name];
    if (metric === undefined) return [];
    return [...metric.values, metric.mean, metric.low, metric.high].filter(
      (value) => value !== null,
    );
  });
  const [low, high] = spanOf(numbers);
  // An infinite time to solution stands at the edge.
  const xOf = (value: number): number =>
    left + Math.min(1, Math.max(0, (value - low) / (high - low))) * (width - left - right);
  const bottom = top + 26 + rowHeight * contenders.length;
  const interval = `${Math.round(100 * document.spec.confidence)} % intervals`;
  const parts = [
    text(20, top + 16, `${labelOfMetric(name)}: mean and ${interval}`, { 'font-weight': 'bold' }),
  ];
  for (const tick of ticksOf(low, high, 6)) {
    parts.push(line(xOf(tick), top + 24, xOf(tick), bottom, '#dddddd'));
    parts.push(text(xOf(tick), bottom + 16, numberLabel(tick), { 'text-anchor': 'middle' }));
  }
  contenders.forEach(({ label, metrics }, i) => {
    const y = top + 24 + rowHeight * (i + 0.5);
    parts.push(text(left - 12, y + 4, label, { 'text-anchor': 'end' }));
    const metric = metrics[name];
    if (metric !== undefined)
      parts.push(marks(metric, y, colours[i % colours.length] ?? '#000', xOf));
  });
  return parts.join('');
}

function marks(
  metric: BenchmarkDocument['contenders'][number]['metrics'][string],
  y: number,
  colour: string,
  xOf: (value: number) => number,
): string {
  const { mean, low, high, values } = metric;
  const dots = values
    .filter((value) => value !== null)
    .map((value) =>
      element('circle', { cx: xOf(value), cy: y, r: 3, fill: colour, opacity: 0.45 }),
    );
  if (low !== null && high !== null) dots.push(line(xOf(low), y, xOf(high), y, colour, 2));
  if (mean !== null) dots.push(line(xOf(mean), y - 9, xOf(mean), y + 9, colour, 3));
  if (mean === Number.POSITIVE_INFINITY) dots.push(text(xOf(mean) + 6, y + 5, '∞'));
  return dots.join('');
}
