import type { Cursor } from '../syntax/cursor.ts';
import type { Token } from '../syntax/tokens.ts';
import {
  continueExpression,
  finishCast,
  parseArrayLiteral,
  parseAssigned,
  parseDesignator,
  parseScalarType,
} from './expressions.ts';
import type { DeclarationSyntax, Statement3, TypeSyntax } from './nodes.ts';
import { expectSemicolon, parseList, parseName } from './pieces.ts';
import { parseParameter, parseType } from './types.ts';

type ParseBlock = (cursor: Cursor, depth: number) => readonly Statement3[] | null;

/** `type name;` or `type name = value;`, or the statement `type(value);`, which converts. */
export function parseTyped(cursor: Cursor): Statement3 | null {
  const type = parseType(cursor);
  if (type === null) return null;
  const isCast = cursor.peek().kind === '(' && type.name !== 'qubit';
  if (!isCast) return finishDeclaration(cursor, null, type);
  const cast = finishCast(cursor, type);
  const value = cast === null ? null : continueExpression(cursor, cast);
  if (value === null || !expectSemicolon(cursor)) return null;
  return { kind: 'expression', value, start: type.start, end: cursor.end };
}

/** `const type name = value;`. */
export function parseConstant(cursor: Cursor): Statement3 | null {
  const { start } = cursor.take();
  const type = parseScalarType(cursor);
  const statement = type === null ? null : finishDeclaration(cursor, 'const', type);
  return statement === null ? null : { ...statement, start };
}

function finishDeclaration(
  cursor: Cursor,
  modifier: 'const' | null,
  type: TypeSyntax,
): DeclarationSyntax | null {
  const name = parseName(cursor, 'the variable');
  if (name === null) return null;
  const place = (): { start: number; end: number } => ({ start: type.start, end: cursor.end });
  const mayHaveValue = type.name !== 'qubit';
  const mustHaveValue = modifier === 'const';
  if (!mayHaveValue || (!mustHaveValue && cursor.peek().kind !== '=')) {
    if (!expectSemicolon(cursor)) return null;
    return { kind: 'declaration', modifier, type, name, value: null, ...place() };
  }
  if (cursor.expect('=', '“=” and the value') === null) return null;
  const isList = cursor.peek().kind === '{';
  const value = isList ? parseArrayLiteral(cursor, 0) : parseAssigned(cursor);
  if (value === null || !expectSemicolon(cursor)) return null;
  return { kind: 'declaration', modifier, type, name, value, ...place() };
}

/** `input type name;` and `output type name;`. */
export function parseIo(cursor: Cursor): Statement3 | null {
  const word = cursor.take();
  if (cursor.isWord('qubit')) {
    cursor.reportUnexpected('a classical type such as float or bit[4]');
    return null;
  }
  const type = parseType(cursor);
  const name = type === null ? null : parseName(cursor, `the ${word.text}`);
  if (type === null || name === null || !expectSemicolon(cursor)) return null;
  const modifier = word.text === 'input' ? 'input' : 'output';
  return {
    kind: 'declaration',
    modifier,
    type,
    name,
    value: null,
    start: word.start,
    end: cursor.end,
  };
}

/** `qreg q[2];` and `creg c[2];`, as OpenQASM 2 has them. */
export function parseOldRegister(cursor: Cursor): Statement3 | null {
  const word = cursor.take();
  const name = parseName(cursor, 'the register');
  if (name === null) return null;
  const isSized = cursor.peek().kind === '[';
  const width = isSized ? parseDesignator(cursor) : null;
  if ((isSized && width === null) || !expectSemicolon(cursor)) return null;
  const type: TypeSyntax = {
    name: word.text === 'qreg' ? 'qubit' : 'bit',
    width,
    base: null,
    shape: [],
    dimensions: null,
    access: null,
    start: word.start,
    end: word.end,
  };
  const place = { start: word.start, end: cursor.end };
  return { kind: 'declaration', modifier: null, type, name, value: null, ...place };
}

/** `gate name(parameters) qubits { body }`. */
export function parseGate(
  cursor: Cursor,
  depth: number,
  parseBlock: ParseBlock,
): Statement3 | null {
  const { start } = cursor.take();
  const name = parseName(cursor, 'the gate');
  if (name === null) return null;
  let parameters: readonly Token[] | null = [];
  if (cursor.takeIf('(') !== null) {
    parameters = parseList(cursor, ')', (inner) => parseName(inner, 'a parameter'));
    if (parameters === null || cursor.expect(')', '“)” or “,”') === null) return null;
  }
  const qubits = parseList(cursor, '{', (inner) => parseName(inner, 'a qubit'));
  if (qubits === null) return null;
  if (qubits.length === 0) {
    cursor.reportUnexpected('the names of the qubits');
    return null;
  }
  const body = parseBlock(cursor, depth);
  if (body === null) return null;
  return { kind: 'gate', name, parameters, qubits, body, start, end: cursor.end };
}

/** `def name(parameters) -> type { body }`. */
export function parseDefinition(
  cursor: Cursor,
  depth: number,
  parseBlock: ParseBlock,
): Statement3 | null {
  const head = parseHead(cursor, true);
  const body = head === null ? null : parseBlock(cursor, depth);
  return head === null || body === null ? null : { ...head, body, end: cursor.end };
}

/** `extern name(types) -> type;`. */
export function parseExtern(cursor: Cursor): Statement3 | null {
  const head = parseHead(cursor, false);
  if (head === null || !expectSemicolon(cursor)) return null;
  return { ...head, body: null, end: cursor.end };
}

function parseHead(cursor: Cursor, isNamed: boolean) {
  const { start } = cursor.take();
  const name = parseName(cursor, 'the subroutine');
  if (name === null || cursor.expect('(', '“(” and the parameters') === null) return null;
  const parameters = parseList(cursor, ')', (inner) => parseParameter(inner, isNamed));
  if (parameters === null || cursor.expect(')', '“)” or “,”') === null) return null;
  let result: TypeSyntax | null = null;
  if (cursor.takeIf('->') !== null) {
    result = parseScalarType(cursor);
    if (result === null) return null;
  }
  return { kind: 'def', name, parameters, result, start, end: cursor.end } as const;
}
