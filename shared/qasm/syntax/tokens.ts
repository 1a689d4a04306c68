import type { Problem } from '../diagnostic.ts';

export type Punctuation =
  | ';'
  | ','
  | '('
  | ')'
  | '['
  | ']'
  | '{'
  | '}'
  | '->'
  | '=='
  | '='
  | '+'
  | '-'
  | '*'
  | '/'
  | '^'
  | '**';

/** What OpenQASM 3 adds to the punctuation. */
export type Punctuation3 =
  | ':'
  | '.'
  | '@'
  | '++'
  | '%'
  | '|'
  | '||'
  | '&'
  | '&&'
  | '~'
  | '!'
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '<<'
  | '>>'
  | '+='
  | '-='
  | '*='
  | '/='
  | '&='
  | '|='
  | '~='
  | '^='
  | '<<='
  | '>>='
  | '%='
  | '**=';

/** Keywords are identifiers here: which words are reserved depends on the language version. */
export type TokenKind =
  | Punctuation
  | 'identifier'
  | 'integer'
  | 'real'
  | 'string'
  | 'unknown'
  | 'end'
  | Punctuation3
  // Kinds of OpenQASM 3 alone; `raw` is a line or a block that is carried through unread.
  | 'bits'
  | 'duration'
  | 'imaginary'
  | 'hardware'
  | 'raw';

/**
 * A piece of source. Offsets count from the start of the statement it belongs to, so that a
 * statement stays valid when text before it changes. What lies between two tokens is trivia.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What is wrong with the token itself or with the trivia before it. */
  readonly problems: readonly Problem[] | null;
}

const wordPattern = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Nd}_]*/uy;
const letterPattern = /[\p{L}\p{Nl}]/uy;
const numberPattern = /(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?/y;
const numberTailPattern = /[\p{L}\p{Nd}_.]+/uy;

/** Whether an integer of OpenQASM 2 is well-formed; the lexer has reported those that are not, such as 3in. */
export function isWholeNumber(token: Token): boolean {
  return /^[0-9]+$/.test(token.text);
}

/** Reads the token at or after `position`; `base` is the absolute offset of its statement. */
export function readToken(text: string, position: number, base: number): Token {
  const plain = readPlainToken(text, position, base);
  if (plain !== null) return plain;
  const problems: Problem[] = [];
  const start = skipTrivia(text, position, base, problems);
  if (start >= text.length) return tokenOf('end', text, text.length, text.length, base, problems);
  const code = text.charCodeAt(start);
  if (isWordStart(code) || isForeignLetter(text, start))
    return readWord(text, start, base, problems);
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(start + 1)))) {
    return readNumber(text, start, base, problems);
  }
  if (code === 34 || code === 39) return readString(text, start, base, problems);
  const kind = punctuationAt(text, start, code);
  if (kind !== null) return tokenOf(kind, text, start, start + kind.length, base, problems);
  return readUnknown(text, start, base, problems);
}

/** The common tokens after blanks and line comments, in one pass; null where more care is needed. */
function readPlainToken(text: string, position: number, base: number): Token | null {
  let start = position;
  let code = text.charCodeAt(start);
  while (code === 32 || code === 10 || code === 13) code = text.charCodeAt(++start);
  if (code === 47) return null;
  const kind = punctuationAt(text, start, code);
  if (kind !== null) {
    const end = start + kind.length - base;
    return { kind, start: start - base, end, text: kind, problems: null };
  }
  const isWord = isWordStart(code);
  const isZero = code === 48;
  if (!isWord && !isDigit(code)) return null;
  let end = start + 1;
  code = text.charCodeAt(end);
  while (isWord ? isWordPart(code) : isDigit(code)) code = text.charCodeAt(++end);
  // A point, a letter or a leading zero makes it something else.
  if (code === 46 || code > 127 || (!isWord && isWordPart(code))) return null;
  if (isZero && end - start > 1) return null;
  return {
    kind: isWord ? 'identifier' : 'integer',
    start: start - base,
    end: end - base,
    text: text.slice(start, end),
    problems: null,
  };
}

function tokenOf(
  kind: TokenKind,
  text: string,
  start: number,
  end: number,
  base: number,
  problems: readonly Problem[],
): Token {
  const isFixed = kind.length <= 2;
  return {
    kind,
    start: start - base,
    end: end - base,
    text: isFixed ? kind : text.slice(start, end),
    problems: problems.length === 0 ? null : problems,
  };
}

function skipTrivia(text: string, from: number, base: number, problems: Problem[]): number {
  let i = from;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0) {
      i++;
    } else if (code === 47 && text.charCodeAt(i + 1) === 47) {
      i += 2;
      while (i < text.length && !isNewline(text.charCodeAt(i))) i++;
    } else if (code === 47 && text.charCodeAt(i + 1) === 42) {
      i = skipBlockComment(text, i, base, problems);
    } else {
      return i;
    }
  }
}

function skipBlockComment(text: string, start: number, base: number, problems: Problem[]): number {
  const close = text.indexOf('*/', start + 2);
  const end = close < 0 ? text.length : close + 2;
  problems.push(
    close < 0
      ? {
          severity: 'error',
          phase: 'lexical',
          code: 'unterminated-comment',
          message: 'This comment never ends. Close it with “*/”.',
          start: start - base,
          end: start + 2 - base,
          fix: {
            title: 'Close the comment',
            edits: [{ start: end - base, end: end - base, text: ' */' }],
          },
        }
      : {
          severity: 'strict',
          phase: 'lexical',
          code: 'block-comment',
          message: 'OpenQASM 2 has line comments only. Write “//” at the start of each line.',
          start: start - base,
          end: end - base,
        },
  );
  return end;
}

function readWord(text: string, start: number, base: number, problems: Problem[]): Token {
  let end = start + 1;
  while (isWordPart(text.charCodeAt(end))) end++;
  if (text.charCodeAt(start) > 127 || text.charCodeAt(end) > 127) {
    wordPattern.lastIndex = start;
    const match = wordPattern.exec(text);
    const name = match?.[0] ?? text.slice(start, end);
    end = start + name.length;
    if (hasNonAscii(name)) {
      problems.push({
        severity: 'error',
        phase: 'lexical',
        code: 'identifier-characters',
        message: `The name “${name}” has letters that OpenQASM 2 does not allow. Use a-z, A-Z, 0-9 and _.`,
        start: start - base,
        end: end - base,
      });
    }
  }
  return tokenOf('identifier', text, start, end, base, problems);
}

function readNumber(text: string, start: number, base: number, problems: Problem[]): Token {
  numberPattern.lastIndex = start;
  const literal = numberPattern.exec(text)?.[0] ?? text.charAt(start);
  let end = start + literal.length;
  const next = text.charCodeAt(end);
  let tail: RegExpExecArray | null = null;
  if (next === 46 || isWordPart(next)) {
    numberTailPattern.lastIndex = end;
    tail = numberTailPattern.exec(text);
  }
  const isInteger = /^[0-9]+$/.test(literal);
  if (tail !== null) {
    end += tail[0].length;
    problems.push({
      severity: 'error',
      phase: 'lexical',
      code: 'malformed-number',
      message: `“${text.slice(start, end)}” is not a number. Expected digits such as 12, 0.5 or 1.0e-3.`,
      start: start - base,
      end: end - base,
    });
  } else if (isInteger && literal.length > 1 && literal.startsWith('0')) {
    const plain = literal.replace(/^0+(?=.)/, '');
    problems.push({
      severity: 'strict',
      phase: 'lexical',
      code: 'leading-zero',
      message: `An integer does not begin with 0. Write ${plain} instead of ${literal}.`,
      start: start - base,
      end: end - base,
      fix: {
        title: `Write ${plain}`,
        edits: [{ start: start - base, end: end - base, text: plain }],
      },
    });
  } else if (!isInteger && !literal.includes('.')) {
    const dotted = literal.replace(/[eE]/, '.0$&');
    problems.push({
      severity: 'strict',
      phase: 'lexical',
      code: 'real-without-point',
      message: `A real number needs a decimal point in OpenQASM 2. Write ${dotted} instead of ${literal}.`,
      start: start - base,
      end: end - base,
      fix: {
        title: `Write ${dotted}`,
        edits: [{ start: start - base, end: end - base, text: dotted }],
      },
    });
  }
  return tokenOf(isInteger ? 'integer' : 'real', text, start, end, base, problems);
}

function readString(text: string, start: number, base: number, problems: Problem[]): Token {
  const quote = text.charCodeAt(start);
  let end = start + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === quote || isNewline(code)) break;
    end++;
  }
  const closed = text.charCodeAt(end) === quote;
  if (closed) end++;
  const place = { start: start - base, end: end - base };
  if (!closed) {
    problems.push({
      severity: 'error',
      phase: 'lexical',
      code: 'unterminated-string',
      message: `This string never ends. Close it with ${text.charAt(start)} on the same line.`,
      ...place,
    });
  } else if (quote === 39) {
    const mended = `"${text.slice(start + 1, end - 1)}"`;
    problems.push({
      severity: 'strict',
      phase: 'lexical',
      code: 'single-quotes',
      message: `OpenQASM 2 writes file names in double quotes: ${mended}.`,
      ...place,
      fix: { title: 'Use double quotes', edits: [{ ...place, text: mended }] },
    });
  }
  return tokenOf('string', text, start, end, base, problems);
}

/** A run of characters that begin no token, reported once. */
function readUnknown(text: string, start: number, base: number, problems: Problem[]): Token {
  let end = start + 1;
  while (end < text.length && isUnknown(text, end)) end++;
  const run = text.slice(start, end);
  const shown = run.length > 20 ? `${run.slice(0, 20)}…` : run;
  problems.push({
    severity: 'error',
    phase: 'lexical',
    code: 'unknown-character',
    message: `OpenQASM 2 has no “${shown}”. Remove it.`,
    start: start - base,
    end: end - base,
    fix: {
      title: `Remove “${shown}”`,
      edits: [{ start: start - base, end: end - base, text: '' }],
    },
  });
  return tokenOf('unknown', text, start, end, base, problems);
}

function isUnknown(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  return (
    code > 32 &&
    code !== 0x7f &&
    !isWordPart(code) &&
    !isForeignLetter(text, position) &&
    code !== 34 &&
    code !== 39 &&
    punctuationAt(text, position, code) === null
  );
}

function punctuationAt(text: string, position: number, code: number): Punctuation | null {
  switch (code) {
    case 59:
      return ';';
    case 44:
      return ',';
    case 40:
      return '(';
    case 41:
      return ')';
    case 91:
      return '[';
    case 93:
      return ']';
    case 123:
      return '{';
    case 125:
      return '}';
    case 43:
      return '+';
    case 45:
      return text.charCodeAt(position + 1) === 62 ? '->' : '-';
    case 42:
      return text.charCodeAt(position + 1) === 42 ? '**' : '*';
    case 47:
      return '/';
    case 94:
      return '^';
    case 61:
      return text.charCodeAt(position + 1) === 61 ? '==' : '=';
    default:
      return null;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

/** A letter outside ASCII: OpenQASM 3 has such names, OpenQASM 2 does not. */
function isForeignLetter(text: string, position: number): boolean {
  if (text.charCodeAt(position) < 128) return false;
  letterPattern.lastIndex = position;
  return letterPattern.test(text);
}

function hasNonAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return true;
  return false;
}
