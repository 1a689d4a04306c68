import type { Cursor } from '../syntax/cursor.ts';
import { parseExpression, parseScalarType } from './expressions.ts';
import { parseList, parseName } from './pieces.ts';
import { parseParameter } from './types.ts';
import { typeWords } from './words.ts';

/**
 * Reads the head of a `defcal`, up to its block: what is calibrated, its parameters (declared, or the
 * values they are for), the qubits and the type of what it gives. False where it is broken (reported).
 */
export function parseCalibrationHead(cursor: Cursor): boolean {
  const isBuiltIn = ['measure', 'reset', 'delay'].some((word) => cursor.isWord(word));
  if (isBuiltIn) cursor.take();
  else if (parseName(cursor, 'what is calibrated') === null) return false;
  if (cursor.takeIf('(') !== null) {
    const parameters = parseList(cursor, ')', parseCalibrationParameter);
    if (parameters === null || cursor.expect(')', '“)” or “,”') === null) return false;
  }
  const operands = parseList(cursor, '{', parseCalibrationOperand);
  if (operands === null) return false;
  if (operands.length === 0) {
    cursor.reportUnexpected('the qubits of the calibration, such as “$0”');
    return false;
  }
  return cursor.takeIf('->') === null || parseScalarType(cursor) !== null;
}

function parseCalibrationParameter(cursor: Cursor) {
  const word = cursor.peek();
  const isDeclared =
    word.kind === 'identifier' &&
    (typeWords.has(word.text) || /^(?:qreg|creg|readonly|mutable)$/.test(word.text));
  return isDeclared ? parseParameter(cursor, true) : parseExpression(cursor);
}

/** A name is any qubit. */
function parseCalibrationOperand(cursor: Cursor) {
  return cursor.takeIf('hardware') ?? parseName(cursor, 'a qubit');
}
