import { type Expression, numberOf } from '../../circuit/expression.ts';
import { isFiniteFormula } from './finite.ts';
import { ImportFault } from './importer.ts';
import type { QuilCursor, QuilToken } from './quil-tokens.ts';

/** What a name stands for: a parameter of the gate (%name) or an item of memory (name[index]). */
type Lookup = (name: string, index: number, token: QuilToken) => Expression;

const maximumDepth = 100;
const functions = { SIN: 'sin', COS: 'cos', SQRT: 'sqrt', EXP: 'exp' } as const;

/** Reads a real expression of Quil. */
export function parseQuilExpression(cursor: QuilCursor, lookup: Lookup): Expression {
  const place = cursor.peek() ?? cursor.line;
  const expression = parseSum(cursor, lookup, 0);
  if (isFiniteFormula(expression)) return expression;
  const message = 'This is not a finite real number.';
  throw new ImportFault('semantic', 'not-finite', message, place);
}

function parseSum(cursor: QuilCursor, lookup: Lookup, depth: number): Expression {
  let left = parseProduct(cursor, lookup, depth);
  for (let terms = 0; ; terms++) {
    checkHeight(cursor, depth + terms);
    const operator = cursor.peek()?.text;
    if (operator !== '+' && operator !== '-') return left;
    cursor.take();
    left = { kind: 'binary', operator, left, right: parseProduct(cursor, lookup, depth) };
  }
}

function parseProduct(cursor: QuilCursor, lookup: Lookup, depth: number): Expression {
  let left = parseSigned(cursor, lookup, depth);
  for (let factors = 0; ; factors++) {
    checkHeight(cursor, depth + factors);
    const operator = cursor.peek()?.text;
    if (operator !== '*' && operator !== '/') return left;
    cursor.take();
    left = { kind: 'binary', operator, left, right: parseSigned(cursor, lookup, depth) };
  }
}

function parseSigned(cursor: QuilCursor, lookup: Lookup, depth: number): Expression {
  checkHeight(cursor, depth);
  if (cursor.takes('+')) return parseSigned(cursor, lookup, depth + 1);
  if (!cursor.takes('-')) return parsePower(cursor, lookup, depth);
  const operand = parseSigned(cursor, lookup, depth + 1);
  if (operand.kind === 'number' && operand.value > 0) return numberOf(-operand.value);
  return { kind: 'negate', operand };
}

/** Every later walk over the expression recurses. */
function checkHeight(cursor: QuilCursor, height: number): void {
  if (height <= maximumDepth) return;
  const message = `This expression is nested more than ${maximumDepth} deep, or has as many terms.`;
  throw new ImportFault('syntax', 'expression-too-deep', message, cursor.peek() ?? cursor.line);
}

function parsePower(cursor: QuilCursor, lookup: Lookup, depth: number): Expression {
  const base = parsePrimary(cursor, lookup, depth);
  if (!cursor.takes('^')) return base;
  const right = parseSigned(cursor, lookup, depth + 1);
  return { kind: 'binary', operator: '^', left: base, right };
}

function parsePrimary(cursor: QuilCursor, lookup: Lookup, depth: number): Expression {
  const token = cursor.peek();
  if (token?.kind === 'number' && !token.text.endsWith('i')) {
    cursor.take();
    return numberOf(Number(token.text));
  }
  if (cursor.takes('(')) {
    const inner = parseSum(cursor, lookup, depth + 1);
    cursor.expect(')');
    return inner;
  }
  if (token?.kind === 'formal') {
    cursor.take();
    return lookup(token.text.slice(1), 0, token);
  }
  if (token?.kind !== 'word') throw cursor.unexpected('a real number, pi, a parameter or “(”');
  cursor.take();
  if (token.text.toLowerCase() === 'pi') return { kind: 'constant', name: 'pi' };
  const name = functions[token.text.toUpperCase() as keyof typeof functions];
  if (name !== undefined && cursor.takes('(')) {
    const argument = parseSum(cursor, lookup, depth + 1);
    cursor.expect(')');
    return { kind: 'call', name, arguments: [argument] };
  }
  let index = 0;
  if (cursor.takes('[')) {
    index = Number(cursor.expectKind('number', 'an index').text);
    cursor.expect(']');
  }
  return lookup(token.text, index, token);
}
