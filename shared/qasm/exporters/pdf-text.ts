import type { Losses } from './exporter.ts';

/** Letters in one of the two standard fonts: F1 is Helvetica, F2 Symbol. */
export interface Piece {
  readonly font: 'F1' | 'F2';
  /** Inside the parentheses of a PDF string; what is not ASCII as octal. */
  readonly bytes: string;
  readonly letters: readonly number[];
}

/** Codes of the Symbol font for letters that Helvetica lacks (PDF 1.7, annex D.5). */
const symbols: Readonly<Record<string, number>> = {
  '√': 0xd6,
  '⟩': 0xf1,
  '⟨': 0xe1,
  '≠': 0xb9,
  α: 0x61,
  β: 0x62,
  γ: 0x67,
  δ: 0x64,
  ε: 0x65,
  ζ: 0x7a,
  η: 0x68,
  θ: 0x71,
  ι: 0x69,
  κ: 0x6b,
  λ: 0x6c,
  μ: 0x6d,
  ν: 0x6e,
  ξ: 0x78,
  π: 0x70,
  ρ: 0x72,
  σ: 0x73,
  τ: 0x74,
  φ: 0x6a,
  χ: 0x63,
  ψ: 0x79,
  ω: 0x77,
};

/** Codes of the Windows encoding that are not those of Unicode. */
const windows: Readonly<Record<string, number>> = {
  '−': 0x96,
  '†': 0x86,
  '…': 0x85,
  '“': 0x93,
  '”': 0x94,
};

/** Figures above and below the line, which neither font has, beside it. */
function onTheLine(text: string): string {
  return text
    .replace(/[₀-₉]/gu, (figure) => String((figure.codePointAt(0) ?? 0) - 0x2080))
    .replace(/[⁰⁴-⁹]/gu, (figure) => String((figure.codePointAt(0) ?? 0) - 0x2070))
    .replace(/⁻/gu, '-');
}

/** The text in runs of one font; a letter that neither has becomes “?”. */
export function piecesOf(text: string, losses: Losses): readonly Piece[] {
  const pieces: { font: 'F1' | 'F2'; letters: number[] }[] = [];
  for (const letter of onTheLine(text)) {
    const symbol = symbols[letter];
    const font = symbol === undefined ? 'F1' : 'F2';
    const code = symbol ?? windows[letter] ?? latinCode(letter, losses);
    const last = pieces.at(-1);
    if (last?.font === font) last.letters.push(code);
    else pieces.push({ font, letters: [code] });
  }
  return pieces.map(({ font, letters }) => ({ font, letters, bytes: letters.map(byte).join('') }));
}

function latinCode(letter: string, losses: Losses): number {
  const code = letter.codePointAt(0) ?? 63;
  const isThere = (code >= 32 && code < 127) || (code >= 0xa0 && code <= 0xff);
  if (isThere) return code;
  losses.add(
    `the letter “${letter}”`,
    'the standard fonts of PDF lack it; “?” stands in its place',
  );
  return 63;
}

function byte(code: number): string {
  const letter = String.fromCharCode(code);
  if ('()\\'.includes(letter)) return `\\${letter}`;
  return code >= 32 && code < 127 ? letter : `\\${code.toString(8).padStart(3, '0')}`;
}

/** Helvetica's widths from the space on, in thousandths (Adobe's font metrics). */
const helvetica =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number);

/** Width of a run at size 1. */
export function widthOf({ font, letters }: Piece): number {
  const thousandths = letters.map((code) => (font === 'F1' ? (helvetica[code - 32] ?? 556) : 549));
  return thousandths.reduce((sum, one) => sum + one, 0) / 1000;
}
