import type { CellAt, ColumnFacts } from '#shared/data/table.ts';
import { type Column, distinctLimit } from '#shared/data/data-set.ts';
import { bareName, isDateName, isIndexName } from './date-cell.ts';
import { DateEvidence, type DateReading } from './date-evidence.ts';
import { missingIn } from './missing.ts';
import {
  canonicalNumber,
  type FileHabits,
  NumberEvidence,
  type NumberReading,
  type NumberSummary,
  type Stats,
} from './number-evidence.ts';

/** Text with at most this many different values is a category. */
const categoryLimit = 50;
/** A column with a few slips is still a numeric one; its first slip is told. */
const numericShare = 0.9;

/** What the user says about a column against what would be found out. */
export interface ColumnWishes {
  readonly isDate: boolean | null;
  readonly dayFirst: boolean | null;
}

export interface ColumnResult {
  readonly column: Column;
  readonly facts: ColumnFacts;
  readonly number: NumberReading | null;
  readonly date: DateReading | null;
  /** The cell as a table holds it. */
  readonly canonical: (text: string) => string;
}

/** Looks at every cell of a column once and says at the end what it holds. */
export class ColumnScan {
  readonly name: string;
  readonly numbers = new NumberEvidence();
  readonly #dates: DateEvidence;
  readonly #wishes: ColumnWishes;
  readonly #distinct = new Set<string>();
  #missing = 0;
  #missingAmongNumbers = 0;
  #firstMissing: CellAt | null = null;
  #firstAmongNumbers: CellAt | null = null;
  #firstWord: CellAt | null = null;

  constructor(name: string, wishes: ColumnWishes) {
    this.name = name;
    this.#wishes = wishes;
    this.#dates = new DateEvidence(wishes.isDate === true ? 'date' : name);
  }

  get isEmpty(): boolean {
    return this.numbers.present + this.#missingAmongNumbers === 0;
  }

  add(raw: string, line: number): void {
    const text = raw.trim();
    const missing = missingIn(text);
    if (missing === 'always') {
      this.#missing++;
      this.#firstMissing ??= { line, text };
      return;
    }
    if (this.#distinct.size < distinctLimit) this.#distinct.add(text);
    if (missing === 'among-numbers') {
      this.#missingAmongNumbers++;
      this.#firstAmongNumbers ??= { line, text };
      return;
    }
    this.#firstWord ??= { line, text };
    this.numbers.add(text, line);
    if (this.#dates.isOpen) this.#dates.add(text);
  }

  result(habits: FileHabits): ColumnResult {
    const isEuropean = habits.commaColumns > habits.pointColumns || habits.separator === ';';
    const date =
      this.#wishes.isDate === false ? null : this.#dates.decide(isEuropean, this.#wishes.dayFirst);
    if (date !== null) return this.#asDate(date);
    const summary = this.numbers.decide(habits);
    if (summary !== null && summary.numeric >= numericShare * this.numbers.present) {
      return this.#asNumber(summary);
    }
    return this.#asWords(summary);
  }

  #asDate(date: DateReading): ColumnResult {
    const { format } = date;
    return {
      column: { ...this.#common(true), type: 'date', min: null, max: null, mean: null },
      facts: { kind: 'date', ...this.#gaps(true), unusual: null },
      number: null,
      date,
      canonical: (raw) => {
        const text = raw.trim();
        return missingIn(text) === 'no' ? (format.key(text) ?? text) : '';
      },
    };
  }

  #asNumber({ reading, stats, unusual }: NumberSummary): ColumnResult {
    const scale = reading.isPercent ? 0.01 : 1;
    const isIndex = this.#wishes.isDate !== false && this.#isIndex(stats);
    const numberType = stats.isWhole && !reading.isPercent ? 'integer' : 'number';
    return {
      column: {
        ...this.#common(true),
        type: isIndex ? 'index' : numberType,
        min: stats.min * scale,
        max: stats.max * scale,
        mean: (stats.sum / stats.count) * scale,
      },
      facts: { kind: isIndex ? 'index' : 'number', ...this.#gaps(true), unusual },
      number: reading,
      date: null,
      canonical: (raw) => {
        const text = raw.trim();
        return missingIn(text) === 'no' ? (canonicalNumber(text, reading) ?? text) : '';
      },
    };
  }

  #isIndex(stats: Stats): boolean {
    if (isDateName(this.name) || this.#wishes.isDate === true) return true;
    if (!isIndexName(this.name) && bareName(this.name) !== '') return false;
    return stats.isWhole && (stats.rises || stats.falls);
  }

  #asWords(summary: NumberSummary | null): ColumnResult {
    const present = this.numbers.present + this.#missingAmongNumbers;
    const isEmpty = present === 0;
    const isCategory = !isEmpty && this.#distinct.size <= Math.min(categoryLimit, present / 2);
    return {
      column: {
        ...this.#common(false),
        type: isCategory ? 'category' : 'text',
        min: null,
        max: null,
        mean: null,
      },
      facts: {
        kind: isEmpty ? 'empty' : 'words',
        ...this.#gaps(false),
        unusual: summary?.unusual ?? this.#firstWord ?? this.#firstAmongNumbers,
      },
      number: null,
      date: null,
      canonical: (raw) => {
        const text = raw.trim();
        return missingIn(text) === 'always' ? '' : text;
      },
    };
  }

  #common(isNumeric: boolean): Pick<Column, 'name' | 'missing' | 'distinct'> {
    return {
      name: this.name,
      missing: this.#gaps(isNumeric).missing,
      distinct: this.#distinct.size,
    };
  }

  #gaps(isNumeric: boolean): Pick<ColumnFacts, 'missing' | 'firstMissing'> {
    if (!isNumeric) return { missing: this.#missing, firstMissing: this.#firstMissing };
    const both = [this.#firstMissing, this.#firstAmongNumbers].filter((cell) => cell !== null);
    both.sort((a, b) => a.line - b.line);
    return { missing: this.#missing + this.#missingAmongNumbers, firstMissing: both[0] ?? null };
  }
}
