import { evaluate, type Expression, parametersIn } from '../../circuit/expression.ts';

/** Whether every part without parameters has a finite value, and none divides by 0. */
export function isFiniteFormula(expression: Expression): boolean {
  if (parametersIn(expression).length === 0) {
    return Number.isFinite(evaluate(expression)) && literalsIn(expression).every(Number.isFinite);
  }
  switch (expression.kind) {
    case 'negate':
      return isFiniteFormula(expression.operand);
    case 'call':
      return expression.arguments.every(isFiniteFormula);
    case 'binary': {
      const { operator, left, right } = expression;
      const isClosed = parametersIn(right).length === 0;
      if (operator === '/' && isClosed && evaluate(right) === 0) return false;
      return isFiniteFormula(left) && isFiniteFormula(right);
    }
    default:
      return true;
  }
}

function literalsIn(expression: Expression): readonly number[] {
  switch (expression.kind) {
    case 'number':
      return [expression.value];
    case 'negate':
      return literalsIn(expression.operand);
    case 'binary':
      return [...literalsIn(expression.left), ...literalsIn(expression.right)];
    case 'call':
      return expression.arguments.flatMap(literalsIn);
    default:
      return [];
  }
}
