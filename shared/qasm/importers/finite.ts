import type { Circuit, Operation } from '../../circuit/circuit.ts';
import {
  type Bindings,
  evaluate,
  type Expression,
  parametersIn,
} from '../../circuit/expression.ts';

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

/** The first operation with an angle that the circuit's own values make no finite number. */
export function operationWithoutFiniteAngle(circuit: Circuit): Operation | null {
  const bound = circuit.parameters.flatMap(({ name, value }) =>
    value === null ? [] : [[name, value] as const],
  );
  const bindings: Bindings = Object.fromEntries(bound);
  const isSound = (angle: Expression): boolean => {
    if (angle.kind === 'number') return Number.isFinite(angle.value);
    const names = parametersIn(angle);
    return (
      !names.every((name) => Object.hasOwn(bindings, name)) ||
      Number.isFinite(evaluate(angle, bindings))
    );
  };
  const find = (operations: readonly Operation[]): Operation | null => {
    for (const one of operations) {
      if (one.kind === 'gate' && !one.parameters.every(isSound)) return one;
      const inner = one.kind === 'if' ? find([...one.body, ...one.otherwise]) : null;
      if (inner !== null) return inner;
    }
    return null;
  };
  return find(circuit.operations);
}
