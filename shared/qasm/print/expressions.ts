import { AppError } from '../../base/errors.ts';
import {
  evaluate,
  type Expression,
  numberOf,
  parametersIn,
  printExpression,
  substitute,
} from '../../circuit/expression.ts';

const functions2: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'exp', 'ln', 'log', 'sqrt']);

/**
 * OpenQASM 2 source of an expression. What the language cannot write (a function or constant it
 * lacks) is written as its value; `unsupported` where that depends on a parameter.
 */
export function printExpression2(
  expression: Expression,
  values: ReadonlyMap<string, number | null> = new Map(),
): string {
  const bound =
    values.size === 0
      ? expression
      : substitute(expression, (name) => {
          const value = values.get(name);
          if (value === undefined) return null;
          if (value !== null) return numberOf(value);
          throw new AppError(
            'unsupported',
            `OpenQASM 2 has no parameters of a whole program, and “${name}” has no value. Give it one.`,
            { parameter: name },
          );
        });
  return printExpression(adapt(bound));
}

/** The expression in words of the language. */
function adapt(expression: Expression): Expression {
  switch (expression.kind) {
    case 'number':
      return numberIn2(expression);
    case 'constant':
      return expression.name === 'pi' ? expression : valueOf(expression);
    case 'parameter':
      return expression;
    case 'negate':
      return { kind: 'negate', operand: adapt(expression.operand) };
    case 'binary':
      if (expression.operator === '%') return valueOf(expression);
      return { ...expression, left: adapt(expression.left), right: adapt(expression.right) };
    case 'call':
      if (!functions2.has(expression.name)) return valueOf(expression);
      return {
        kind: 'call',
        name: expression.name === 'log' ? 'ln' : expression.name,
        arguments: expression.arguments.map(adapt),
      };
  }
}

function valueOf(expression: Expression): Expression {
  const free = parametersIn(expression);
  if (free.length === 0) return numberIn2({ kind: 'number', value: evaluate(expression) });
  throw new AppError(
    'unsupported',
    `OpenQASM 2 cannot write ${printExpression(expression)}. Give ${free.join(', ')} a value.`,
    { parameters: free },
  );
}

/** A real number of the language has a decimal point before its exponent. */
function numberIn2(number: Expression & { kind: 'number' }): Expression {
  if (!Number.isFinite(number.value)) {
    throw new AppError('unsupported', `An angle must be a finite number, not ${number.value}.`);
  }
  const text = number.text ?? String(number.value);
  if (!/e/i.test(text) || text.includes('.')) return number;
  const dotted = text.replace(/e/i, '.0e');
  if (!dotted.startsWith('-')) return { ...number, text: dotted };
  // A sign inside the text would escape the parentheses that a negative number needs.
  return {
    kind: 'negate',
    operand: { kind: 'number', value: -number.value, text: dotted.slice(1) },
  };
}
