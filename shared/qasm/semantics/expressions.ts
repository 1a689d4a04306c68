import {
  evaluate,
  type Expression,
  type MathFunction,
  parametersIn,
} from '../../circuit/expression.ts';
import type { ExpressionSyntax } from '../syntax/nodes.ts';
import type { Reporter } from './reporter.ts';

const functions2: Readonly<Record<string, MathFunction>> = {
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  exp: 'exp',
  ln: 'ln',
  sqrt: 'sqrt',
};

/** What a name in an expression stands for: a parameter of the gate, or why it is none. */
export type ParameterScope = (name: string) => { readonly ok: true } | { readonly why: string };

/** The expression's meaning; null where something in it is wrong (reported). */
export function expressionOf(
  syntax: ExpressionSyntax,
  scope: ParameterScope,
  reporter: Reporter,
): Expression | null {
  const expression = convert(syntax, scope, reporter);
  if (expression === null || expression.kind === 'number')
    return checkNumber(expression, syntax, reporter);
  if (parametersIn(expression).length > 0) return expression;
  const value = evaluate(expression);
  if (Number.isFinite(value)) return expression;
  return reporter.error(
    'not-finite',
    `This angle is not a finite number (${value}). Look for a division by zero, or a root or logarithm of a negative number.`,
    syntax,
  );
}

function checkNumber(
  expression: Expression | null,
  syntax: ExpressionSyntax,
  reporter: Reporter,
): Expression | null {
  if (expression === null || expression.kind !== 'number' || Number.isFinite(expression.value)) {
    return expression;
  }
  return reporter.error('not-finite', 'This number is too large.', syntax);
}

function convert(
  syntax: ExpressionSyntax,
  scope: ParameterScope,
  reporter: Reporter,
): Expression | null {
  switch (syntax.kind) {
    case 'literal':
      // A malformed number was reported when it was read.
      return Number.isNaN(Number(syntax.token.text)) ? null : literal(syntax.token.text);
    case 'name': {
      const name = syntax.token.text;
      if (name === 'pi') return { kind: 'constant', name: 'pi' };
      const found = scope(name);
      if ('ok' in found) return { kind: 'parameter', name };
      return reporter.error('not-a-parameter', found.why, syntax.token);
    }
    case 'negate': {
      const operand = convert(syntax.operand, scope, reporter);
      if (operand === null) return null;
      // A plain negative number is one number, as a drawn gate has it.
      if (operand.kind === 'number' && operand.text === undefined && operand.value > 0) {
        return { kind: 'number', value: -operand.value };
      }
      return { kind: 'negate', operand };
    }
    case 'binary': {
      const left = convert(syntax.left, scope, reporter);
      const right = convert(syntax.right, scope, reporter);
      if (left === null || right === null) return null;
      return { kind: 'binary', operator: syntax.operator, left, right };
    }
    case 'call':
      return convertCall(syntax, scope, reporter);
  }
}

function convertCall(
  syntax: ExpressionSyntax & { kind: 'call' },
  scope: ParameterScope,
  reporter: Reporter,
): Expression | null {
  const name = Object.hasOwn(functions2, syntax.name.text)
    ? functions2[syntax.name.text]
    : undefined;
  if (name === undefined) {
    return reporter.error(
      'unknown-function',
      `OpenQASM 2 has no function “${syntax.name.text}”. It knows sin, cos, tan, exp, ln and sqrt.`,
      syntax.name,
    );
  }
  const inner = convert(syntax.arguments[0] as ExpressionSyntax, scope, reporter);
  return inner === null ? null : { kind: 'call', name, arguments: [inner] };
}

/** Keeps the writing of a number where it is not the shortest one, so that printing gives it back. */
function literal(text: string): Expression {
  const value = Number(text);
  // Plain integers are their own shortest writing; only they are common enough to be worth a test.
  const isShortest = (text.length < 15 && /^(0|[1-9][0-9]*)$/.test(text)) || String(value) === text;
  return isShortest ? { kind: 'number', value } : { kind: 'number', value, text };
}
