import { AppError } from '../base/errors.ts';
import type { Circuit, Operation } from './circuit.ts';
import type { CircuitEdit, EditResult } from './edit.ts';
import { type Expression, parameterOf, parametersIn, substitute } from './expression.ts';

type Edit<K extends CircuitEdit['kind']> = Extract<CircuitEdit, { readonly kind: K }>;

export function addParameter(circuit: Circuit, edit: Edit<'add-parameter'>): EditResult {
  const { name } = edit;
  const index = edit.index ?? circuit.parameters.length;
  checkFree(circuit, name);
  if (!Number.isInteger(index) || index < 0 || index > circuit.parameters.length) {
    const message = `Parameters stand at 0 to ${circuit.parameters.length}, not ${index}.`;
    throw new AppError('bad-input', message, { index });
  }
  const parameters = circuit.parameters.toSpliced(index, 0, { name, value: null });
  return { circuit: { ...circuit, parameters }, inverse: { kind: 'remove-parameter', name } };
}

export function removeParameter(circuit: Circuit, { name }: Edit<'remove-parameter'>): EditResult {
  const index = indexOf(circuit, name);
  const user = circuit.operations.findIndex((operation) => uses(operation, name));
  if (user >= 0) {
    const message = `“${name}” cannot go: operation ${user} uses it. Change that gate first.`;
    throw new AppError('bad-input', message, { name, index: user });
  }
  return {
    circuit: { ...circuit, parameters: circuit.parameters.toSpliced(index, 1) },
    inverse: { kind: 'add-parameter', name, index },
  };
}

export function renameParameter(circuit: Circuit, edit: Edit<'rename-parameter'>): EditResult {
  const { name, to } = edit;
  const index = indexOf(circuit, name);
  if (to !== name) checkFree(circuit, to);
  const value = circuit.parameters[index]?.value ?? null;
  const renamed = (expression: Expression): Expression =>
    substitute(expression, (one) => (one === name ? parameterOf(to) : null));
  return {
    circuit: {
      ...circuit,
      parameters: circuit.parameters.with(index, { name: to, value }),
      operations: circuit.operations.map((one) => (uses(one, name) ? mapped(one, renamed) : one)),
    },
    inverse: { kind: 'rename-parameter', name: to, to: name },
  };
}

/** Whether a gate's angle names the parameter, also inside a condition. */
export function uses(operation: Operation, name: string): boolean {
  if (operation.kind === 'gate') {
    return operation.parameters.some((one) => parametersIn(one).includes(name));
  }
  if (operation.kind !== 'if') return false;
  return [...operation.body, ...operation.otherwise].some((one) => uses(one, name));
}

function mapped(operation: Operation, change: (expression: Expression) => Expression): Operation {
  if (operation.kind === 'gate') {
    return { ...operation, parameters: operation.parameters.map(change) };
  }
  if (operation.kind !== 'if') return operation;
  return {
    ...operation,
    body: operation.body.map((one) => mapped(one, change)),
    otherwise: operation.otherwise.map((one) => mapped(one, change)),
  };
}

function indexOf(circuit: Circuit, name: string): number {
  const index = circuit.parameters.findIndex((one) => one.name === name);
  if (index >= 0) return index;
  throw new AppError('bad-input', `The circuit has no parameter “${name}”.`, { name });
}

function checkFree(circuit: Circuit, name: string): void {
  const { parameters, qubitRegisters, bitRegisters, definitions } = circuit;
  const taken = [...parameters, ...qubitRegisters, ...bitRegisters, ...definitions];
  if (!taken.some((one) => one.name === name)) return;
  throw new AppError('bad-input', `“${name}” is taken already. Choose another name.`, { name });
}
