import { unreachable } from '../base/assert.ts';
import { type Bindings, evaluate, type Expression, type MathFunction } from './expression.ts';

/** ∂expression/∂parameter at the bindings. */
export function derivativeOf(
  expression: Expression,
  parameter: string,
  bindings: Bindings,
): number {
  const d = (node: Expression): number => derivativeOf(node, parameter, bindings);
  const value = (node: Expression): number => evaluate(node, bindings);
  switch (expression.kind) {
    case 'number':
    case 'constant':
      return 0;
    case 'parameter':
      return expression.name === parameter ? 1 : 0;
    case 'negate':
      return -d(expression.operand);
    case 'binary':
      return binaryDerivative(expression, d, value);
    case 'call': {
      const argument = expression.arguments[0] as Expression;
      return functionDerivatives[expression.name](value(argument)) * d(argument);
    }
    default:
      return unreachable(expression);
  }
}

function binaryDerivative(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  d: (node: Expression) => number,
  value: (node: Expression) => number,
): number {
  switch (operator) {
    case '+':
      return d(left) + d(right);
    case '-':
      return d(left) - d(right);
    case '*':
      return d(left) * value(right) + value(left) * d(right);
    case '/':
      return (d(left) * value(right) - value(left) * d(right)) / value(right) ** 2;
    case '^': {
      const [base, exponent] = [value(left), value(right)];
      const byBase = exponent * base ** (exponent - 1) * d(left);
      const change = d(right);
      return change === 0 ? byBase : byBase + base ** exponent * Math.log(base) * change;
    }
    case '%':
      return d(left) - Math.trunc(value(left) / value(right)) * d(right);
    default:
      return unreachable(operator);
  }
}

const functionDerivatives: Readonly<Record<MathFunction, (x: number) => number>> = {
  sin: Math.cos,
  cos: (x) => -Math.sin(x),
  tan: (x) => 1 / Math.cos(x) ** 2,
  exp: Math.exp,
  ln: (x) => 1 / x,
  log: (x) => 1 / x,
  sqrt: (x) => 0.5 / Math.sqrt(x),
  arcsin: (x) => 1 / Math.sqrt(1 - x * x),
  arccos: (x) => -1 / Math.sqrt(1 - x * x),
  arctan: (x) => 1 / (1 + x * x),
  ceiling: () => 0,
  floor: () => 0,
  abs: Math.sign,
};
