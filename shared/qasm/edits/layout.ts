import type { TextEdit } from '../diagnostic.ts';

/** A stretch [start, end) of the text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How a file is laid out, and where whole statements go in and out of it. */
export class Layout {
  readonly #text: string;
  readonly newline: string;
  /** What stands between operands in this file. */
  readonly separator: string;

  constructor(text: string) {
    this.#text = text;
    this.newline = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    this.separator = /\],\S/.test(text) && !/\],[ \t]/.test(text) ? ',' : ', ';
  }

  slice({ start, end }: Range): string {
    return this.#text.slice(start, end);
  }

  /** Statements after the one that ends at `end`: on lines of their own, unless others share its line. */
  insertAfter(statement: Range, statements: readonly string[]): TextEdit {
    const lineEnd = this.#lineEndAt(statement.end);
    const rest = this.#text.slice(statement.end, lineEnd);
    if (/^[ \t]*(\/\/.*)?$/.test(rest)) {
      const lead = this.newline + this.#indentAt(statement.start);
      return insertion(lineEnd, statements.map((one) => lead + one).join(''));
    }
    return insertion(statement.end, statements.map((one) => ` ${one}`).join(''));
  }

  insertBefore(statement: Range, statements: readonly string[]): TextEdit {
    const lead = this.separatorAt(statement);
    return insertion(statement.start, statements.map((one) => one + lead).join(''));
  }

  /** At the very top of a file that has no statement. */
  insertAtEnd(statements: readonly string[]): TextEdit {
    const { length } = this.#text;
    const isFresh = length === 0 || this.#isNewline(length - 1);
    const lead = isFresh ? '' : this.newline;
    return insertion(length, lead + statements.map((one) => one + this.newline).join(''));
  }

  /** What stands between statements that take the place of this one. */
  separatorAt(statement: Range): string {
    const isFirst = this.#isBlank(this.#lineStartAt(statement.start), statement.start);
    return isFirst ? this.newline + this.#indentAt(statement.start) : ' ';
  }

  /** Takes statements out, with their lines where nothing else stands there. */
  removals(statements: readonly Range[]): TextEdit[] {
    const runs: { start: number; end: number }[] = [];
    for (const { start, end } of statements.toSorted((a, b) => a.start - b.start)) {
      const last = runs.at(-1);
      if (last !== undefined && this.#isBlank(last.end, start)) last.end = end;
      else runs.push({ start, end });
    }
    return runs.map((run) => this.#removal(run));
  }

  #removal(run: Range): TextEdit {
    const lineStart = this.#lineStartAt(run.start);
    const lineEnd = this.#lineEndAt(run.end);
    const isFirst = this.#isBlank(lineStart, run.start);
    if (isFirst && this.#isBlank(run.end, lineEnd)) {
      return { start: lineStart, end: this.#afterNewline(lineEnd), text: '' };
    }
    let { start, end } = run;
    if (isFirst) while (this.#isBlank(end, end + 1) && end < lineEnd) end++;
    else while (this.#isBlank(start - 1, start)) start--;
    return { start, end, text: '' };
  }

  #isBlank(start: number, end: number): boolean {
    for (let i = start; i < end; i++) {
      const code = this.#text.charCodeAt(i);
      if (code !== 32 && code !== 9) return false;
    }
    return true;
  }

  #isNewline(offset: number): boolean {
    const code = this.#text.charCodeAt(offset);
    return code === 10 || code === 13;
  }

  #lineStartAt(offset: number): number {
    let start = offset;
    while (start > 0 && !this.#isNewline(start - 1)) start--;
    return start;
  }

  #lineEndAt(offset: number): number {
    let end = offset;
    while (end < this.#text.length && !this.#isNewline(end)) end++;
    return end;
  }

  #afterNewline(lineEnd: number): number {
    if (this.#text.startsWith('\r\n', lineEnd)) return lineEnd + 2;
    return Math.min(lineEnd + 1, this.#text.length);
  }

  #indentAt(offset: number): string {
    const start = this.#lineStartAt(offset);
    return /^[ \t]*/.exec(this.#text.slice(start, offset))?.[0] ?? '';
  }
}

function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}
