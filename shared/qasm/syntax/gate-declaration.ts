import type { Cursor } from './cursor.ts';
import type { GateSyntax, StatementSyntax } from './nodes.ts';
import { expectSemicolon, parseName, reportTrailingComma } from './pieces.ts';
import type { Token } from './tokens.ts';

type ParseStatement = (cursor: Cursor, inBody: boolean) => StatementSyntax;

/** Reads `gate name(parameters) qubits { body }` or `opaque name(parameters) qubits;`. */
export function parseGateDeclaration(
  cursor: Cursor,
  inBody: boolean,
  parseStatement: ParseStatement,
): StatementSyntax | null {
  const first = cursor.take();
  if (inBody) {
    cursor.report(
      'syntax',
      'only-gates-in-body',
      'A gate cannot be declared inside a gate. Close the body with “}” first.',
      first,
    );
    return null;
  }
  const isOpaque = first.text === 'opaque';
  const header = parseHeader(cursor, isOpaque ? ';' : '{');
  if (header === null) return null;
  if (isOpaque) {
    if (!expectSemicolon(cursor)) return null;
    return { kind: 'gate', ...header, body: null, start: first.start, end: cursor.end };
  }
  if (cursor.expect('{', '“{” and the body of the gate') === null) return null;
  const body = parseBody(cursor, parseStatement);
  return { kind: 'gate', ...header, body, start: first.start, end: cursor.end };
}

function parseHeader(
  cursor: Cursor,
  closing: '{' | ';',
): Pick<GateSyntax, 'name' | 'parameters' | 'qubits'> | null {
  const name = parseName(cursor, 'the gate');
  if (name === null) return null;
  let parameters: Token[] = [];
  if (cursor.takeIf('(') !== null) {
    const names = parseNames(cursor, ')', 'a parameter');
    if (names === null || cursor.expect(')', '“)” or “,”') === null) return null;
    parameters = names;
  }
  const next = cursor.peek().kind;
  if (next === closing || next === 'end') {
    cursor.report(
      'syntax',
      'gate-without-qubits',
      `The gate “${name.text}” needs at least one qubit, such as “gate ${name.text} a { … }”.`,
      name,
    );
    return { name, parameters, qubits: [] };
  }
  const qubits = parseNames(cursor, closing, 'a qubit');
  return qubits === null ? null : { name, parameters, qubits };
}

function parseNames(cursor: Cursor, closing: ')' | '{' | ';', what: string): Token[] | null {
  const names: Token[] = [];
  if (cursor.peek().kind === closing) return names;
  for (;;) {
    const name = parseName(cursor, what);
    if (name === null) return null;
    names.push(name);
    const comma = cursor.takeIf(',');
    if (comma === null) return names;
    if (cursor.peek().kind === closing) {
      reportTrailingComma(cursor, comma);
      return names;
    }
  }
}

function parseBody(cursor: Cursor, parseStatement: ParseStatement): StatementSyntax[] {
  const body: StatementSyntax[] = [];
  const open = cursor.end;
  for (;;) {
    const next = cursor.peek();
    if (next.kind === '}') {
      cursor.take();
      return body;
    }
    const isLeft = next.kind === 'identifier' && isTopLevelOnly(next.text) && cursor.isAtLineStart;
    if (next.kind === 'end' || isLeft) {
      const place = { start: open - 1, end: open };
      const end = cursor.end;
      cursor.report('syntax', 'unclosed-body', 'This “{” is never closed. Add “}”.', place, {
        title: 'Insert “}”',
        edits: [{ start: end, end, text: ' }' }],
      });
      return body;
    }
    body.push(parseStatement(cursor, true));
  }
}

function isTopLevelOnly(word: string): boolean {
  return word === 'qreg' || word === 'creg' || word === 'include' || word === 'OPENQASM';
}
