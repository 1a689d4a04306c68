import type { Cursor } from './cursor.ts';
import type { ExpressionSyntax } from './nodes.ts';

/** Deeper expressions are refused, so that every later walk over them may recurse. */
const maximumDepth = 500;

/** Terms of one sum lie flat in the text but stand inside each other in the tree. */
const maximumTerms = 2000;

/** Reads an expression; null where one is missing or broken (reported). */
export function parseExpression(cursor: Cursor): ExpressionSyntax | null {
  return parseSum(cursor, 0);
}

function parseSum(cursor: Cursor, depth: number): ExpressionSyntax | null {
  let left = parseProduct(cursor, depth);
  while (left !== null) {
    const operator = cursor.peek().kind;
    if (operator !== '+' && operator !== '-') break;
    cursor.take();
    left = combine(cursor, operator, left, parseProduct(cursor, depth));
  }
  return left;
}

function parseProduct(cursor: Cursor, depth: number): ExpressionSyntax | null {
  let left = parseSigned(cursor, depth);
  while (left !== null) {
    const operator = cursor.peek().kind;
    if (operator !== '*' && operator !== '/') break;
    cursor.take();
    left = combine(cursor, operator, left, parseSigned(cursor, depth));
  }
  return left;
}

/** Signs bind less than powers: -2^2 = -(2^2). */
function parseSigned(cursor: Cursor, depth: number): ExpressionSyntax | null {
  if (isTooDeep(cursor, depth)) return null;
  const sign = cursor.peek();
  if (sign.kind === '-') {
    cursor.take();
    const operand = parseSigned(cursor, depth + 1);
    if (operand === null) return null;
    const height = operand.height + 1;
    if (isTooDeep(cursor, height, maximumTerms)) return null;
    return { kind: 'negate', operand, start: sign.start, end: operand.end, height };
  }
  if (sign.kind === '+') {
    cursor.take();
    cursor.report(
      'syntax',
      'sign-plus',
      'OpenQASM 2 has no sign “+”. Remove it.',
      sign,
      { title: 'Remove “+”', edits: [{ start: sign.start, end: sign.end, text: '' }] },
      'strict',
    );
    return parseSigned(cursor, depth + 1);
  }
  return parsePower(cursor, depth);
}

function parsePower(cursor: Cursor, depth: number): ExpressionSyntax | null {
  const left = parsePrimary(cursor, depth);
  if (left === null) return null;
  const operator = cursor.peek();
  if (operator.kind !== '^' && operator.kind !== '**') return left;
  cursor.take();
  if (operator.kind === '**') {
    cursor.report(
      'syntax',
      'power-operator',
      'OpenQASM 2 writes powers with “^”, not “**”.',
      operator,
      { title: 'Write “^”', edits: [{ start: operator.start, end: operator.end, text: '^' }] },
    );
  }
  return combine(cursor, '^', left, parseSigned(cursor, depth + 1));
}

function parsePrimary(cursor: Cursor, depth: number): ExpressionSyntax | null {
  const token = cursor.peek();
  switch (token.kind) {
    case 'integer':
    case 'real':
      cursor.take();
      return { kind: 'literal', token, start: token.start, end: token.end, height: 1 };
    case 'identifier':
      return parseNameOrCall(cursor, depth);
    case '(': {
      cursor.take();
      const inner = parseSum(cursor, depth + 1);
      if (inner === null) return null;
      const close = cursor.expect(')', '“)”');
      return close === null ? null : { ...inner, start: token.start, end: close.end };
    }
    default:
      cursor.reportUnexpected('an angle: a number, pi, a parameter or “(”');
      return null;
  }
}

function parseNameOrCall(cursor: Cursor, depth: number): ExpressionSyntax | null {
  const name = cursor.take();
  if (cursor.peek().kind !== '(') {
    return { kind: 'name', token: name, start: name.start, end: name.end, height: 1 };
  }
  cursor.take();
  const argument = parseSum(cursor, depth + 1);
  if (argument === null) return null;
  const close = cursor.expect(')', '“)”');
  if (close === null) return null;
  const height = argument.height + 1;
  if (isTooDeep(cursor, height, maximumTerms)) return null;
  return { kind: 'call', name, arguments: [argument], start: name.start, end: close.end, height };
}

function combine(
  cursor: Cursor,
  operator: '+' | '-' | '*' | '/' | '^',
  left: ExpressionSyntax,
  right: ExpressionSyntax | null,
): ExpressionSyntax | null {
  if (right === null) return null;
  const height = Math.max(left.height, right.height) + 1;
  if (isTooDeep(cursor, height, maximumTerms)) return null;
  return { kind: 'binary', operator, left, right, start: left.start, end: right.end, height };
}

function isTooDeep(cursor: Cursor, depth: number, most = maximumDepth): boolean {
  if (depth <= most) return false;
  cursor.report(
    'syntax',
    'expression-too-deep',
    `This expression is nested more than ${most} deep. Write its value as a number.`,
    cursor.peek(),
  );
  return true;
}
