import type { Cursor } from '../syntax/cursor.ts';
import type { Token } from '../syntax/tokens.ts';
import {
  continueExpression,
  parseDesignator,
  parseExpression,
  parseOperand,
  parsePostfix,
  parseAssigned,
  parseValue,
} from './expressions.ts';
import type { BinaryOperator, Expression3, ModifierSyntax, Statement3 } from './nodes.ts';
import { expectSemicolon, parseList } from './pieces.ts';
import { isReserved } from './words.ts';

const assignments: ReadonlySet<string> = new Set(
  '= += -= *= /= &= |= ~= ^= <<= >>= %= **='.split(' '),
);

/** Operands up to `;`, possibly none. */
export function parseOperands(cursor: Cursor): Expression3[] | null {
  return parseList(cursor, ';', parseOperand);
}

/** A statement that begins with an expression: a call, an assignment or the expression alone. */
export function parseCallOrAssignment(cursor: Cursor): Statement3 | null {
  const first = parsePostfixOrDesignated(cursor);
  if (first === null) return null;
  const next = cursor.peek();
  if (next.kind === 'identifier' || next.kind === 'hardware') return finishCall(cursor, first, []);
  if (assignments.has(next.kind)) return finishAssignment(cursor, first);
  const value = continueExpression(cursor, first);
  if (value === null || !expectSemicolon(cursor)) return null;
  return { kind: 'expression', value, start: first.start, end: cursor.end };
}

/** Any expression may begin a statement, signs included. */
function parsePostfixOrDesignated(cursor: Cursor): Expression3 | null {
  const { kind } = cursor.peek();
  return kind === '-' || kind === '!' || kind === '~'
    ? parseExpression(cursor)
    : parsePostfix(cursor);
}

const assignableMessage = 'A variable was expected before “=”, such as c or c[0].';

function isPlace(target: Expression3): boolean {
  if (target.kind === 'index') return isPlace(target.base);
  return target.kind === 'name' && isBare(target);
}

/** Without parentheses around it. */
function isBare(name: Expression3 & { readonly kind: 'name' }): boolean {
  return name.start === name.token.start;
}

function finishAssignment(cursor: Cursor, target: Expression3): Statement3 | null {
  if (!isPlace(target)) {
    cursor.report('syntax', 'not-assignable', assignableMessage, target);
    return null;
  }
  const sign = cursor.take();
  const value = sign.kind === '=' ? parseAssigned(cursor) : parseValue(cursor);
  if (value === null || !expectSemicolon(cursor)) return null;
  const operator = (sign.kind === '=' ? '=' : sign.kind.slice(0, -1)) as BinaryOperator | '=';
  return { kind: 'assignment', target, operator, value, start: target.start, end: cursor.end };
}

/** Operands after the name and the parameters of a gate, which were read as an expression. */
function finishCall(
  cursor: Cursor,
  head: Expression3,
  modifiers: readonly ModifierSyntax[],
): Statement3 | null {
  // “x[100ns] q”: a duration for this call, which changes nothing that can be computed here.
  const isTimed = head.kind === 'index' && isDesignator(head.indices);
  const call = nameAndParameters(isTimed ? head.base : head);
  const isName =
    call !== null &&
    call.name.start === head.start &&
    (call.name.kind !== 'identifier' || !isReserved(call.name.text));
  if (!isName) {
    cursor.reportUnexpected('“;” or an operator');
    return null;
  }
  const operands = parseOperands(cursor);
  if (operands === null || !expectSemicolon(cursor)) return null;
  const start = modifiers[0]?.start ?? head.start;
  return { kind: 'call', modifiers, ...call, operands, start, end: cursor.end };
}

/** One expression in brackets: no list, no range and no set. */
function isDesignator(indices: readonly Expression3[]): boolean {
  const [first, ...more] = indices;
  return more.length === 0 && first?.kind !== 'range' && first?.kind !== 'set';
}

function nameAndParameters(
  head: Expression3,
): { name: Token; parameters: readonly Expression3[] } | null {
  if (head.kind === 'name') return { name: head.token, parameters: [] };
  return head.kind === 'call' ? { name: head.name, parameters: head.arguments } : null;
}

/** `ctrl @ inv @ name(…) …;`, and `gphase(…)`, which may have no operand. */
export function parseModifiedCall(cursor: Cursor): Statement3 | null {
  const { start } = cursor.peek();
  const modifiers: ModifierSyntax[] = [];
  for (let word = cursor.peek(); isModifier(word); word = cursor.peek()) {
    const modifier = parseModifier(cursor, word.text as ModifierSyntax['kind']);
    if (modifier === null) return null;
    modifiers.push(modifier);
  }
  const name = cursor.expect('identifier', 'the name of a gate');
  if (name === null) return null;
  if (isReserved(name.text) && name.text !== 'gphase') {
    const message = `“${name.text}” is a word of the language; the name of a gate was expected.`;
    cursor.report('syntax', 'unexpected-token', message, name);
    return null;
  }
  let parameters: readonly Expression3[] | null = [];
  if (cursor.takeIf('(') !== null) {
    parameters = parseList(cursor, ')', parseExpression);
    if (parameters === null || cursor.expect(')', '“)” or “,”') === null) return null;
  }
  if (cursor.peek().kind === '[' && parseDesignator(cursor) === null) return null;
  const operands = parseOperands(cursor);
  if (operands?.length === 0 && name.text !== 'gphase') {
    cursor.reportUnexpected('the qubits that the gate acts on');
    return null;
  }
  if (operands === null || !expectSemicolon(cursor)) return null;
  return { kind: 'call', modifiers, name, parameters, operands, start, end: cursor.end };
}

function isModifier(token: Token): boolean {
  return token.kind === 'identifier' && /^(?:inv|pow|ctrl|negctrl)$/.test(token.text);
}

function parseModifier(cursor: Cursor, kind: ModifierSyntax['kind']): ModifierSyntax | null {
  const { start } = cursor.take();
  let argument: Expression3 | null = null;
  if (kind === 'pow' || (kind !== 'inv' && cursor.peek().kind === '(')) {
    if (cursor.expect('(', '“(” and the exponent') === null) return null;
    argument = parseExpression(cursor);
    if (argument === null || cursor.expect(')', '“)”') === null) return null;
  }
  if (cursor.expect('@', '“@” and the gate') === null) return null;
  return { kind, argument, start, end: cursor.end };
}
