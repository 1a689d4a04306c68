import { type Cursor, shorten } from './cursor.ts';
import { parseGateDeclaration } from './gate-declaration.ts';
import {
  expectSemicolon,
  isAtBoundary,
  parseName,
  parseOperand,
  parseOperands,
  parseParameters,
  recover,
} from './pieces.ts';
import type { StatementSyntax } from './nodes.ts';

/** Words of OpenQASM 3 that people write into OpenQASM 2 files, and what to write instead. */
const foreign: Readonly<Record<string, string>> = {
  qubit: 'qreg q[2];',
  bit: 'creg c[2];',
  let: 'the names of the registers',
  for: 'one statement for each round',
  while: 'one statement for each round',
  def: 'gate name q { … }',
  input: 'a number',
  const: 'a number',
  ctrl: 'a controlled gate such as cx',
  inv: 'the inverse gate, such as sdg for s',
  pow: 'the gate several times',
  gphase: 'nothing: a global phase cannot be measured',
};

/**
 * Reads one statement; never fails: what cannot be read becomes `broken` with one problem, and
 * reading goes on at the next statement. `inBody` is true between the braces of a gate.
 */
export function parseStatement(cursor: Cursor, inBody: boolean): StatementSyntax {
  const first = cursor.peek();
  const statement = parseKnown(cursor, inBody);
  if (statement !== null) return statement;
  recover(cursor, inBody);
  return { kind: 'broken', start: first.start, end: Math.max(cursor.end, first.start) };
}

function parseKnown(cursor: Cursor, inBody: boolean): StatementSyntax | null {
  const first = cursor.peek();
  if (first.kind === 'end') {
    cursor.take();
    return { kind: 'end', start: first.start, end: first.end };
  }
  if (first.kind === ';') {
    cursor.take();
    cursor.report(
      'syntax',
      'empty-statement',
      'There is no statement before this “;”. Remove it.',
      first,
      { title: 'Remove “;”', edits: [{ start: first.start, end: first.end, text: '' }] },
      'strict',
    );
    return { kind: 'empty', start: first.start, end: first.end };
  }
  if (first.kind === '}') {
    cursor.take();
    cursor.report('syntax', 'unexpected-token', 'This “}” closes nothing. Remove it.', first, {
      title: 'Remove “}”',
      edits: [{ start: first.start, end: first.end, text: '' }],
    });
    return { kind: 'broken', start: first.start, end: first.end };
  }
  if (first.kind !== 'identifier') {
    cursor.reportUnexpected('a statement, such as “h q[0];”');
    return null;
  }
  return parseByKeyword(cursor, first.text, inBody);
}

function parseByKeyword(cursor: Cursor, word: string, inBody: boolean): StatementSyntax | null {
  switch (word) {
    case 'OPENQASM':
      return parseVersion(cursor);
    case 'include':
      return parseInclude(cursor);
    case 'qreg':
    case 'creg':
      return parseRegister(cursor);
    case 'gate':
    case 'opaque':
      return parseGateDeclaration(cursor, inBody, parseStatement);
    case 'measure':
      return parseMeasure(cursor);
    case 'reset':
      return parseReset(cursor);
    case 'barrier':
      return parseBarrier(cursor);
    case 'if':
      return parseIf(cursor, inBody);
    default:
      return parseCall(cursor);
  }
}

function parseVersion(cursor: Cursor): StatementSyntax | null {
  const first = cursor.take();
  const version = cursor.peek();
  if (version.kind !== 'real' && version.kind !== 'integer') {
    cursor.reportUnexpected('the version number 2.0');
    return null;
  }
  cursor.take();
  if (!expectSemicolon(cursor)) return null;
  return { kind: 'version', version, start: first.start, end: cursor.end };
}

function parseInclude(cursor: Cursor): StatementSyntax | null {
  const first = cursor.take();
  const path = cursor.expect('string', 'a file name in double quotes, such as "qelib1.inc"');
  // A string without end has swallowed the rest of its line.
  if (path === null || path.problems?.some((one) => one.severity === 'error') === true) return null;
  if (!expectSemicolon(cursor)) return null;
  return { kind: 'include', path, start: first.start, end: cursor.end };
}

function parseRegister(cursor: Cursor): StatementSyntax | null {
  const first = cursor.take();
  const name = parseName(cursor, 'the register');
  if (name === null) return null;
  if (cursor.expect('[', `“[size]” after ${shorten(name.text)}`) === null) return null;
  const size = cursor.expect('integer', 'the number of wires');
  if (size === null || cursor.expect(']', '“]”') === null) return null;
  if (!expectSemicolon(cursor)) return null;
  const of = first.text === 'qreg' ? 'qubit' : 'bit';
  return { kind: 'register', of, name, size, start: first.start, end: cursor.end };
}

function parseMeasure(cursor: Cursor): StatementSyntax | null {
  const first = cursor.take();
  const source = parseOperand(cursor);
  if (source === null) return null;
  if (cursor.expect('->', '“->” and the bit that keeps the outcome') === null) return null;
  const target = parseOperand(cursor);
  if (target === null || !expectSemicolon(cursor)) return null;
  return { kind: 'measure', source, target, start: first.start, end: cursor.end };
}

function parseReset(cursor: Cursor): StatementSyntax | null {
  const first = cursor.take();
  const operand = parseOperand(cursor);
  if (operand === null || !expectSemicolon(cursor)) return null;
  return { kind: 'reset', operand, start: first.start, end: cursor.end };
}

function parseBarrier(cursor: Cursor): StatementSyntax | null {
  const first = cursor.take();
  if (isAtBoundary(cursor)) {
    cursor.report(
      'syntax',
      'barrier-without-operands',
      'A barrier needs at least one qubit or register, such as “barrier q;”.',
      first,
      undefined,
      'strict',
    );
    if (!expectSemicolon(cursor)) return null;
    return { kind: 'barrier', operands: [], start: first.start, end: cursor.end };
  }
  const operands = parseOperands(cursor);
  if (operands === null || !expectSemicolon(cursor)) return null;
  return { kind: 'barrier', operands, start: first.start, end: cursor.end };
}

function parseIf(cursor: Cursor, inBody: boolean): StatementSyntax | null {
  const first = cursor.take();
  if (cursor.expect('(', '“(” and a condition such as (c==1)') === null) return null;
  const register = cursor.expect('identifier', 'the name of a classical register');
  if (register === null) return null;
  if (!parseEquals(cursor)) return null;
  const value = cursor.expect('integer', 'a non-negative integer');
  if (value === null || cursor.expect(')', '“)”') === null) return null;
  if (cursor.isWord('if')) {
    cursor.report(
      'syntax',
      'nested-if',
      'OpenQASM 2 allows one condition a statement. Put both bits into one register.',
      cursor.peek(),
    );
    return null;
  }
  const next = cursor.peek().kind;
  if (next === 'end' || next === ';' || next === '}') {
    cursor.reportUnexpected('what is to be done under this condition');
    return null;
  }
  const body = parseKnown(cursor, inBody);
  if (body === null) return null;
  return { kind: 'if', register, value, body, start: first.start, end: cursor.end };
}

function parseEquals(cursor: Cursor): boolean {
  const sign = cursor.peek();
  if (sign.kind !== '=') return cursor.expect('==', '“==”') !== null;
  cursor.take();
  cursor.report('syntax', 'unexpected-token', 'A comparison is written “==”, not “=”.', sign, {
    title: 'Write “==”',
    edits: [{ start: sign.start, end: sign.end, text: '==' }],
  });
  return true;
}

function parseCall(cursor: Cursor): StatementSyntax | null {
  const name = cursor.take();
  if (reportForeign(cursor, name)) return null;
  const parameters = parseParameters(cursor);
  if (parameters === null) return null;
  if (isAtBoundary(cursor)) {
    // No operand at all: which number is missing is known once the gate is.
    if (!expectSemicolon(cursor)) return null;
    return { kind: 'call', name, parameters, operands: [], start: name.start, end: cursor.end };
  }
  const operands = parseOperands(cursor);
  if (operands === null || !expectSemicolon(cursor)) return null;
  return { kind: 'call', name, parameters, operands, start: name.start, end: cursor.end };
}

/** Statements of OpenQASM 3 get advice instead of a complaint about a missing token. */
function reportForeign(
  cursor: Cursor,
  name: { text: string; start: number; end: number },
): boolean {
  const next = cursor.peek().kind;
  const isIndexed = next === '[' && cursor.peek(2).kind === ']' && cursor.peek(3).kind === '=';
  if (next === '=' || isIndexed) {
    cursor.report(
      'syntax',
      'only-in-openqasm-3',
      `OpenQASM 2 has no assignment. To measure, write “measure q[0] -> ${shorten(name.text)}${isIndexed ? '[0]' : ''};”.`,
      name,
    );
    return true;
  }
  if (!Object.hasOwn(foreign, name.text) || next === ';') return false;
  const after = cursor.peek(1).kind;
  const looksLikeCall = next === 'identifier' && (after === ',' || after === ';' || after === '[');
  if (looksLikeCall && name.text !== 'qubit' && name.text !== 'bit') return false;
  cursor.report(
    'syntax',
    'only-in-openqasm-3',
    `“${name.text}” belongs to OpenQASM 3. In OpenQASM 2 write ${foreign[name.text]}.`,
    name,
  );
  return true;
}
