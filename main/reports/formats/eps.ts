import { unreachable } from '#shared/base/assert.ts';
import type { Drawing, Mark } from '#shared/figures/mark.ts';
import { colourOf } from '#shared/figures/svg.ts';
import { fontBytes, fontName } from './font.ts';
import { readTrueType, type TrueType } from './true-type.ts';

/**
 * A drawing as Encapsulated PostScript 3.0 with its font embedded (Type 42), a unit of it as many points.
 * PostScript has no transparency: what is faint is laid over white.
 */
export function epsOf({ width, height, title, marks }: Drawing, unit: number): string {
  const font = readTrueType(new Uint8Array(fontBytes('regular')));
  const glyphs = new Map<string, string>();
  const body = marks.map((mark) => commandsOf(mark, font, glyphs)).join('\n');
  const [across, up] = [width * unit, height * unit];
  return `%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 ${Math.ceil(across)} ${Math.ceil(up)}
%%HiResBoundingBox: 0 0 ${number(across)} ${number(up)}
%%Title: ${title.replaceAll(/[^\x20-\x7e]/g, '?')}
%%LanguageLevel: 3
%%DocumentSuppliedResources: font ${fontName}
%%EndComments
%%BeginResource: font ${fontName}
${type42(font, glyphs)}
%%EndResource
1 1 1 setrgbcolor 0 0 ${number(across)} ${number(up)} rectfill
gsave 0 ${number(up)} translate ${unit} ${-unit} scale 1 setlinejoin
${body}
grestore
showpage
%%EOF
`;
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** The colour laid over white, as the paper has it. */
function colour(mark: Mark, opacity = 1): string {
  const hex = colourOf(mark.paint);
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return `${parts.map((part) => number(1 - opacity * (1 - part))).join(' ')} setrgbcolor`;
}

function commandsOf(mark: Mark, font: TrueType, glyphs: Map<string, string>): string {
  switch (mark.kind) {
    case 'rect':
      return `${colour(mark, mark.opacity)} ${[mark.x, mark.y, mark.width, mark.height].map(number).join(' ')} rectfill`;
    case 'line':
      return `${colour(mark)} ${number(mark.width)} setlinewidth ${pathOf([mark.from, mark.to])} stroke`;
    case 'path':
      return `${colour(mark)} ${number(mark.width)} setlinewidth ${pathOf(mark.points)} stroke`;
    case 'area':
      return `${colour(mark, mark.opacity)} ${pathOf(mark.points)} closepath fill`;
    case 'dot': {
      const [x, y] = mark.at;
      const end = mark.isRing === true ? '1.2 setlinewidth stroke' : 'fill';
      return `${colour(mark)} newpath ${number(x)} ${number(y)} ${number(mark.radius)} 0 360 arc ${end}`;
    }
    case 'text':
      return textCommands(mark, font, glyphs);
    default:
      return unreachable(mark);
  }
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  const steps = points.map(
    ([x, y], k) => `${number(x)} ${number(y)} ${k === 0 ? 'moveto' : 'lineto'}`,
  );
  return `newpath ${steps.join(' ')}`;
}

/** In the size of the text. */
function lengthOf(text: string, font: TrueType): number {
  const letters = Array.from(text, (letter) =>
    font.advanceOf(font.glyphOf(letter.codePointAt(0) ?? 0)),
  );
  return letters.reduce((sum, one) => sum + one, 0) / font.unitsPerEm;
}

function textCommands(
  mark: Extract<Mark, { kind: 'text' }>,
  font: TrueType,
  glyphs: Map<string, string>,
): string {
  const { text, size, anchor, turn = 0, at } = mark;
  const shift = { start: 0, middle: -0.5, end: -1 }[anchor] * lengthOf(text, font) * size;
  const shown = Array.from(text, (character) => {
    const name = `u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
    glyphs.set(name, String(font.glyphOf(character.codePointAt(0) ?? 0)));
    return `/${name} glyphshow`;
  });
  const place = `${number(at[0])} ${number(at[1])} translate ${number(turn)} rotate 1 -1 scale`;
  return `gsave ${colour(mark)} ${place} /${fontName} ${number(size)} selectfont ${number(shift)} 0 moveto ${shown.join(' ')} grestore`;
}

/** The font as PostScript interpreters take TrueType (Adobe Technical Note 5012). */
function type42(font: TrueType, glyphs: ReadonlyMap<string, string>): string {
  const box = font.bounds.map((one) => number(one / font.unitsPerEm)).join(' ');
  const names = [...glyphs].map(([name, glyph]) => `/${name} ${glyph} def`);
  return `11 dict begin /FontName /${fontName} def /FontType 42 def /PaintType 0 def
/FontMatrix [1 0 0 1 0 0] def /FontBBox [${box}] def
/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for def
/sfnts [
${stringsOf(font).join('\n')}
] def
/CharStrings ${glyphs.size + 1} dict dup begin /.notdef 0 def
${names.join('\n')}
end readonly def
FontName currentdict end definefont pop`;
}

/** Strings of at most 64 KB that end where a table of the font ends, or at an even place within one. */
function stringsOf({ bytes, tables }: TrueType): string[] {
  const most = 65_000;
  const ends = [...tables.values()].map(({ offset }) => offset).toSorted((a, b) => a - b);
  const cuts = [0];
  for (const end of [...ends.slice(1), bytes.length]) {
    while (end - (cuts.at(-1) ?? 0) > most) cuts.push((cuts.at(-1) ?? 0) + most);
    if (end > (cuts.at(-1) ?? 0)) cuts.push(end);
  }
  return cuts.slice(1).map((end, k) => {
    const hex = Buffer.from(bytes.subarray(cuts[k], end)).toString('hex');
    return `<${hex.replaceAll(/.{1,120}/g, '$&\n')}00>`;
  });
}
