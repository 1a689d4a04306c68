import { unreachable } from '../../base/assert.ts';
import type { Expression, MathFunction } from '../../circuit/expression.ts';

/** How a target language writes formulas. */
export interface ExpressionStyle {
  readonly constant: (name: 'pi' | 'tau' | 'euler') => string;
  readonly parameter: (name: string) => string;
  readonly call: (name: MathFunction, argument: string) => string;
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
        return style.call(node.name, node.arguments.map((one) => render(one, 0)).join(', '));
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

/** Python with `import math`; open parameters are variables. */
export const pythonStyle: ExpressionStyle = {
  constant: (name) => ({ pi: 'math.pi', tau: 'math.tau', euler: 'math.e' })[name],
  parameter: (name) => pythonName(name),
  call: (name, argument) => `${pythonFunctions[name]}(${argument})`,
  power: '**',
};

const pythonWords: ReadonlySet<string> = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield None True False math circuit cirq sympy print cudaq np program reset mz h x y z s t rx ry rz r1 swap u3 sdg tdg pi'.split(
    ' ',
  ),
);

/** A name that Python and the exported program leave free. */
export function pythonName(name: string): string {
  return pythonWords.has(name) ? `${name}_` : name;
}
