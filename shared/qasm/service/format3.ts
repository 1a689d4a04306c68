import type { ParsedDocument, TextEdit } from '../document.ts';
import { type StatementSyntax, tokensOf } from '../syntax/nodes.ts';
import type { Token, TokenKind } from '../syntax/tokens.ts';
import type { Statement3 } from '../syntax3/nodes.ts';
import { bodiesOf } from '../syntax3/bodies.ts';

/** One layout for an OpenQASM 3 program; what is carried through unread stays as it stands. */
export function formatDocument3(document: ParsedDocument): readonly TextEdit[] {
  return new Formatter3(document).run();
}

const wordsBeforeParenthesis: ReadonlySet<string> = new Set(
  'if while switch for in return case else'.split(' '),
);
const spacedOperators: ReadonlySet<TokenKind> = new Set<TokenKind>(
  '= == != < > <= >= && || | & ^ << >> ++ @ -> += -= *= /= &= |= ~= ^= <<= >>= %= **='.split(
    ' ',
  ) as TokenKind[],
);
const tightOperators: ReadonlySet<TokenKind> = new Set<TokenKind>(['*', '/', '%', '**', '.']);

class Formatter3 {
  readonly #document: ParsedDocument;
  readonly #newline: string;
  readonly #edits: TextEdit[] = [];
  /** Open braces: blocks indent, sets do not. */
  readonly #braces: ('block' | 'set')[] = [];
  #before: Token | null = null;
  #beforeThat: Token | null = null;
  /** What the last closing brace closed. */
  #closed: 'block' | 'set' = 'block';
  #end = 0;
  /** Open parentheses: a brace inside belongs to `durationof`, which stays as it is. */
  #parentheses = 0;

  constructor(document: ParsedDocument) {
    this.#document = document;
    this.#newline = document.text.includes('\r\n') ? '\r\n' : '\n';
  }

  run(): readonly TextEdit[] {
    const { tree } = this.#document;
    tree.statements.forEach(({ syntax }, i) => {
      const base = tree.starts[i] as number;
      const raw = rawStretches(syntax);
      let inside: { readonly end: number } | undefined;
      tokensOf(tree, i).forEach((token) => {
        // Behind a pragma or an annotation a line ends as behind a “;”.
        if (inside !== undefined && token.start >= inside.end && this.#before !== null) {
          this.#before = { ...this.#before, kind: ';' };
        }
        const stretch = raw.find(({ start, end }) => start <= token.start && token.start < end);
        const isUnread = stretch !== undefined && stretch.start < token.start;
        if (!isUnread) this.#gap(base + token.start, token);
        this.#take(token, base, isUnread);
        inside = stretch;
      });
      if (inside !== undefined && this.#before !== null) {
        this.#before = { ...this.#before, kind: ';' };
      }
    });
    return this.#edits;
  }

  #take(token: Token, base: number, isUnread: boolean): void {
    this.#beforeThat = this.#before;
    this.#before = token;
    this.#end = base + token.end;
    if (isUnread) return;
    if (token.kind === '(') this.#parentheses++;
    if (token.kind === ')') this.#parentheses = Math.max(0, this.#parentheses - 1);
    if (token.kind === '{') this.#braces.push(this.#opens(this.#beforeThat));
    if (token.kind === '}') this.#closed = this.#braces.pop() ?? 'block';
  }

  /** A brace behind a value, a name or a word opens a block, elsewhere a set. */
  #opens(before: Token | null): 'block' | 'set' {
    if (this.#parentheses > 0 || this.#braces.at(-1) === 'set') return 'set';
    if (before === null) return 'block';
    if (before.kind === 'identifier') return before.text === 'in' ? 'set' : 'block';
    const isValue = [')', ']', '}', ';', '{', 'integer', 'hardware', 'bits', 'string', 'real'];
    return isValue.includes(before.kind) ? 'block' : 'set';
  }

  #gap(start: number, next: Token): void {
    const old = this.#document.text.slice(this.#end, start);
    const fresh = /\/[/*]/.test(old) ? this.#withComments(old, next) : this.#plain(old, next);
    if (fresh !== old) this.#edits.push({ start: this.#end, end: start, text: fresh });
  }

  #depth(next: Token): number {
    const blocks = this.#braces.filter((kind) => kind === 'block').length;
    return next.kind === '}' && this.#braces.at(-1) === 'block' ? blocks - 1 : blocks;
  }

  #indent(next: Token): string {
    return '  '.repeat(this.#depth(next));
  }

  /** True where the next token begins a line. */
  #beginsLine(next: Token): boolean {
    const kind = this.#before?.kind;
    if (this.#braces.at(-1) === 'set') return false;
    if (kind === '{') return next.kind !== '}';
    if (kind === '}') {
      return this.#closed === 'block' ? next.text !== 'else' : next.kind === '}';
    }
    return kind === ';' || next.kind === '}';
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
    const isEnd = next.kind === 'end';
    const beginsLine = this.#before === null || this.#beginsLine(next) || isEnd;
    const blocks = this.#braces.filter((kind) => kind === 'block').length;
    const indent = next.kind === '}' ? '  '.repeat(blocks) : this.#indent(next);
    const deeper = beginsLine ? indent : `${indent}  `;
    let text = '';
    let blankLines = 0;
    let isInComment = false;
    const lines = old.split(/\r\n|\n|\r/);
    lines.forEach((line, i) => {
      // Lines inside a comment of several lines stay as they are.
      if (isInComment) {
        text += this.#newline + line.trimEnd();
        isInComment = !line.includes('*/');
        return;
      }
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
      isInComment = opensComment(comment);
      blankLines = 0;
    });
    if (isEnd) return text + this.#newline;
    const isInline = lines.length === 1;
    if (isInline) return beginsLine ? text + this.#newline + this.#indent(next) : `${text} `;
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
      case ':':
        return false;
      case '[':
        return before.kind === 'identifier' && before.text === 'in';
      case '(':
        if (before.kind === 'identifier') return wordsBeforeParenthesis.has(before.text);
        // A cast such as int[8](x) holds together.
        return before.kind !== ']' && this.#blankBehind(before);
      case '{':
        return this.#opens(before) === 'block' || this.#blankBehind(before);
      case '}':
        return this.#braces.at(-1) === 'block';
      case '+':
        return true;
      case '-':
      case '!':
      case '~':
        return this.#isSign(before) ? this.#blankBehind(before) : true;
      default:
        if (tightOperators.has(next.kind)) return false;
        if (spacedOperators.has(next.kind)) return true;
        return this.#blankBehind(before);
    }
  }

  /** Whether a value behind the token stands apart from it. */
  #blankBehind(before: Token): boolean {
    switch (before.kind) {
      case '(':
      case '[':
      case ':':
        return false;
      case '{':
        return this.#braces.at(-1) === 'block';
      case '!':
      case '~':
        return false;
      case '+':
      case '-':
        return !this.#isSign(this.#beforeThat);
      default:
        return !tightOperators.has(before.kind);
    }
  }

  /** True where + or - behind this token is a sign: the token is no operand. */
  #isSign(previous: Token | null): boolean {
    if (previous === null) return true;
    if (previous.kind === 'identifier') return /^(?:return|in|case)$/.test(previous.text);
    return !/^(?:integer|real|bits|duration|imaginary|hardware|string|[)\]}])$/.test(previous.kind);
  }
}

function opensComment(line: string): boolean {
  const open = line.lastIndexOf('/*');
  return open >= 0 && !line.includes('*/', open + 2) && !/^\s*\/\//.test(line);
}

/** Stretches of a statement whose layout has a meaning or is not known. */
function rawStretches(syntax: StatementSyntax): readonly { start: number; end: number }[] {
  if (syntax.kind === 'broken') return [{ start: syntax.start, end: syntax.end }];
  return syntax.kind === 'modern' ? rawIn(syntax.statement) : [];
}

function rawIn(statement: Statement3): readonly { start: number; end: number }[] {
  const own = (statement.annotations ?? []).map(({ start, end }) => ({ start, end }));
  switch (statement.kind) {
    case 'pragma':
    case 'cal':
    case 'defcal':
    case 'broken':
      return [...own, { start: statement.start, end: statement.end }];
    default:
      return [...own, ...bodiesOf(statement).flatMap((body) => body.flatMap(rawIn))];
  }
}
