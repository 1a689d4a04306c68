/** Colours that stay apart for colour-blind readers and in print (Okabe and Ito, 2008). */
export const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'] as const;

/** An SVG element with its attributes and content, which must be escaped already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = '',
): string {
  const list = Object.entries(attributes)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`,
    )
    .join('');
  return content === '' ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

export function text(
  x: number,
  y: number,
  content: string,
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  return element('text', { x, y, ...attributes }, escaped(content));
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  width = 1,
): string {
  return element('line', { x1, y1, x2, y2, stroke, 'stroke-width': width });
}

export function circle(
  cx: number,
  cy: number,
  r: number,
  paint: { readonly fill: string; readonly stroke: string },
): string {
  return element('circle', { cx, cy, r, ...paint });
}

/** A whole drawing on white, with a title that screen readers find. */
export function drawing(width: number, height: number, title: string, content: string): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'font-family': 'Helvetica, Arial, sans-serif',
    'font-size': 12,
    fill: '#222222',
  };
  const body = [
    element('title', {}, escaped(title)),
    element('rect', { width, height, fill: '#ffffff' }),
    content,
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('svg', attributes, body.join(''))}\n`;
}

/** XML has no way to write these, not even escaped. */
const unspeakable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(unspeakable, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Positions on an axis and their labels: about `count` round numbers from low to high. */
export function ticksOf(low: number, high: number, count: number): number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

export function numberLabel(value: number): string {
  return Number(value.toPrecision(6)).toString();
}

/** The span of some numbers with a little room, never empty. */
export function spanOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const room = high > low ? 0.08 * (high - low) : Math.max(1e-12, 0.1 * Math.abs(high)) || 1;
  return [low - room, high + room];
}
