import { AppError } from '../../base/errors.ts';

/** A line of a text with its number from 1, and its words. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly words: readonly string[];
}

/** Lines that are not empty and no comment. */
export function linesOf(text: string, isComment: (line: string) => boolean): Line[] {
  return text.split(/\r\n|\r|\n/).flatMap((raw, k) => {
    const line = raw.trim();
    if (line === '' || isComment(line)) return [];
    return [{ number: k + 1, text: line, words: line.split(/\s+/) }];
  });
}

/** A word of a line as a number. */
export function numberAt(line: Line, k: number, what: string): number {
  const word = line.words[k];
  const value = Number(word);
  if (word === undefined || !Number.isFinite(value)) {
    throw badLine(
      line,
      `expected ${what} at word ${k + 1}, got ${word === undefined ? 'the end of the line' : `“${word}”`}`,
    );
  }
  return value;
}

/** A word of a line as a whole number within bounds. */
export function indexIn(
  line: Line,
  k: number,
  what: string,
  [low, high]: readonly [number, number],
): number {
  const value = numberAt(line, k, what);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw badLine(
    line,
    `expected ${what} from ${low} to ${high} at word ${k + 1}, got ${line.words[k]}`,
  );
}

export function badLine({ number, text }: Line, message: string): AppError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new AppError('bad-input', `Line ${number}: ${message} (“${shown}”).`, {
    path: 'problem.text',
    line: number,
  });
}
