import type { ParsedDocument, TextEdit } from '../document.ts';
import { tokensOf } from '../syntax/nodes.ts';
import { formatDocument3 } from './format3.ts';
import type { Token, TokenKind } from '../syntax/tokens.ts';

/**
 * Edits that give the text one layout: a statement a line, bodies indented, blanks as the printer
 * sets them. Comments stay, blank lines too (one at a time). Broken statements are left alone.
 */
export function formatDocument(document: ParsedDocument): readonly TextEdit[] {
  return document.language === 3 ? formatDocument3(document) : new Formatter(document).run();
}

class Formatter {
  readonly #document: ParsedDocument;
  readonly #newline: string;
  readonly #edits: TextEdit[] = [];
  #depth = 0;
  #before: Token | null = null;
  /** The token before the last one, which tells a sign from an operator. */
  #beforeThat: Token | null = null;
  #end = 0;

  constructor(document: ParsedDocument) {
    this.#document = document;
    this.#newline = document.text.includes('\r\n') ? '\r\n' : '\n';
  }

  run(): readonly TextEdit[] {
    const { tree } = this.#document;
    tree.statements.forEach(({ syntax }, i) => {
      const base = tree.starts[i] as number;
      const tokens = tokensOf(tree, i);
      tokens.forEach((token, k) => {
        const isInside = k > 0 && syntax.kind === 'broken';
        if (!isInside) this.#gap(base + token.start, token);
        this.#take(token, base);
      });
    });
    return this.#edits;
  }

  #take(token: Token, base: number): void {
    if (token.kind === '{') this.#depth++;
    if (token.kind === '}') this.#depth = Math.max(0, this.#depth - 1);
    this.#beforeThat = this.#before;
    this.#before = token;
    this.#end = base + token.end;
  }

  #gap(start: number, next: Token): void {
    const old = this.#document.text.slice(this.#end, start);
    const fresh = old.includes('/') ? this.#withComments(old, next) : this.#plain(old, next);
    if (fresh !== old) this.#edits.push({ start: this.#end, end: start, text: fresh });
  }

  /** True where the next token begins a line. */
  #beginsLine(next: Token): boolean {
    const kind = this.#before?.kind;
    if (kind === '{' && next.kind === '}') return false;
    return kind === ';' || kind === '{' || kind === '}' || next.kind === '}';
  }

  #indent(next: Token): string {
    return '  '.repeat(next.kind === '}' ? Math.max(0, this.#depth - 1) : this.#depth);
  }

  #plain(old: string, next: Token): string {
    if (this.#before === null) return '';
    if (next.kind === 'end') return this.#newline;
    if (!this.#beginsLine(next)) return this.#blankBefore(next) ? ' ' : '';
    const newlines = (old.match(/\r\n|\n|\r/g) ?? []).length;
    const lines = newlines > 1 && this.#before.kind !== '{' && next.kind !== '}' ? 2 : 1;
    return this.#newline.repeat(lines) + this.#indent(next);
  }

  /** Comments keep their words and their side of the line break; blanks around them are set anew. */
  #withComments(old: string, next: Token): string {
    const beginsLine = this.#before === null || this.#beginsLine(next) || next.kind === 'end';
    const indent = next.kind === '}' ? '  '.repeat(this.#depth) : this.#indent(next);
    const deeper = beginsLine ? indent : `${indent}  `;
    let text = '';
    let blankLines = 0;
    old.split(/\r\n|\n|\r/).forEach((line, i) => {
      const comment = line.trim();
      if (comment === '') {
        blankLines += i === 0 ? 0 : 1;
        return;
      }
      if (i === 0) text += this.#before === null ? comment : ` ${comment}`;
      else {
        const lead = text === '' && this.#before === null ? '' : this.#newline;
        text += (blankLines > 0 && lead !== '' ? this.#newline : '') + lead + deeper + comment;
      }
      blankLines = 0;
    });
    if (next.kind === 'end') return text + this.#newline;
    // The trivia's last, comment-free line is the one the token itself stands on.
    const gap = blankLines > 1 && beginsLine ? this.#newline : '';
    return text + gap + this.#newline + (beginsLine ? this.#indent(next) : deeper);
  }

  #blankBefore(next: Token): boolean {
    const before = this.#before as Token;
    switch (next.kind) {
      case ';':
      case ',':
      case ')':
      case ']':
      case '[':
        return false;
      case '(':
        return before.text === 'if' || isOperator(before.kind);
      case '->':
      case '{':
      case '}':
        return true;
      case '==':
      case '*':
      case '/':
      case '^':
      case '**':
        return false;
      case '+':
      case '-':
        return !this.#isSign(before, next) || this.#blankBeforeWord(before);
      default:
        return this.#blankBeforeWord(before);
    }
  }

  #blankBeforeWord(before: Token): boolean {
    switch (before.kind) {
      case '(':
      case '[':
      case '==':
      case '*':
      case '/':
      case '^':
      case '**':
        return false;
      case '+':
      case '-':
        return !this.#isSign(this.#beforeThat, before);
      default:
        return true;
    }
  }

  /** True where + or - is a sign: nothing that could be an operand stands before it. */
  #isSign(previous: Token | null, sign: Token): boolean {
    if (previous === null) return true;
    const isOperand =
      previous.kind === 'identifier' ||
      previous.kind === 'integer' ||
      previous.kind === 'real' ||
      previous.kind === ')';
    return !isOperand && (sign.kind === '-' || sign.kind === '+');
  }
}

function isOperator(kind: TokenKind): boolean {
  return kind === '+' || kind === '-' || kind === ',' || kind === '->';
}
