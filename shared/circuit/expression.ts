import { unreachable } from '../base/assert.ts';
import { AppError } from '../base/errors.ts';

/** A real parameter of a gate: a number, or a formula over the circuit's named parameters. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly text?: string }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'tau' | 'euler' }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/' | '^' | '%';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'call';
      readonly name: MathFunction;
      readonly arguments: readonly Expression[];
    };

export const mathFunctions = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  exp: Math.exp,
  ln: Math.log,
  log: Math.log,
  sqrt: Math.sqrt,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  ceiling: Math.ceil,
  floor: Math.floor,
  abs: Math.abs,
} as const satisfies Record<string, (x: number) => number>;

export type MathFunction = keyof typeof mathFunctions;

/** Values of named parameters. */
export type Bindings = Readonly<Record<string, number>>;

export function numberOf(value: number): Expression {
  return { kind: 'number', value };
}

export function parameterOf(name: string): Expression {
  return { kind: 'parameter', name };
}

/** The value under the bindings; an unbound name is a `bad-input` error. */
export function evaluate(expression: Expression, bindings: Bindings = {}): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'constant':
      return { pi: Math.PI, tau: 2 * Math.PI, euler: Math.E }[expression.name];
    case 'parameter': {
      const value = Object.hasOwn(bindings, expression.name)
        ? bindings[expression.name]
        : undefined;
      if (value === undefined) {
        throw new AppError('bad-input', `Parameter “${expression.name}” has no value.`, {
          parameter: expression.name,
        });
      }
      return value;
    }
    case 'negate':
      return -evaluate(expression.operand, bindings);
    case 'binary':
      return applyOperator(
        expression.operator,
        evaluate(expression.left, bindings),
        evaluate(expression.right, bindings),
      );
    case 'call':
      return mathFunctions[expression.name](
        evaluate(expression.arguments[0] as Expression, bindings),
      );
    default:
      return unreachable(expression);
  }
}

export function applyOperator(
  operator: '+' | '-' | '*' | '/' | '^' | '%',
  left: number,
  right: number,
): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return left ** right;
    case '%':
      return left % right;
    default:
      return unreachable(operator);
  }
}

/** Names of the parameters that the expression depends on, each once. */
export function parametersIn(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === 'parameter') names.add(node.name);
    else if (node.kind === 'negate') visit(node.operand);
    else if (node.kind === 'binary') {
      visit(node.left);
      visit(node.right);
    } else if (node.kind === 'call') node.arguments.forEach(visit);
  };
  visit(expression);
  return [...names];
}

/** The expression with each parameter replaced by what `replace` gives for it (null keeps it). */
export function substitute(
  expression: Expression,
  replace: (name: string) => Expression | null,
): Expression {
  switch (expression.kind) {
    case 'number':
    case 'constant':
      return expression;
    case 'parameter':
      return replace(expression.name) ?? expression;
    case 'negate':
      return { kind: 'negate', operand: substitute(expression.operand, replace) };
    case 'binary':
      return {
        ...expression,
        left: substitute(expression.left, replace),
        right: substitute(expression.right, replace),
      };
    case 'call':
      return {
        ...expression,
        arguments: expression.arguments.map((argument) => substitute(argument, replace)),
      };
    default:
      return unreachable(expression);
  }
}

const precedence = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 4 } as const;

/** Source text that OpenQASM 2 and 3 both read, with as few parentheses as keep the meaning. */
export function printExpression(expression: Expression, power: '^' | '**' = '^'): string {
  const print = (node: Expression, context: number): string => {
    switch (node.kind) {
      case 'number':
        return node.text ?? wrap(String(node.value), node.value < 0 && context > 2);
      case 'constant':
        return node.name;
      case 'parameter':
        return node.name;
      case 'negate':
        return wrap(`-${print(node.operand, 3)}`, context > 2);
      case 'binary': {
        const level = precedence[node.operator];
        const rightAssociative = node.operator === '^';
        const left = print(node.left, rightAssociative ? level + 1 : level);
        const right = print(node.right, rightAssociative ? level : level + 1);
        const sign = node.operator === '^' ? power : node.operator;
        const spaced = level === 1 ? ` ${sign} ` : sign;
        return wrap(`${left}${spaced}${right}`, context > level);
      }
      case 'call':
        return `${node.name}(${node.arguments.map((argument) => print(argument, 0)).join(', ')})`;
      default:
        return unreachable(node);
    }
  };
  return print(expression, 0);
}

function wrap(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}
