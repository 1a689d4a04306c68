import type { Cursor } from '../syntax/cursor.ts';
import { recover } from '../syntax/pieces.ts';
import type { Token } from '../syntax/tokens.ts';
import { parseCalibrationHead } from './calibrations.ts';
import { parseCallOrAssignment, parseModifiedCall, parseOperands } from './calls.ts';
import {
  parseConstant,
  parseDefinition,
  parseExtern,
  parseGate,
  parseIo,
  parseOldRegister,
  parseTyped,
} from './declarations.ts';
import {
  parseDesignator,
  parseExpression,
  parseJoined,
  parseLoopValues,
  parseOperand,
  parsePlace,
  parseScalarType,
  parseValue,
} from './expressions.ts';
import type { CaseSyntax, Statement3 } from './nodes.ts';
import {
  endOfBlock,
  endOfLine,
  expectSemicolon,
  isTooDeep,
  parseList,
  parseName,
} from './pieces.ts';
import { reservedWords3, typeWords } from './words.ts';

type Parser = (cursor: Cursor, depth: number) => Statement3 | null;

/**
 * Reads one statement; never fails: what cannot be read becomes `broken` with one problem, and
 * reading goes on at the next statement. `depth` counts the braces around it.
 */
export function parseStatement3(cursor: Cursor, depth = 0): Statement3 {
  const first = cursor.peek();
  const statement = parseAnnotated(cursor, depth);
  if (statement !== null) return statement;
  // A word that begins no statement would be met again and again.
  if (cursor.peek().start === first.start) cursor.skip();
  recover(cursor, depth > 0);
  return { kind: 'broken', start: first.start, end: Math.max(cursor.end, first.start) };
}

function parseAnnotated(cursor: Cursor, depth: number): Statement3 | null {
  const annotations: Token[] = [];
  while (cursor.peek().kind === '@') {
    const name = cursor.peek(1);
    if (name.kind !== 'identifier' || name.start !== cursor.peek().end) {
      cursor.take();
      cursor.reportUnexpected('the name of an annotation, such as “@reversible”');
      return null;
    }
    annotations.push(cursor.takeRaw(endOfLine(cursor)));
  }
  const statement = parseKnown(cursor, depth);
  const first = annotations[0];
  if (statement === null || first === undefined) return statement;
  if (statement.kind === 'end' || statement.kind === 'block') {
    const message = 'No statement follows this annotation; a block alone is none.';
    cursor.report('syntax', 'unexpected-token', message, first);
  }
  return { ...statement, start: first.start, annotations };
}

function parseKnown(cursor: Cursor, depth: number): Statement3 | null {
  const first = cursor.peek();
  const place = { start: first.start, end: first.end };
  if (isTooDeep(cursor, depth)) return null;
  switch (first.kind) {
    case 'end':
      cursor.take();
      return { kind: 'end', ...place };
    case ';':
      cursor.take();
      cursor.report('syntax', 'empty-statement', 'This “;” ends nothing. Remove it.', first, {
        title: 'Remove “;”',
        edits: [{ ...place, text: '' }],
      });
      return { kind: 'empty', ...place };
    case '}':
      cursor.take();
      cursor.report('syntax', 'unexpected-token', 'This “}” closes nothing. Remove it.', first, {
        title: 'Remove “}”',
        edits: [{ ...place, text: '' }],
      });
      return { kind: 'broken', ...place };
    case '{': {
      const body = parseBlock(cursor, depth);
      return body === null ? null : { kind: 'block', body, start: first.start, end: cursor.end };
    }
    case 'identifier':
      return parseByWord(cursor, first.text, depth);
    default:
      return parseCallOrAssignment(cursor);
  }
}

function parseByWord(cursor: Cursor, word: string, depth: number): Statement3 | null {
  const parser = Object.hasOwn(parsers, word) ? parsers[word] : undefined;
  if (parser !== undefined) return parser(cursor, depth);
  if (typeWords.has(word)) return parseTyped(cursor);
  if (reservedWords3.has(word) && !/^(?:true|false|pi|π|tau|τ|euler|ℇ|durationof)$/u.test(word)) {
    cursor.reportUnexpected('a statement');
    return null;
  }
  return parseCallOrAssignment(cursor);
}

/** `{ … }`; a missing brace is reported at the one that it would close. */
function parseBlock(cursor: Cursor, depth: number): readonly Statement3[] | null {
  const open = cursor.expect('{', '“{”');
  if (open === null) return null;
  const body: Statement3[] = [];
  for (;;) {
    const next = cursor.peek().kind;
    if (next === '}') {
      cursor.take();
      return body;
    }
    if (next === 'end') {
      const end = cursor.end;
      cursor.report('syntax', 'unclosed-body', 'This “{” is never closed. Add “}”.', open, {
        title: 'Insert “}”',
        edits: [{ start: end, end, text: ' }' }],
      });
      return body;
    }
    body.push(parseStatement3(cursor, depth + 1));
  }
}

/** A block, or the one statement that stands for it. */
function parseBody(cursor: Cursor, depth: number): readonly Statement3[] | null {
  if (cursor.peek().kind === '{') return parseBlock(cursor, depth);
  if (cursor.peek().kind === 'end') {
    cursor.reportUnexpected('a statement or “{”');
    return null;
  }
  const statement = parseAnnotated(cursor, depth + 1);
  return statement === null ? null : [statement];
}

const parsers: Readonly<Record<string, Parser>> = {
  OPENQASM: (cursor) => {
    const { start } = cursor.take();
    const version = cursor.peek();
    if (version.kind !== 'real' && version.kind !== 'integer') {
      cursor.reportUnexpected('the version number, such as 3.0');
      return null;
    }
    cursor.take();
    if (!expectSemicolon(cursor)) return null;
    return { kind: 'version', version, start, end: cursor.end };
  },
  include: (cursor) => {
    const { start } = cursor.take();
    const path = parseQuoted(cursor, 'a file name in quotes, such as "stdgates.inc"');
    if (path === null || path.problems !== null || !expectSemicolon(cursor)) return null;
    return { kind: 'include', path, start, end: cursor.end };
  },
  const: parseConstant,
  input: parseIo,
  output: parseIo,
  qreg: parseOldRegister,
  creg: parseOldRegister,
  gate: (cursor, depth) => parseGate(cursor, depth, parseBlock),
  def: (cursor, depth) => parseDefinition(cursor, depth, parseBlock),
  extern: parseExtern,
  let: (cursor) => {
    const { start } = cursor.take();
    const name = parseName(cursor, 'the alias');
    if (name === null || cursor.expect('=', '“=” and what it stands for') === null) return null;
    const value = parseJoined(cursor);
    if (value === null || !expectSemicolon(cursor)) return null;
    return { kind: 'alias', name, value, start, end: cursor.end };
  },
  measure: (cursor) => {
    const { start } = cursor.take();
    const source = parseOperand(cursor);
    if (source === null) return null;
    const hasTarget = cursor.takeIf('->') !== null;
    const target = hasTarget ? parsePlace(cursor, 'the bits that are written') : null;
    if ((hasTarget && target === null) || !expectSemicolon(cursor)) return null;
    return { kind: 'measure', source, target, start, end: cursor.end };
  },
  reset: (cursor) => {
    const { start } = cursor.take();
    const operand = parseOperand(cursor);
    if (operand === null || !expectSemicolon(cursor)) return null;
    return { kind: 'reset', operand, start, end: cursor.end };
  },
  barrier: (cursor) => parseWires(cursor, 'barrier'),
  nop: (cursor) => parseWires(cursor, 'nop'),
  delay: (cursor) => {
    const { start } = cursor.take();
    const duration = parseDesignator(cursor);
    const operands = duration === null ? null : parseOperands(cursor);
    if (duration === null || operands === null || !expectSemicolon(cursor)) return null;
    return { kind: 'delay', duration, operands, start, end: cursor.end };
  },
  box: (cursor, depth) => {
    const { start } = cursor.take();
    const isTimed = cursor.peek().kind === '[';
    const duration = isTimed ? parseDesignator(cursor) : null;
    if (isTimed && duration === null) return null;
    const body = parseBlock(cursor, depth);
    return body === null ? null : { kind: 'box', duration, body, start, end: cursor.end };
  },
  if: parseIf,
  while: (cursor, depth) => {
    const { start } = cursor.take();
    const condition = parseCondition(cursor);
    const body = condition === null ? null : parseBody(cursor, depth);
    if (condition === null || body === null) return null;
    return { kind: 'while', condition, body, start, end: cursor.end };
  },
  for: parseFor,
  switch: parseSwitch,
  return: (cursor) => {
    const { start } = cursor.take();
    const isBare = cursor.peek().kind === ';';
    const value = isBare ? null : parseValue(cursor);
    if ((!isBare && value === null) || !expectSemicolon(cursor)) return null;
    return { kind: 'return', value, start, end: cursor.end };
  },
  break: (cursor) => parseLone(cursor, 'break'),
  continue: (cursor) => parseLone(cursor, 'continue'),
  end: (cursor) => parseLone(cursor, 'stop'),
  inv: parseModifiedCall,
  pow: parseModifiedCall,
  ctrl: parseModifiedCall,
  negctrl: parseModifiedCall,
  gphase: parseModifiedCall,
  pragma: parsePragma,
  '#pragma': parsePragma,
  cal: (cursor) => parseUnread(cursor, 'cal'),
  defcal: (cursor) => parseUnread(cursor, 'defcal'),
  defcalgrammar: (cursor) => {
    const { start } = cursor.take();
    const name = parseQuoted(cursor, 'a name in quotes');
    if (name === null || !expectSemicolon(cursor)) return null;
    return { kind: 'grammar', text: name.text, start, end: cursor.end };
  },
};

/** A text in quotes; one of zeros and ones was read as bits. */
function parseQuoted(cursor: Cursor, what: string): Token | null {
  return cursor.takeIf('bits') ?? cursor.expect('string', what);
}

function parseLone(cursor: Cursor, kind: 'break' | 'continue' | 'stop'): Statement3 | null {
  const { start } = cursor.take();
  return expectSemicolon(cursor) ? { kind, start, end: cursor.end } : null;
}

function parseWires(cursor: Cursor, kind: 'barrier' | 'nop'): Statement3 | null {
  const { start } = cursor.take();
  const operands = parseOperands(cursor);
  if (operands === null || !expectSemicolon(cursor)) return null;
  return { kind, operands, start, end: cursor.end };
}

function parsePragma(cursor: Cursor): Statement3 | null {
  const lineEnd = endOfLine(cursor);
  const word = cursor.peek();
  if (cursor.text.slice(cursor.base + word.end, cursor.base + lineEnd).trim() === '') {
    cursor.report('syntax', 'unexpected-token', 'Expected what the pragma says on its line.', word);
  }
  const { text, start, end } = cursor.takeRaw(lineEnd);
  return { kind: 'pragma', text, start, end };
}

/** The block is taken as it stands; only the head of `defcal` is read. */
function parseUnread(cursor: Cursor, kind: 'cal' | 'defcal'): Statement3 | null {
  const { start } = cursor.take();
  if (kind === 'defcal' && !parseCalibrationHead(cursor)) return null;
  if (cursor.peek().kind !== '{') {
    cursor.reportUnexpected('“{” and the block');
    return null;
  }
  const end = endOfBlock(cursor);
  if (end < 0) {
    cursor.report('syntax', 'unclosed-body', 'This “{” is never closed. Add “}”.', cursor.peek());
    cursor.takeRaw(cursor.text.length - cursor.base);
  } else cursor.takeRaw(end);
  const text = cursor.text.slice(cursor.base + start, cursor.base + cursor.end);
  return { kind, text, start, end: cursor.end };
}

function parseCondition(cursor: Cursor) {
  if (cursor.expect('(', '“(” and a condition') === null) return null;
  const condition = parseExpression(cursor);
  return condition === null || cursor.expect(')', '“)”') === null ? null : condition;
}

function parseIf(cursor: Cursor, depth: number): Statement3 | null {
  const { start } = cursor.take();
  const condition = parseCondition(cursor);
  const body = condition === null ? null : parseBody(cursor, depth);
  if (condition === null || body === null) return null;
  let otherwise: readonly Statement3[] | null = null;
  if (cursor.isWord('else')) {
    cursor.take();
    otherwise = parseBody(cursor, depth);
    if (otherwise === null) return null;
  }
  return { kind: 'if', condition, body, otherwise, start, end: cursor.end };
}

function parseFor(cursor: Cursor, depth: number): Statement3 | null {
  const { start } = cursor.take();
  const type = parseScalarType(cursor);
  const name = type === null ? null : parseName(cursor, 'the loop variable');
  if (type === null || name === null) return null;
  if (!cursor.isWord('in')) {
    cursor.reportUnexpected('“in” and what the loop runs over');
    return null;
  }
  cursor.take();
  const values = parseLoopValues(cursor);
  const body = values === null ? null : parseBody(cursor, depth);
  if (values === null || body === null) return null;
  return { kind: 'for', type, name, values, body, start, end: cursor.end };
}

function parseSwitch(cursor: Cursor, depth: number): Statement3 | null {
  const { start } = cursor.take();
  const subject = parseCondition(cursor);
  if (subject === null || cursor.expect('{', '“{” and the cases') === null) return null;
  const cases: CaseSyntax[] = [];
  while (cursor.takeIf('}') === null) {
    const one = parseCase(cursor, depth);
    if (one === null) return null;
    cases.push(one);
  }
  return { kind: 'switch', subject, cases, start, end: cursor.end };
}

function parseCase(cursor: Cursor, depth: number): CaseSyntax | null {
  const { start } = cursor.peek();
  const isDefault = cursor.isWord('default');
  if (!isDefault && !cursor.isWord('case')) {
    cursor.reportUnexpected('“case”, “default” or “}”');
    return null;
  }
  cursor.take();
  const labels = isDefault ? [] : parseList(cursor, '{', parseExpression);
  if (labels === null) return null;
  if (!isDefault && labels.length === 0) {
    cursor.reportUnexpected('the values of this case');
    return null;
  }
  const body = parseBlock(cursor, depth + 1);
  return body === null ? null : { labels, body, start, end: cursor.end };
}
