import type { Cursor } from '../syntax/cursor.ts';
import type { Token, TokenKind } from '../syntax/tokens.ts';
import type { BinaryOperator, Expression3, TypeSyntax } from './nodes.ts';
import { endOfBlock, isTooDeep, isTooLong, parseList } from './pieces.ts';
import { isReserved, typeWords } from './words.ts';

const strengths: Readonly<Partial<Record<TokenKind, number>>> = {
  '||': 2,
  '&&': 3,
  '|': 4,
  '^': 5,
  '&': 6,
  '==': 7,
  '!=': 7,
  '<': 8,
  '>': 8,
  '<=': 8,
  '>=': 8,
  '<<': 9,
  '>>': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '%': 11,
};

/** Reads an expression; null where one is missing or broken (reported). */
export function parseExpression(cursor: Cursor, depth = 0): Expression3 | null {
  const left = parseUnary(cursor, depth);
  return left === null ? null : continueExpression(cursor, left, depth);
}

/** Goes on after a first operand that was read already. */
export function continueExpression(
  cursor: Cursor,
  first: Expression3,
  depth = 0,
): Expression3 | null {
  const powered = continuePower(cursor, first, depth);
  return powered === null ? null : climb(cursor, powered, 1, depth);
}

function climb(
  cursor: Cursor,
  first: Expression3,
  least: number,
  depth: number,
): Expression3 | null {
  let left: Expression3 = first;
  for (;;) {
    const operator = cursor.peek().kind;
    const strength = strengths[operator];
    if (strength === undefined || strength < least) return left;
    cursor.take();
    let right = parseUnary(cursor, depth + 1);
    if (right === null) return null;
    const next = strengths[cursor.peek().kind];
    if (next !== undefined && next > strength)
      right = climb(cursor, right, strength + 1, depth + 1);
    const joined = right === null ? null : combine(cursor, operator as BinaryOperator, left, right);
    if (joined === null) return null;
    left = joined;
  }
}

function combine(
  cursor: Cursor,
  operator: BinaryOperator,
  left: Expression3,
  right: Expression3,
): Expression3 | null {
  const height = Math.max(left.height, right.height) + 1;
  if (isTooLong(cursor, height)) return null;
  return { kind: 'binary', operator, left, right, start: left.start, end: right.end, height };
}

/** Signs bind less than powers: -2**2 = -(2**2). */
function parseUnary(cursor: Cursor, depth: number): Expression3 | null {
  if (isTooDeep(cursor, depth)) return null;
  const sign = cursor.peek();
  if (sign.kind !== '-' && sign.kind !== '!' && sign.kind !== '~') return parsePower(cursor, depth);
  cursor.take();
  const operand = parseUnary(cursor, depth + 1);
  if (operand === null) return null;
  const height = operand.height + 1;
  if (isTooLong(cursor, height)) return null;
  return {
    kind: 'unary',
    operator: sign.kind,
    operand,
    start: sign.start,
    end: operand.end,
    height,
  };
}

function parsePower(cursor: Cursor, depth: number): Expression3 | null {
  const left = parsePostfix(cursor, depth);
  return left === null ? null : continuePower(cursor, left, depth);
}

function continuePower(cursor: Cursor, left: Expression3, depth: number): Expression3 | null {
  if (cursor.takeIf('**') === null) return left;
  const right = parseUnary(cursor, depth + 1);
  return right === null ? null : combine(cursor, '**', left, right);
}

/** Registers or arrays joined by `++`, which no other expression may hold. */
export function parseJoined(cursor: Cursor): Expression3 | null {
  let left = parseExpression(cursor);
  while (left !== null && cursor.takeIf('++') !== null) {
    const right = parseExpression(cursor);
    left = right === null ? null : combine(cursor, '++', left, right);
  }
  return left;
}

/** What a gate acts on: a name with indices, or a hardware qubit such as `$0`. */
export function parseOperand(cursor: Cursor): Expression3 | null {
  const token = cursor.peek();
  if (token.kind !== 'hardware') return parsePlace(cursor, 'a qubit: a name, “q[0]” or “$0”');
  cursor.take();
  return { kind: 'name', token, start: token.start, end: token.end, height: 1 };
}

/** A name with indices, which something is written to or acts on. */
export function parsePlace(cursor: Cursor, what: string): Expression3 | null {
  const token = cursor.peek();
  if (token.kind !== 'identifier' || isReserved(token.text)) {
    cursor.reportUnexpected(what);
    return null;
  }
  cursor.take();
  const name = { kind: 'name', token, start: token.start, end: token.end, height: 1 } as const;
  return continuePostfix(cursor, name, 0);
}

/** A primary expression with the indices that follow it. */
export function parsePostfix(cursor: Cursor, depth = 0): Expression3 | null {
  const base = parsePrimary(cursor, depth);
  return base === null ? null : continuePostfix(cursor, base, depth);
}

function continuePostfix(cursor: Cursor, first: Expression3, depth: number): Expression3 | null {
  let base: Expression3 | null = first;
  for (let count = 1; base !== null && cursor.peek().kind === '['; count++) {
    base = isTooDeep(cursor, count) ? null : parseIndex(cursor, base, depth);
  }
  return base;
}

function parseIndex(cursor: Cursor, base: Expression3, depth: number): Expression3 | null {
  cursor.take();
  const indices =
    cursor.peek().kind === '{'
      ? parseLoneSet(cursor, depth + 1)
      : parseList(cursor, ']', (inner) => parseIndexItem(inner, depth + 1));
  if (indices === null) return null;
  if (indices.length === 0) cursor.reportUnexpected('an index');
  const close = indices.length === 0 ? null : cursor.expect(']', '“]” or “,”');
  if (close === null) return null;
  const height = Math.max(base.height, ...indices.map((one) => one.height)) + 1;
  if (isTooLong(cursor, height)) return null;
  return { kind: 'index', base, indices, start: base.start, end: close.end, height };
}

/** A set of indices, which stands alone between its brackets. */
function parseLoneSet(cursor: Cursor, depth: number): Expression3[] | null {
  const set = parseSet(cursor, depth);
  return set === null ? null : [set];
}

/** An index: an expression or a range. */
function parseIndexItem(cursor: Cursor, depth: number): Expression3 | null {
  const start = cursor.peek().start;
  let from: Expression3 | null = null;
  if (cursor.peek().kind !== ':') {
    from = parseExpression(cursor, depth);
    if (from === null || cursor.peek().kind !== ':') return from;
  }
  return parseRange(cursor, from, start, depth);
}

/** The rest of a range from its first “:”. */
function parseRange(
  cursor: Cursor,
  from: Expression3 | null,
  start: number,
  depth: number,
): Expression3 | null {
  cursor.take();
  let step: Expression3 | null = null;
  let to: Expression3 | null = null;
  const isOver = (): boolean => [']', ',', ':', '}'].includes(cursor.peek().kind);
  if (!isOver()) {
    to = parseExpression(cursor, depth);
    if (to === null) return null;
  }
  if (cursor.takeIf(':') !== null) {
    step = to;
    to = parseExpression(cursor, depth);
    if (to === null) return null;
  }
  const height = Math.max(from?.height ?? 0, step?.height ?? 0, to?.height ?? 0) + 1;
  return { kind: 'range', from, step, to, start, end: cursor.end, height };
}

/** `[from:step:to]`, a set or an expression: what a loop runs over. */
export function parseLoopValues(cursor: Cursor): Expression3 | null {
  if (cursor.peek().kind === '{') return parseSet(cursor, 0);
  const open = cursor.takeIf('[');
  if (open === null) return parseExpression(cursor);
  const range = parseIndexItem(cursor, 0);
  if (range === null) return null;
  if (range.kind !== 'range') {
    cursor.reportUnexpected('“:” and the end of the range');
    return null;
  }
  const close = cursor.expect(']', '“]”');
  return close === null ? null : { ...range, start: open.start, end: close.end };
}

/** `{a, b, …}`, one value at least. */
function parseSet(cursor: Cursor, depth: number): Expression3 | null {
  const set = parseBraced(cursor, depth, (inner) => parseExpression(inner, depth + 1));
  if (set?.kind !== 'set' || set.items.length > 0) return set;
  cursor.report('syntax', 'unexpected-token', 'Expected a value in these braces.', set);
  return null;
}

/** `{a, b, …}`, possibly empty; an item may be such a list again. */
export function parseArrayLiteral(cursor: Cursor, depth: number): Expression3 | null {
  return parseBraced(cursor, depth, (inner) =>
    inner.peek().kind === '{'
      ? parseArrayLiteral(inner, depth + 1)
      : parseExpression(inner, depth + 1),
  );
}

function parseBraced(
  cursor: Cursor,
  depth: number,
  parseItem: (cursor: Cursor) => Expression3 | null,
): Expression3 | null {
  const open = cursor.expect('{', '“{”');
  if (open === null || isTooDeep(cursor, depth)) return null;
  const items = parseList(cursor, '}', parseItem);
  if (items === null) return null;
  const close = cursor.expect('}', '“}” or “,”');
  if (close === null) return null;
  const height = items.reduce((most, item) => Math.max(most, item.height), 0) + 1;
  return { kind: 'set', items, start: open.start, end: close.end, height };
}

function parsePrimary(cursor: Cursor, depth: number): Expression3 | null {
  const token = cursor.peek();
  switch (token.kind) {
    case 'integer':
    case 'real':
    case 'bits':
    case 'duration':
    case 'imaginary':
      cursor.take();
      return { kind: 'literal', token, start: token.start, end: token.end, height: 1 };
    case 'hardware':
      cursor.take();
      return { kind: 'name', token, start: token.start, end: token.end, height: 1 };
    case 'identifier':
      return parseWord(cursor, token, depth);
    case '(': {
      cursor.take();
      const inner = parseExpression(cursor, depth + 1);
      if (inner === null) return null;
      const close = cursor.expect(')', '“)”');
      return close === null ? null : { ...inner, start: token.start, end: close.end };
    }
    default:
      cursor.reportUnexpected('an expression: a number, a name or “(”');
      return null;
  }
}

function parseWord(cursor: Cursor, word: Token, depth: number): Expression3 | null {
  const place = { start: word.start, end: word.end, height: 1 };
  if (word.text === 'true' || word.text === 'false') {
    cursor.take();
    return { kind: 'literal', token: word, ...place };
  }
  if (typeWords.has(word.text)) return parseCast(cursor, depth);
  if (word.text === 'durationof') return parseDurationOf(cursor);
  // “pow” is a modifier before a gate and a function in an expression.
  const isPower = word.text === 'pow' && cursor.peek(1).kind === '(';
  if (isReserved(word.text) && !isPower) {
    cursor.reportUnexpected('an expression: a number, a name or “(”');
    return null;
  }
  cursor.take();
  if (cursor.peek().kind !== '(') return { kind: 'name', token: word, ...place };
  cursor.take();
  const list = parseList(cursor, ')', (inner) => parseExpression(inner, depth + 1));
  if (list === null) return null;
  const close = cursor.expect(')', '“)” or “,”');
  if (close === null) return null;
  const height = list.reduce((most, one) => Math.max(most, one.height), 0) + 1;
  if (isTooLong(cursor, height)) return null;
  return { kind: 'call', name: word, arguments: list, start: word.start, end: close.end, height };
}

function parseCast(cursor: Cursor, depth: number): Expression3 | null {
  const type: TypeSyntax | null = parseScalarType(cursor);
  return type === null ? null : finishCast(cursor, type, depth);
}

/** `(value)` after the type that the value is converted to. */
export function finishCast(cursor: Cursor, type: TypeSyntax, depth = 0): Expression3 | null {
  if (cursor.expect('(', '“(” and what is to be converted') === null) return null;
  const operand = parseExpression(cursor, depth + 1);
  if (operand === null) return null;
  const close = cursor.expect(')', '“)”');
  if (close === null) return null;
  const height = operand.height + 1;
  return { kind: 'cast', type, operand, start: type.start, end: close.end, height };
}

/** The block is read when the program's names are known. */
function parseDurationOf(cursor: Cursor): Expression3 | null {
  const word = cursor.take();
  if (cursor.expect('(', '“({ … })”') === null) return null;
  const end = cursor.peek().kind === '{' ? endOfBlock(cursor) : -1;
  if (end < 0) {
    cursor.reportUnexpected('“{ … }”');
    return null;
  }
  const block = cursor.takeRaw(end);
  const close = cursor.expect(')', '“)”');
  if (close === null) return null;
  return { kind: 'durationof', block, start: word.start, end: close.end, height: 1 };
}

/** `measure q`, or an expression where none is asked for. */
export function parseValue(cursor: Cursor): Expression3 | null {
  const word = cursor.peek();
  if (word.kind !== 'identifier' || word.text !== 'measure') return parseExpression(cursor);
  cursor.take();
  const operand = parseOperand(cursor);
  if (operand === null) return null;
  const height = operand.height + 1;
  return { kind: 'measure', operand, start: word.start, end: operand.end, height };
}

/** What a variable is set to: as `parseValue`, or arrays joined by `++`. */
export function parseAssigned(cursor: Cursor): Expression3 | null {
  return cursor.isWord('measure') ? parseValue(cursor) : parseJoined(cursor);
}

const sized: ReadonlySet<string> = new Set(['bit', 'int', 'uint', 'float', 'angle']);

/** A type without any size. */
export function plainType(name: string, start: number, end: number): TypeSyntax {
  const none = { width: null, base: null, shape: [], dimensions: null, access: null };
  return { name, ...none, start, end };
}

/** A classical type other than an array. */
export function parseScalarType(cursor: Cursor): TypeSyntax | null {
  const word = cursor.peek();
  const isType = word.kind === 'identifier' && typeWords.has(word.text);
  if (!isType || word.text === 'array' || word.text === 'qubit') {
    cursor.reportUnexpected('a classical type such as int[32], float or bit[4]');
    return null;
  }
  cursor.take();
  const type = plainType(word.text, word.start, word.end);
  if (cursor.peek().kind !== '[') return type;
  if (word.text === 'complex') return parseComplex(cursor, type);
  if (!sized.has(word.text)) {
    cursor.reportUnexpected(`no width: a ${word.text} has none`);
    return null;
  }
  return withWidth(cursor, type);
}

/** The type with the width that follows. */
export function withWidth(cursor: Cursor, type: TypeSyntax): TypeSyntax | null {
  const width = parseDesignator(cursor);
  return width === null ? null : { ...type, width, end: cursor.end };
}

/** `[expression]`. */
export function parseDesignator(cursor: Cursor): Expression3 | null {
  if (cursor.expect('[', '“[” and a size') === null) return null;
  const size = parseExpression(cursor);
  return size === null || cursor.expect(']', '“]”') === null ? null : size;
}

function parseComplex(cursor: Cursor, type: TypeSyntax): TypeSyntax | null {
  cursor.take();
  const base = parseScalarType(cursor);
  if (base !== null && base.name !== 'float') {
    const message = `Complex numbers are made of two floats, not of ${base.name}. Write complex[float].`;
    cursor.report('semantic', 'wrong-type', message, base);
  }
  if (base === null || cursor.expect(']', '“]”') === null) return null;
  return { ...type, base, end: cursor.end };
}
