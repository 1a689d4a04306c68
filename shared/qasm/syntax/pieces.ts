import type { Cursor } from './cursor.ts';
import { parseExpression } from './expressions.ts';
import type { ExpressionSyntax, OperandSyntax } from './nodes.ts';
import type { Token } from './tokens.ts';

const statementWords: ReadonlySet<string> = new Set([
  'OPENQASM',
  'include',
  'qreg',
  'creg',
  'gate',
  'opaque',
  'measure',
  'reset',
  'barrier',
  'if',
]);

/** Words with a fixed meaning, which name nothing else. */
export const reservedWords: ReadonlySet<string> = new Set([...statementWords, 'pi']);

/** True where a statement must be over: at `;`, `}`, the end, or a keyword on a new line. */
export function isAtBoundary(cursor: Cursor): boolean {
  const next = cursor.peek();
  if (next.kind === ';' || next.kind === '}' || next.kind === 'end') return true;
  return next.kind === 'identifier' && statementWords.has(next.text);
}

/**
 * Takes `;`. Where it is forgotten at the end of a line, that is reported with a fix and counts
 * as read, so that the statement keeps its meaning. False: something else came.
 */
export function expectSemicolon(cursor: Cursor): boolean {
  if (cursor.takeIf(';') !== null) return true;
  const end = cursor.end;
  if (isAtBoundary(cursor) || cursor.isAtLineStart) {
    const place = { start: Math.max(end - 1, 0), end };
    cursor.report('syntax', 'missing-semicolon', 'Expected “;” after this statement.', place, {
      title: 'Insert “;”',
      edits: [{ start: end, end, text: ';' }],
    });
    return true;
  }
  cursor.reportUnexpected('“;”');
  return false;
}

/** Skips to where the next statement begins; always makes progress. */
export function recover(cursor: Cursor, inBody: boolean): void {
  let depth = 0;
  for (;;) {
    const next = cursor.peek();
    // The end of the file is a statement of its own.
    if (next.kind === 'end') return;
    if (depth === 0 && next.kind === '}') {
      if (inBody) return;
      cursor.skip();
      return;
    }
    if (depth === 0 && next.kind === 'identifier' && cursor.end > 0 && cursor.isAtLineStart) return;
    cursor.skip();
    if (next.kind === ';' && depth === 0) return;
    if (next.kind === '{') depth++;
    if (next.kind === '}') {
      depth--;
      if (depth === 0 && !inBody) return;
    }
  }
}

/** A name that is being declared. */
export function parseName(cursor: Cursor, what: string): Token | null {
  const name = cursor.expect('identifier', `a name for ${what}`);
  if (name === null) return null;
  if (reservedWords.has(name.text)) {
    cursor.report(
      'syntax',
      'reserved-word',
      `“${name.text}” is a word of the language. Choose another name for ${what}.`,
      name,
    );
    return null;
  }
  const code = name.text.charCodeAt(0);
  if ((code < 97 || code > 122) && code < 128 && name.text !== 'U' && name.text !== 'CX') {
    cursor.report(
      'lexical',
      'name-begins-small',
      `Names begin with a small letter in OpenQASM 2; “${name.text}” does not.`,
      name,
      undefined,
      'strict',
    );
  }
  return name;
}

export function parseOperand(cursor: Cursor): OperandSyntax | null {
  const name = cursor.expect('identifier', 'a register or a wire such as q[0]');
  if (name === null) return null;
  if (cursor.takeIf('[') === null) return { name, index: null, start: name.start, end: name.end };
  const index = cursor.expect('integer', 'the number of a wire');
  if (index === null || cursor.expect(']', '“]”') === null) return null;
  return { name, index, start: name.start, end: cursor.end };
}

/** Reports a comma that nothing follows; tools tolerate it. */
export function reportTrailingComma(cursor: Cursor, comma: Token): void {
  cursor.report(
    'syntax',
    'trailing-comma',
    'Nothing follows this comma. Remove it.',
    comma,
    { title: 'Remove the comma', edits: [{ start: comma.start, end: comma.end, text: '' }] },
    'strict',
  );
}

/** One or more operands with commas between them. */
export function parseOperands(cursor: Cursor): OperandSyntax[] | null {
  const operands: OperandSyntax[] = [];
  for (;;) {
    const operand = parseOperand(cursor);
    if (operand === null) return null;
    operands.push(operand);
    const comma = cursor.takeIf(',');
    if (comma === null) return operands;
    if (cursor.peek().kind === ';') {
      reportTrailingComma(cursor, comma);
      return operands;
    }
  }
}

/** The angles of a call: none where there are no parentheses. */
export function parseParameters(cursor: Cursor): ExpressionSyntax[] | null {
  if (cursor.takeIf('(') === null) return [];
  const parameters: ExpressionSyntax[] = [];
  if (cursor.takeIf(')') !== null) return parameters;
  for (;;) {
    const parameter = parseExpression(cursor);
    if (parameter === null) return null;
    parameters.push(parameter);
    const comma = cursor.takeIf(',');
    if (comma === null) break;
    if (cursor.peek().kind === ')') {
      reportTrailingComma(cursor, comma);
      break;
    }
  }
  return cursor.expect(')', '“)” or “,”') === null ? null : parameters;
}
