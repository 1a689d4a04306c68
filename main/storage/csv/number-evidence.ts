import type { CellAt } from '#shared/data/table.ts';
import { type Decimal, plainNumber, pointBeforeThree, readNumber } from './number-cell.ts';

/** How the numbers of one column are written. */
export interface NumberReading {
  readonly decimal: Decimal;
  /** Cells are divided by 100. */
  readonly isPercent: boolean;
  readonly currency: string;
  /** Every cell would be a number with the other decimal sign as well, but another one. */
  readonly isGuess: boolean;
  /** Thousands separators or brackets were taken away. */
  readonly isConverted: boolean;
}

export interface NumberSummary {
  readonly reading: NumberReading;
  readonly numeric: number;
  readonly unusual: CellAt | null;
  readonly stats: Stats;
}

/** What a file says about its decimal sign beside the column in question. */
export interface FileHabits {
  readonly pointColumns: number;
  readonly commaColumns: number;
  readonly separator: string;
  /** The user’s word; null = found out. */
  readonly decimal: Decimal | null;
}

export class Stats {
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  isWhole = true;
  /** Every value is larger (smaller) than the one before. */
  rises = true;
  falls = true;
  #last = Number.NaN;

  add(value: number): void {
    if (Number.isNaN(value)) return;
    this.count++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (this.isWhole && !Number.isInteger(value)) this.isWhole = false;
    if (value <= this.#last) this.rises = false;
    if (value >= this.#last) this.falls = false;
    this.#last = value;
  }
}

/** Collects, cell by cell, how a column of numbers is written; decides only from all of them. */
export class NumberEvidence {
  present = 0;
  readonly #stats = { point: new Stats(), comma: new Stats() };
  readonly #only = { point: 0, comma: 0 };
  readonly #firstNot: Record<Decimal, CellAt | null> = { point: null, comma: null };
  #commaBeforeThree = 0;
  #percents = 0;
  #firstPercent: CellAt | null = null;
  #firstNoPercent: CellAt | null = null;
  #unusualNotation = false;
  readonly #currencies = new Map<string, { count: number; first: CellAt }>();

  add(text: string, line: number): void {
    this.present++;
    if (plainNumber.test(text)) {
      const value = Number(text);
      if (Number.isFinite(value)) {
        this.#addPlain(text, value, line);
        return;
      }
    }
    const cell = readNumber(text);
    const point = cell?.point ?? Number.NaN;
    const comma = cell?.comma ?? Number.NaN;
    this.#note(point, comma, text, line);
    if (cell === null) return;
    if (cell.isPercent) {
      this.#percents++;
      this.#firstPercent ??= { line, text };
    } else if (point !== 0) this.#firstNoPercent ??= { line, text };
    if (/\d[,'’\s]\d|\(/.test(text)) this.#unusualNotation = true;
    if (cell.currency !== '') {
      const known = this.#currencies.get(cell.currency);
      if (known === undefined)
        this.#currencies.set(cell.currency, { count: 1, first: { line, text } });
      else known.count++;
    }
  }

  #addPlain(text: string, value: number, line: number): void {
    if (value !== 0 && this.#firstNoPercent === null) this.#firstNoPercent = { line, text };
    if (!text.includes('.')) this.#note(value, value, text, line);
    else if (pointBeforeThree.test(text)) this.#note(value, value * 1000, text, line);
    else this.#note(value, Number.NaN, text, line);
  }

  #note(point: number, comma: number, text: string, line: number): void {
    const isPoint = !Number.isNaN(point);
    const isComma = !Number.isNaN(comma);
    if (isPoint) this.#stats.point.add(point);
    else this.#firstNot.point ??= { line, text };
    if (isComma) this.#stats.comma.add(comma);
    else this.#firstNot.comma ??= { line, text };
    if (isPoint && !isComma) this.#only.point++;
    else if (isComma && !isPoint) this.#only.comma++;
    // “1,234”: a thousand, or one and a bit.
    else if (isPoint && point > comma) this.#commaBeforeThree++;
    else if (isPoint && point < 0 && point < comma) this.#commaBeforeThree++;
  }

  /** The sign that some cells can only be read with, if it is one. */
  vote(): Decimal | null {
    const { point, comma } = this.#only;
    if (point === comma) return null;
    return point > comma ? 'point' : 'comma';
  }

  /** Null where no cell is a number. */
  decide(habits: FileHabits): NumberSummary | null {
    const decimal = habits.decimal ?? this.vote() ?? this.#usual(habits);
    const stats = this.#stats[decimal];
    if (stats.count === 0) return null;
    const isPercent = this.#percents * 2 > stats.count;
    const [currency = ['', null]] = [...this.#currencies].sort(([, a], [, b]) => b.count - a.count);
    const others = [...this.#currencies].filter(([name]) => name !== currency[0]);
    const strange = [
      this.#firstNot[decimal],
      this.#percents === 0 ? null : isPercent ? this.#firstNoPercent : this.#firstPercent,
      ...others.map(([, { first }]) => first),
    ].filter((cell) => cell !== null);
    strange.sort((a, b) => a.line - b.line);
    const odd =
      (isPercent ? 0 : this.#percents) + others.reduce((sum, [, { count }]) => sum + count, 0);
    return {
      reading: {
        decimal,
        isPercent,
        currency: currency[0],
        isGuess: habits.decimal === null && this.vote() === null && this.#isOpen(habits),
        isConverted: this.#unusualNotation,
      },
      numeric: stats.count - odd,
      unusual: strange[0] ?? null,
      stats,
    };
  }

  /** Both signs fit, with different numbers, and nothing else in the file tells either. */
  #isOpen({ pointColumns, commaColumns, separator }: FileHabits): boolean {
    const { point, comma } = this.#stats;
    if (point.sum === comma.sum) return false;
    if (pointColumns > 0 !== commaColumns > 0) return false;
    // Plain numbers between commas are what CSV means by numbers.
    return separator === ';' || this.#commaBeforeThree > 0;
  }

  /** No cell of the column decides: the other columns do, then what the separator goes with. */
  #usual({ pointColumns, commaColumns, separator }: FileHabits): Decimal {
    if (pointColumns !== commaColumns) return commaColumns > pointColumns ? 'comma' : 'point';
    return separator !== ',' && this.#commaBeforeThree > 0 ? 'comma' : 'point';
  }
}

/** A cell of such a column as a plain number; null where it is none. */
export function canonicalNumber(text: string, reading: NumberReading): string | null {
  if (!reading.isPercent && reading.decimal === 'point' && plainNumber.test(text)) {
    return Number.isFinite(Number(text)) ? text : null;
  }
  const cell = readNumber(text);
  const value = cell?.[reading.decimal] ?? Number.NaN;
  if (cell === null || Number.isNaN(value)) return null;
  if (cell.isPercent !== reading.isPercent && value !== 0) return null;
  if (cell.currency !== '' && cell.currency !== reading.currency) return null;
  // Through the text, so that 12.5 % is 0.125 and not its neighbour.
  return String(reading.isPercent ? Number(`${value}e-2`) || value / 100 : value);
}
