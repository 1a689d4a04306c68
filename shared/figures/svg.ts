import { unreachable } from '../base/assert.ts';
import type { Drawing, Mark, Paint } from './mark.ts';

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

/** A drawing as a file of its own. */
export function svgOfDrawing({ width, height, title, marks }: Drawing): string {
  return drawing(width, height, title, marks.map(svgOfMark).join(''));
}

/** The colour of a mark on paper. */
export function colourOf(paint: Paint): string {
  if (typeof paint === 'number') return colours[paint % colours.length] ?? colours[0];
  return { ink: '#222222', muted: '#555555', grid: '#dddddd', paper: '#ffffff' }[paint];
}

function svgOfMark(mark: Mark): string {
  const colour = colourOf(mark.paint);
  switch (mark.kind) {
    case 'rect': {
      const { x, y, width, height, opacity = 1 } = mark;
      const faint = opacity === 1 ? {} : { 'fill-opacity': opacity };
      return element('rect', { x, y, width, height, fill: colour, ...faint });
    }
    case 'line':
      return line(...mark.from, ...mark.to, colour, mark.width);
    case 'path':
      return element('polyline', {
        points: placesOf(mark.points),
        fill: 'none',
        stroke: colour,
        'stroke-width': mark.width,
      });
    case 'area':
      return element('polygon', {
        points: placesOf(mark.points),
        fill: colour,
        'fill-opacity': mark.opacity,
      });
    case 'dot': {
      const fill = mark.isRing === true ? 'none' : colour;
      return circle(...mark.at, mark.radius, { fill, stroke: colour });
    }
    case 'text': {
      const [x, y] = mark.at;
      return text(x, y, mark.text, {
        'text-anchor': mark.anchor,
        'font-size': mark.size,
        fill: colour,
        ...(mark.isBold === true ? { 'font-weight': 'bold' } : {}),
        ...(mark.turn === undefined
          ? {}
          : { transform: `rotate(${mark.turn} ${rounded(x)} ${rounded(y)})` }),
      });
    }
    default:
      return unreachable(mark);
  }
}

/** "1,2 3,4", to a hundredth. */
export function placesOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(' ');
}
