import { unreachable } from '../../base/assert.ts';
import type { Exporter } from './exporter.ts';
import { inLook } from './look.ts';
import { drawCircuit } from './sheet.ts';
import type { Shape, Sheet, SheetColours } from './sheet-shapes.ts';

export const svgExporter: Exporter = {
  id: 'svg',
  title: 'Drawing (SVG)',
  fileExtension: 'svg',
  export: (circuit, { look, pageWidth, notes } = { look: 'light', pageWidth: null }) => ({
    text: svgOf(inLook(drawCircuit(circuit, pageWidth, notes), look)),
    losses: [],
  }),
};

function svgOf({ width, height, scale, title, shapes, colours }: Sheet): string {
  const [w, h] = [width, height].map((length) => Number((length * scale).toFixed(2)));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="13">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    ...shapes.map((shape) => elementOf(shape, colours)),
    '</svg>',
  ].join('\n')}\n`;
}

function elementOf(shape: Shape, { ink, boxFill }: SheetColours): string {
  switch (shape.kind) {
    case 'line': {
      const [[x1, y1], [x2, y2]] = [shape.from, shape.to];
      const thick = shape.width === 1 ? '' : ` stroke-width="${shape.width}"`;
      const dashed = shape.isDashed === true ? ' stroke-dasharray="4 3"' : '';
      return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${shape.stroke}"${thick}${dashed}/>`;
    }
    case 'circle': {
      const [x, y] = shape.centre;
      return `<circle cx="${x}" cy="${y}" r="${shape.radius}" fill="${shape.fill}" stroke="${ink}"/>`;
    }
    case 'box': {
      const [x, y] = shape.corner;
      return `<rect x="${x}" y="${y}" width="${shape.width}" height="${shape.height}" rx="3" fill="${boxFill}" stroke="${ink}"/>`;
    }
    case 'text': {
      const [x, y] = shape.at;
      const anchor = shape.anchor === 'start' ? '' : ` text-anchor="${shape.anchor}"`;
      const size = shape.size === 13 ? '' : ` font-size="${shape.size}"`;
      const fill = shape.fill === '#000000' ? '' : ` fill="${shape.fill}"`;
      return `<text x="${x}" y="${y}"${anchor}${size}${fill}>${escapeXml(shape.text)}</text>`;
    }
    default:
      return unreachable(shape);
  }
}

function escapeXml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '',
  );
}
