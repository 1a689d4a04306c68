import type { Cursor } from '../syntax/cursor.ts';
import {
  parseDesignator,
  parseExpression,
  parseScalarType,
  plainType,
  withWidth,
} from './expressions.ts';
import type { ParameterSyntax, TypeSyntax } from './nodes.ts';
import { parseList, parseName } from './pieces.ts';

/** A type that a variable can have: a scalar, an array or qubits. */
export function parseType(cursor: Cursor): TypeSyntax | null {
  const word = cursor.peek();
  if (cursor.isWord('qubit')) {
    cursor.take();
    const type = plainType('qubit', word.start, word.end);
    return cursor.peek().kind === '[' ? withWidth(cursor, type) : type;
  }
  return cursor.isWord('array') ? parseArray(cursor, null) : parseScalarType(cursor);
}

function parseArray(cursor: Cursor, access: TypeSyntax['access']): TypeSyntax | null {
  const word = cursor.take();
  if (cursor.expect('[', '“[” with the type of the items and the sizes') === null) return null;
  const base = parseScalarType(cursor);
  if (base === null || cursor.expect(',', '“,” and the sizes of the array') === null) return null;
  const type = { ...plainType('array', word.start, word.end), base, access };
  if (access !== null && cursor.isWord('#dim')) {
    cursor.take();
    if (cursor.expect('=', '“=”') === null) return null;
    const dimensions = parseExpression(cursor);
    if (dimensions === null || cursor.expect(']', '“]”') === null) return null;
    return { ...type, dimensions, end: cursor.end };
  }
  const shape = parseList(cursor, ']', parseExpression);
  if (shape === null) return null;
  if (shape.length === 0) cursor.reportUnexpected('the size of the array');
  if (shape.length === 0 || cursor.expect(']', '“]”') === null) return null;
  return { ...type, shape, end: cursor.end };
}

/** A parameter of a subroutine; `extern` gives types without names. */
export function parseParameter(cursor: Cursor, isNamed: boolean): ParameterSyntax | null {
  const start = cursor.peek().start;
  if (!isNamed && (cursor.isWord('qubit') || cursor.isWord('qreg'))) {
    cursor.reportUnexpected('a classical type: “extern” functions take no qubits');
    return null;
  }
  const old = cursor.isWord('qreg') ? 'qubit' : cursor.isWord('creg') ? 'bit' : null;
  if (old !== null) return parseOldParameter(cursor, old, isNamed);
  const access = cursor.isWord('readonly')
    ? 'readonly'
    : cursor.isWord('mutable')
      ? 'mutable'
      : null;
  if (access !== null) cursor.take();
  if (access !== null && !cursor.isWord('array')) {
    cursor.reportUnexpected('“array”');
    return null;
  }
  if (access === null && cursor.isWord('array')) {
    cursor.reportUnexpected('“readonly” or “mutable” before the array');
    return null;
  }
  const type = access === null ? parseType(cursor) : parseArray(cursor, access);
  if (type === null) return null;
  const name = isNamed ? parseName(cursor, 'the parameter') : null;
  if (isNamed && name === null) return null;
  return { type, name, start, end: cursor.end };
}

/** `creg c[5]`, as older programs have it; in `extern` also `creg[5]`. */
function parseOldParameter(
  cursor: Cursor,
  kind: 'qubit' | 'bit',
  isNamed: boolean,
): ParameterSyntax | null {
  const word = cursor.take();
  const name = isNamed ? parseName(cursor, 'the parameter') : null;
  if (isNamed && name === null) return null;
  const width = cursor.peek().kind === '[' ? parseDesignator(cursor) : null;
  const type = { ...plainType(kind, word.start, cursor.end), width };
  return { type, name, start: word.start, end: cursor.end };
}
