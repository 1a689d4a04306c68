import { type Cursor, shorten } from '../syntax/cursor.ts';
import type { Token, TokenKind } from '../syntax/tokens.ts';
import { isReserved, reservedWords3 } from './words.ts';

/** Deeper expressions and statements are refused, so that every later walk over them may recurse. */
export const maximumDepth = 200;

/** Terms of one sum or conjunction, which lie flat in the text but stand inside each other in the tree. */
const maximumTerms = 2000;

/** Takes `;`. Where it is forgotten at the end of a line, that is reported and counts as read. */
export function expectSemicolon(cursor: Cursor): boolean {
  if (cursor.takeIf(';') !== null) return true;
  const end = cursor.end;
  const next = cursor.peek().kind;
  if (next === '}' || next === 'end' || cursor.isAtLineStart) {
    const place = { start: Math.max(end - 1, 0), end };
    cursor.report('syntax', 'missing-semicolon', 'Expected “;” after this statement.', place, {
      title: 'Insert “;”',
      edits: [{ start: end, end, text: ';' }],
    });
    return true;
  }
  const isJoin = next === '++';
  cursor.reportUnexpected(
    isJoin ? '“;” (only what “let” or “=” sets may be joined by “++”)' : '“;”',
  );
  return false;
}

/** A name that is being declared. */
export function parseName(cursor: Cursor, what: string): Token | null {
  const name = cursor.expect('identifier', `a name for ${what}`);
  if (name === null) return null;
  if (!reservedWords3.has(name.text)) return name;
  const isWord = isReserved(name.text);
  // A constant is a name like others, and was declared before the program began.
  cursor.report(
    isWord ? 'syntax' : 'semantic',
    'reserved-word',
    `“${shorten(name.text)}” is a word of the language. Choose another name for ${what}.`,
    name,
  );
  return isWord ? null : name;
}

/** Items with commas between them up to the closing mark, which is not taken; a last comma may stay. */
export function parseList<T>(
  cursor: Cursor,
  closing: TokenKind,
  parseItem: (cursor: Cursor) => T | null,
): T[] | null {
  const items: T[] = [];
  while (cursor.peek().kind !== closing) {
    const item = parseItem(cursor);
    if (item === null) return null;
    items.push(item);
    if (cursor.takeIf(',') === null) break;
  }
  return items;
}

/** Reports what is nested too deep to be read. */
export function isTooDeep(cursor: Cursor, depth: number): boolean {
  if (depth <= maximumDepth) return false;
  cursor.report(
    'syntax',
    'expression-too-deep',
    `This is nested more than ${maximumDepth} deep. Take it apart into several statements.`,
    cursor.peek(),
  );
  return true;
}

/** Reports a chain of operators that is too long for the walks over it. */
export function isTooLong(cursor: Cursor, height: number): boolean {
  if (height <= maximumTerms) return false;
  cursor.report(
    'syntax',
    'expression-too-deep',
    `This expression has more than ${maximumTerms} terms one behind the other. Take it apart into several statements.`,
    cursor.peek(),
  );
  return true;
}

/** Offset (from the statement) just past the line on which the next token stands. */
export function endOfLine(cursor: Cursor): number {
  let end = cursor.base + cursor.peek().start;
  const { text } = cursor;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end - cursor.base;
}

/** Offset just past the `}` that closes the next token `{`, or -1. */
export function endOfBlock(cursor: Cursor): number {
  const { text } = cursor;
  let depth = 0;
  for (let i = cursor.base + cursor.peek().start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 123) depth++;
    if (code === 125 && --depth === 0) return i + 1 - cursor.base;
  }
  return -1;
}
