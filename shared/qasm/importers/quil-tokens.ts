import { ImportFault, maximumOperations } from './importer.ts';

/** A word, number or sign of Quil with its place in the text. */
export interface QuilToken {
  readonly kind: 'word' | 'number' | 'formal' | 'label' | 'string' | 'sign';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One instruction: the tokens of its line. `isInner`: indented, a line of a definition's body. */
export interface QuilLine {
  readonly tokens: readonly QuilToken[];
  readonly isInner: boolean;
  readonly start: number;
  readonly end: number;
}

const patterns: readonly (readonly [QuilToken['kind'], RegExp])[] = [
  ['number', /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?i?(?![A-Za-z_])/y],
  ['formal', /%[A-Za-z_][A-Za-z0-9_-]*/y],
  ['label', /@[A-Za-z_][A-Za-z0-9_-]*/y],
  ['string', /"(?:[^"\\\r\n]|\\.)*"/y],
  ['word', /[A-Za-z_](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9_]))*/y],
  ['sign', /\*\*|[()[\],:+\-*/^!]/y],
];

/** The instructions of a Quil program, one a line or apart by “;”. */
export function quilLines(text: string): readonly QuilLine[] {
  const lines: QuilLine[] = [];
  let at = 0;
  for (const raw of text.split(/\r\n|[\n\r]/)) {
    const isInner = /^(?:\t| {2,})/.test(raw);
    let tokens: QuilToken[] = [];
    const close = (): void => {
      const [first, last] = [tokens[0], tokens.at(-1)];
      if (first !== undefined && last !== undefined) {
        lines.push({ tokens, isInner, start: first.start, end: last.end });
      }
      tokens = [];
    };
    for (let column = 0; column < raw.length; ) {
      const letter = raw[column] as string;
      if (letter === '#') break;
      if (letter === ';') close();
      if (letter === ';' || /\s/.test(letter)) {
        column++;
        continue;
      }
      const token = tokenAt(raw, column, at);
      tokens.push(token);
      column = token.end - at;
    }
    close();
    if (lines.length > maximumOperations) {
      const message = `A program has at most ${maximumOperations} instructions.`;
      throw new ImportFault('semantic', 'program-too-large', message, { start: at, end: at + 1 });
    }
    at += raw.length + (text.startsWith('\r\n', at + raw.length) ? 2 : 1);
  }
  return lines;
}

function tokenAt(line: string, column: number, base: number): QuilToken {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = column;
    const text = pattern.exec(line)?.[0];
    if (text === undefined) continue;
    const start = base + column;
    return { kind, text, start, end: start + text.length };
  }
  const letter = String.fromCodePoint(line.codePointAt(column) ?? 63);
  const start = base + column;
  const place = { start, end: start + letter.length };
  throw new ImportFault('lexical', 'unknown-character', `Quil has no “${letter}” here.`, place);
}

/** Reads the tokens of one instruction from left to right. */
export class QuilCursor {
  readonly line: QuilLine;
  #at: number;

  constructor(line: QuilLine, skipped = 0) {
    this.line = line;
    this.#at = skipped;
  }

  get isOver(): boolean {
    return this.#at >= this.line.tokens.length;
  }

  peek(ahead = 0): QuilToken | undefined {
    return this.line.tokens[this.#at + ahead];
  }

  take(): QuilToken | undefined {
    return this.line.tokens[this.#at++];
  }

  takes(text: string): boolean {
    if (this.peek()?.text !== text) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.takes(text)) throw this.unexpected(`“${text}”`);
  }

  expectKind(kind: QuilToken['kind'], what: string): QuilToken {
    const token = this.peek();
    if (token?.kind !== kind) throw this.unexpected(what);
    this.#at++;
    return token;
  }

  expectEnd(): void {
    if (!this.isOver) throw this.unexpected('the end of the line');
  }

  unexpected(what: string): ImportFault {
    const token = this.peek();
    const came = token === undefined ? 'the line ends' : `“${token.text}” came`;
    const place = token ?? { start: this.line.end - 1, end: this.line.end };
    return new ImportFault('syntax', 'unexpected-token', `Expected ${what}, but ${came}.`, place);
  }
}
