import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import type { Circuit } from '../../circuit/circuit.ts';
import {
  evaluate,
  type Expression,
  type MathFunction,
  parametersIn,
  printExpression,
} from '../../circuit/expression.ts';
import type { Losses } from './exporter.ts';

/** How a target language writes formulas. */
export interface ExpressionStyle {
  readonly constant: (name: 'pi' | 'tau' | 'euler') => string;
  readonly parameter: (name: string) => string;
  /** `isOpen`: the argument depends on a parameter. */
  readonly call: (name: MathFunction, argument: string, isOpen: boolean) => string;
  readonly power: string;
  /** How a number is written; as JavaScript does without this. */
  readonly number?: (value: number) => string;
}

const levels = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 4 } as const;

/** The formula in the target's words, with as few parentheses as keep its meaning. */
export function renderExpression(expression: Expression, style: ExpressionStyle): string {
  const render = (node: Expression, context: number): string => {
    switch (node.kind) {
      case 'number':
        return parenthesised(
          style.number?.(node.value) ?? String(node.value),
          node.value < 0 && context > 2,
        );
      case 'constant':
        return style.constant(node.name);
      case 'parameter':
        return style.parameter(node.name);
      case 'negate':
        return parenthesised(`-${render(node.operand, 3)}`, context > 2);
      case 'binary': {
        const level = levels[node.operator];
        const isPower = node.operator === '^';
        const left = render(node.left, isPower ? level + 1 : level);
        const right = render(node.right, isPower ? level : level + 1);
        const sign = isPower ? style.power : node.operator;
        const middle = level === 1 ? ` ${sign} ` : sign;
        return parenthesised(left + middle + right, context > level);
      }
      case 'call':
        return style.call(
          node.name,
          node.arguments.map((one) => render(one, 0)).join(', '),
          parametersIn(node).length > 0,
        );
      default:
        return unreachable(node);
    }
  };
  return render(expression, 0);
}

function parenthesised(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

const pythonFunctions: Readonly<Record<MathFunction, string>> = {
  sin: 'math.sin',
  cos: 'math.cos',
  tan: 'math.tan',
  exp: 'math.exp',
  ln: 'math.log',
  log: 'math.log',
  sqrt: 'math.sqrt',
  arcsin: 'math.asin',
  arccos: 'math.acos',
  arctan: 'math.atan',
  ceiling: 'math.ceil',
  floor: 'math.floor',
  abs: 'abs',
};

/** Python with `import math`; open parameters are variables, and functions of them the SDK's own. */
export function pythonStyle(
  openCall: (name: MathFunction, argument: string) => string,
  parameter: (name: string) => string = (name) => name,
): ExpressionStyle {
  return {
    constant: (name) => ({ pi: 'math.pi', tau: 'math.tau', euler: 'math.e' })[name],
    parameter,
    call: (name, argument, isOpen) =>
      isOpen ? openCall(name, argument) : `${pythonFunctions[name]}(${argument})`,
    power: '**',
  };
}

const sympyFunctions: Readonly<Record<MathFunction, string>> = {
  sin: 'sympy.sin',
  cos: 'sympy.cos',
  tan: 'sympy.tan',
  exp: 'sympy.exp',
  ln: 'sympy.log',
  log: 'sympy.log',
  sqrt: 'sympy.sqrt',
  arcsin: 'sympy.asin',
  arccos: 'sympy.acos',
  arctan: 'sympy.atan',
  ceiling: 'sympy.ceiling',
  floor: 'sympy.floor',
  abs: 'sympy.Abs',
};

export function sympyCall(name: MathFunction, argument: string): string {
  return `${sympyFunctions[name]}(${argument})`;
}

/** What a target can say of formulas. */
export interface FormulaTarget {
  readonly language: string;
  /** Functions of open parameters. */
  readonly open: ReadonlySet<MathFunction>;
  /** Functions of numbers; all without this. */
  readonly closed?: ReadonlySet<MathFunction>;
}

/**
 * The formula in what the target has: functions and remainders that it lacks are written as their
 * value. `unsupported` where that depends on a parameter without one.
 */
export function formulaFor(
  expression: Expression,
  target: FormulaTarget,
  circuit: Pick<Circuit, 'parameters'>,
  losses: Losses,
): Expression {
  const isKnown = (node: Expression): boolean => {
    switch (node.kind) {
      case 'negate':
        return isKnown(node.operand);
      case 'binary':
        return node.operator !== '%' && isKnown(node.left) && isKnown(node.right);
      case 'call': {
        const isOpen = parametersIn(node).length > 0;
        const known = isOpen ? target.open : target.closed;
        return (known?.has(node.name) ?? true) && node.arguments.every(isKnown);
      }
      default:
        return true;
    }
  };
  if (isKnown(expression)) return expression;
  const free = parametersIn(expression);
  const values = new Map(circuit.parameters.map(({ name, value }) => [name, value]));
  const open = free.find((name) => (values.get(name) ?? null) === null);
  if (open !== undefined) {
    const message = `${target.language} cannot write ${printExpression(expression)}. Give ${open} a value.`;
    throw new AppError('unsupported', message, { parameter: open });
  }
  if (free.length > 0) {
    const why = `${target.language} cannot write ${printExpression(expression)}; its value is written`;
    losses.add(`a formula of ${free.join(', ')}`, why);
  }
  const bindings = Object.fromEntries(free.map((name) => [name, values.get(name) ?? 0]));
  return { kind: 'number', value: evaluate(expression, bindings) };
}
