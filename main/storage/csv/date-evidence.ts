import { bareName, type DateFormat, dateFormats } from './date-cell.ts';

export type Order = 'ascending' | 'descending' | 'none';

export interface DateReading {
  readonly format: DateFormat;
  /** Day and month could be the other way round in every cell. */
  readonly isGuess: boolean;
  readonly order: Order;
  readonly hasRepeats: boolean;
}

interface Candidate {
  readonly format: DateFormat;
  last: string;
  rises: boolean;
  falls: boolean;
  repeats: boolean;
  /** More than one date: a column of one number over and over is no column of dates. */
  varies: boolean;
}

/** Collects, cell by cell, in which ways a column can be read as dates: in each that fits all cells. */
export class DateEvidence {
  #alive: Candidate[];
  #seen = 0;
  /** Points between day and month are written where the day is first. */
  #hasPoints = false;

  constructor(header: string) {
    const name = bareName(header);
    this.#alive = dateFormats
      .filter((format) => format.header === null || format.header.test(name))
      .map((format) => {
        return { format, last: '', rises: true, falls: true, repeats: false, varies: false };
      });
  }

  get isOpen(): boolean {
    return this.#alive.length > 0;
  }

  add(text: string): void {
    this.#seen++;
    if (this.#seen === 1) this.#hasPoints = /^\d+\./.test(text);
    let lost = false;
    for (const one of this.#alive) {
      const key = one.format.key(text);
      if (key === null) {
        one.last = '\0';
        lost = true;
        continue;
      }
      if (one.last !== '') {
        if (key < one.last) one.rises = false;
        else if (key > one.last) one.falls = false;
        else one.repeats = true;
        if (key !== one.last) one.varies = true;
      }
      one.last = key;
    }
    if (lost) this.#alive = this.#alive.filter(({ last }) => last !== '\0');
  }

  /** Null where the cells are no dates; `dayFirst` is the user’s word. */
  decide(isEuropean: boolean, dayFirst: boolean | null): DateReading | null {
    if (this.#seen === 0) return null;
    const alive = this.#alive.filter(
      ({ format, varies }) => format.id !== 'compact' || varies || this.#seen < 3,
    );
    const [first] = alive;
    if (first === undefined) return null;
    const day = alive.find(({ format }) => format.id === 'day-first');
    const month = alive.find(({ format }) => format.id === 'month-first');
    if (day === undefined || month === undefined || first !== day) return readingOf(first, false);
    if (this.#hasPoints && dayFirst === null) return readingOf(day, false);
    if (dayFirst !== null) return readingOf(dayFirst ? day : month, false);
    // Both fit every cell: the one in which the rows are in order is right.
    const inOrder = (one: Candidate): boolean => this.#seen > 2 && (one.rises || one.falls);
    if (inOrder(day) !== inOrder(month)) return readingOf(inOrder(day) ? day : month, false);
    return readingOf(isEuropean ? day : month, true);
  }
}

function readingOf(one: Candidate, isGuess: boolean): DateReading {
  const order = one.rises === one.falls ? 'none' : one.rises ? 'ascending' : 'descending';
  return { format: one.format, isGuess, order, hasRepeats: one.repeats };
}
