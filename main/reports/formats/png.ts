import type { Drawing } from '#shared/figures/mark.ts';
import { svgOfDrawing } from '#shared/figures/svg.ts';
import { paintDrawing } from '../../browser/picture.ts';
import { fontBytes } from './font.ts';

/**
 * A drawing as pixels, a unit of it as many points, painted by an installed browser in the font that comes
 * with Ketbench; `unsupported` where there is none.
 */
export function pngOf(drawing: Drawing, unit: number, dpi: number): Uint8Array {
  const faces = (['regular', 'bold'] as const).map((style) => {
    const data = fontBytes(style).toString('base64');
    return `@font-face{font-family:Helvetica;font-weight:${style === 'bold' ? 700 : 400};src:url(data:font/ttf;base64,${data})}`;
  });
  const style = `<style>${faces.join('')}</style>`;
  const svg = svgOfDrawing(drawing).replace('<title>', () => `${style}<title>`);
  return paintDrawing(svg, (dpi * unit) / 72);
}
