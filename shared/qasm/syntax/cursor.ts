import type { Fix, Problem } from '../diagnostic.ts';
import { readToken, type Token, type TokenKind } from './tokens.ts';

const noProblems: readonly Problem[] = [];

/** Reads the token at or after an offset; the last argument is where its statement begins. */
export type TokenReader = (text: string, position: number, base: number) => Token;

/** Reads the tokens of one statement with lookahead and collects what is wrong with it. */
export class Cursor {
  readonly text: string;
  readonly #read: TokenReader;
  #base: number;
  #problems: Problem[] | null = null;
  #buffer: Token[] = [];
  #taken = 0;

  constructor(text: string, base: number, read: TokenReader = readToken) {
    this.text = text;
    this.#base = base;
    this.#read = read;
  }

  /** Absolute offset at which the statement, with its leading trivia, begins. */
  get base(): number {
    return this.#base;
  }

  /** Begins another statement; one cursor serves a whole file, because statements are many. */
  startAt(base: number): void {
    this.#base = base;
    this.#problems = null;
    this.#buffer.length = 0;
    this.#taken = 0;
  }

  /** What is wrong, in the order it was found. */
  get problems(): readonly Problem[] {
    return this.#problems ?? noProblems;
  }

  /** Made on first use: nearly every statement is sound, and there are many. */
  #list(): Problem[] {
    this.#problems ??= [];
    return this.#problems;
  }

  peek(ahead = 0): Token {
    while (this.#buffer.length <= this.#taken + ahead) {
      const last = this.#buffer.at(-1);
      this.#buffer.push(this.#read(this.text, this.#base + (last?.end ?? 0), this.#base));
    }
    return this.#buffer[this.#taken + ahead] as Token;
  }

  take(): Token {
    const token = this.peek();
    if (token.problems !== null) this.#list().push(...token.problems);
    this.#taken++;
    return token;
  }

  /** Takes a token in a stretch that is given up: one error was reported, its parts are no news. */
  skip(): void {
    const isReported = this.#problems?.some(({ severity }) => severity === 'error') === true;
    if (isReported) this.#taken++;
    else this.take();
  }

  /** Takes everything from the next token up to the offset as one piece that is not read. */
  takeRaw(end: number): Token {
    const { start } = this.peek();
    const text = this.text.slice(this.#base + start, this.#base + end);
    this.#buffer.length = this.#taken;
    this.#buffer.push({ kind: 'raw', start, end, text, problems: null });
    return this.take();
  }

  takeIf(kind: TokenKind): Token | null {
    return this.peek().kind === kind ? this.take() : null;
  }

  isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === 'identifier' && token.text === word;
  }

  /** End of the last token that was taken. */
  get end(): number {
    return this.#buffer[this.#taken - 1]?.end ?? 0;
  }

  /** Past the last character that was looked at; a number looks at three more (“1e+5”). */
  get reach(): number {
    return (this.#buffer.at(-1)?.end ?? 0) + 3;
  }

  /** True where a newline stands between the last taken token and the next one. */
  get isAtLineStart(): boolean {
    const next = this.peek();
    for (let i = this.#base + this.end; i < this.#base + next.start; i++) {
      const code = this.text.charCodeAt(i);
      if (code === 10 || code === 13) return true;
    }
    return false;
  }

  report(
    phase: Problem['phase'],
    code: string,
    message: string,
    place: { readonly start: number; readonly end: number },
    fix?: Fix,
    severity: Problem['severity'] = 'error',
  ): void {
    this.#list().push({
      severity,
      phase,
      code,
      message,
      start: place.start,
      end: place.end,
      ...(fix === undefined ? {} : { fix }),
    });
  }

  /** Takes the token or reports what came instead; an unknown character already says so itself. */
  expect(kind: TokenKind, what: string): Token | null {
    const token = this.peek();
    if (token.kind === kind) return this.take();
    this.reportUnexpected(what);
    return null;
  }

  reportUnexpected(what: string): void {
    const token = this.peek();
    if (token.kind === 'unknown') return;
    const atLineEnd = token.kind === 'end' || this.isAtLineStart;
    const place = atLineEnd && this.end > 0 ? { start: this.end - 1, end: this.end } : token;
    const came = token.kind === 'end' ? 'the file ends' : `“${shorten(token.text)}” came`;
    this.report('syntax', 'unexpected-token', `Expected ${what}, but ${came}.`, place);
  }
}

export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
