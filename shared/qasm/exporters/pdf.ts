import { unreachable } from '../../base/assert.ts';
import { type Exporter, Losses } from './exporter.ts';
import { inLook } from './look.ts';
import { piecesOf, widthOf } from './pdf-text.ts';
import { drawCircuit } from './sheet.ts';
import type { Shape, Sheet, SheetColours } from './sheet-shapes.ts';

/** Points in a CSS pixel. */
const pointsPerPixel = 0.75;
/** A page is at most 200 inches wide (PDF 1.7, annex C); larger ones say how long their unit is. */
const maximumPoints = 14_400;

export const pdfExporter: Exporter = {
  id: 'pdf',
  title: 'Drawing (PDF)',
  fileExtension: 'pdf',
  export: (circuit, { look, pageWidth, notes } = { look: 'light', pageWidth: null }) => {
    const losses = new Losses();
    const sheet = inLook(drawCircuit(circuit, pageWidth, notes), look);
    return { text: pdfOf(sheet, losses), losses: losses.all };
  },
};

/** One page with live text in the standard fonts: all of it is ASCII, nothing is compressed. */
function pdfOf(sheet: Sheet, losses: Losses): string {
  const scale = pointsPerPixel * sheet.scale;
  const size = [sheet.width, sheet.height].map((length) => length * scale) as [number, number];
  const unit = Math.max(1, Math.ceil(Math.max(...size) / maximumPoints));
  const [width, height] = size.map((length) => number(length / unit)) as [string, string];
  const turned = `${number(scale / unit)} 0 0 ${number(-scale / unit)} 0 ${height} cm`;
  const shapes = sheet.shapes.map((shape) => drawn(shape, sheet.colours, losses));
  const content = [turned, ...paperOf(sheet), ...shapes].join('\n');
  const userUnit = unit === 1 ? '' : ` /UserUnit ${unit}`;
  return assembled([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}]${userUnit} /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>',
    `<< /Title (${sheet.title.replaceAll(/[()\\]/g, '\\$&')}) /Producer (Ketbench) >>`,
  ]);
}

/** The objects, numbered from 1, with the table of where each begins. */
function assembled(objects: readonly string[]): string {
  let text = '%PDF-1.6\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>`;
  return `${text}${table}${trailer}\nstartxref\n${text.length}\n%%EOF\n`;
}

function number(value: number): string {
  return String(Number(value.toFixed(3)));
}

function colour(hex: string): string {
  return [1, 3, 5].map((at) => number(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ');
}

/** A page is white already. */
function paperOf({ width, height, colours: { paper } }: Sheet): readonly string[] {
  if (paper === '#ffffff') return [];
  return [`${colour(paper)} rg 0 0 ${number(width)} ${number(height)} re f`];
}

function drawn(shape: Shape, { ink, boxFill }: SheetColours, losses: Losses): string {
  switch (shape.kind) {
    case 'line': {
      const dash = shape.isDashed === true ? '[4 3] 0 d' : '[] 0 d';
      const path = `${point(shape.from)} m ${point(shape.to)} l S`;
      return `${colour(shape.stroke)} RG ${shape.width} w ${dash} ${path}`;
    }
    case 'circle':
      return `${colour(shape.fill)} rg ${colour(ink)} RG 1 w [] 0 d ${circle(shape.centre, shape.radius)} B`;
    case 'box': {
      const [x, y] = shape.corner;
      const place = [x, y, shape.width, shape.height].map(number).join(' ');
      return `${colour(boxFill)} rg ${colour(ink)} RG 1 w [] 0 d ${place} re B`;
    }
    case 'text':
      return text(shape, losses);
    default:
      return unreachable(shape);
  }
}

function point([x, y]: readonly [number, number]): string {
  return `${number(x)} ${number(y)}`;
}

/** Four arcs; 0.5523 makes a Bézier curve a quarter of a circle within 0.03 %. */
function circle([x, y]: readonly [number, number], radius: number): string {
  const k = 0.5523 * radius;
  const r = radius;
  const arc = (...places: readonly (readonly [number, number])[]): string =>
    `${places.map(([dx, dy]) => point([x + dx, y + dy])).join(' ')} c`;
  return [
    `${point([x + r, y])} m`,
    arc([r, k], [k, r], [0, r]),
    arc([-k, r], [-r, k], [-r, 0]),
    arc([-r, -k], [-k, -r], [0, -r]),
    arc([k, -r], [r, -k], [r, 0]),
  ].join(' ');
}

/** The page is upside down, so letters are turned back. */
function text(shape: Shape & { kind: 'text' }, losses: Losses): string {
  const pieces = piecesOf(shape.text, losses);
  const width = pieces.reduce((sum, piece) => sum + widthOf(piece), 0) * shape.size;
  const [x, y] = shape.at;
  const start = x - { start: 0, middle: width / 2, end: width }[shape.anchor];
  const shown = pieces.map(({ font, bytes }) => `/${font} ${shape.size} Tf (${bytes}) Tj`);
  return `BT ${colour(shape.fill)} rg 1 0 0 -1 ${point([start, y])} Tm ${shown.join(' ')} ET`;
}
