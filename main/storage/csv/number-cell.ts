/** Which sign stands before the fraction. */
export type Decimal = 'point' | 'comma';

/** A cell read with each decimal sign; NaN where it is no number with that one. */
export interface NumberCell {
  readonly point: number;
  readonly comma: number;
  readonly isPercent: boolean;
  /** "$", "€" …; empty where there is none. */
  readonly currency: string;
}

export const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** A plain number that decimal commas would make a thousand times as large. */
export const pointBeforeThree = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;

const money = '[$€£¥₹]|US\\$|USD|EUR|GBP|JPY|CHF|CNY';
const shape = new RegExp(
  `^(?<sign>[+-]?) ?(?<before>${money})? ?(?<inner>[+-]?)(?<digits>[\\d.,' ]*\\d[.,]?)(?<exponent>e[+-]?\\d+)? ?(?<after>%|${money})?$`,
  'i',
);
const simple = { point: /^(?:\d+\.?\d*|\.\d+)$/, comma: /^(?:\d+,?\d*|,\d+)$/ };
// A group of thousands has three digits, the same sign each time, and no zero in front.
const grouped = {
  point: /^[1-9]\d{0,2}([, '])\d{3}(?:\1\d{3})*(?:\.\d*)?$/,
  comma: /^[1-9]\d{0,2}([. '])\d{3}(?:\1\d{3})*(?:,\d*)?$/,
};

/** Reads one trimmed cell as a number as people write it; null where it is none in any way. */
export function readNumber(text: string): NumberCell | null {
  let rest = text.replace(/[\u2212\u2013\uFE63\uFF0D]/g, '-');
  rest = rest.replace(/[\s\u00A0\u202F\u2009]/g, ' ').replace(/[’`´]/g, "'");
  const inside = /^\((.*)\)$/.exec(rest.replace(/^(\S{1,3}) ?\((.*)\)$/, '($1$2)'))?.[1];
  const groups = shape.exec((inside ?? rest).trim())?.groups;
  if (groups === undefined) return null;
  const { sign = '', inner = '', digits = '', exponent = '', before = '', after = '' } = groups;
  if (sign !== '' && inner !== '') return null;
  if (inside !== undefined && sign + inner !== '') return null;
  const isNegative = inside !== undefined || sign === '-' || inner === '-';
  const value = (decimal: Decimal): number => {
    const size = Number(`${plainDigits(digits.trim(), decimal)}${exponent}`);
    if (!Number.isFinite(size)) return Number.NaN;
    return isNegative ? -size : size;
  };
  const isPercent = after === '%';
  const currency = (before || (isPercent ? '' : after)).toUpperCase();
  const cell = { point: value('point'), comma: value('comma'), isPercent, currency };
  return Number.isNaN(cell.point) && Number.isNaN(cell.comma) ? null : cell;
}

/** Digits with a point for the fraction; "x" where they cannot be read so. */
function plainDigits(digits: string, decimal: Decimal): string {
  if (!simple[decimal].test(digits) && !grouped[decimal].test(digits)) return 'x';
  if (decimal === 'point') return digits.replace(/[, ']/g, '');
  return digits.replace(/[. ']/g, '').replace(',', '.');
}
