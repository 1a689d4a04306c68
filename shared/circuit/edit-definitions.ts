import { AppError } from '../base/errors.ts';
import type { Circuit, GateDefinition, Operation } from './circuit.ts';
import type { CircuitEdit, EditResult } from './edit.ts';
import { operationChecker } from './validate.ts';

type Edit<K extends CircuitEdit['kind']> = Extract<CircuitEdit, { readonly kind: K }>;

export function addDefinition(circuit: Circuit, edit: Edit<'add-definition'>): EditResult {
  const { definition } = edit;
  const index = edit.index ?? circuit.definitions.length;
  checkDefinition(circuit, definition, index);
  return {
    circuit: { ...circuit, definitions: circuit.definitions.toSpliced(index, 0, definition) },
    inverse: { kind: 'remove-definition', name: definition.name },
  };
}

export function removeDefinition(circuit: Circuit, edit: Edit<'remove-definition'>): EditResult {
  const { name } = edit;
  const index = circuit.definitions.findIndex((one) => one.name === name);
  const definition = circuit.definitions[index];
  if (definition === undefined) {
    throw new AppError('bad-input', `The circuit has no gate “${name}” of its own.`, { name });
  }
  const users = circuit.definitions.filter(({ body }) =>
    (body ?? []).some((one) => calls(one, name)),
  );
  const [user] = users;
  if (user !== undefined || circuit.operations.some((one) => calls(one, name))) {
    const by = user === undefined ? 'the circuit' : `the gate “${user.name}”`;
    throw new AppError(
      'bad-input',
      `“${name}” cannot go: ${by} calls it. Remove those calls first.`,
      {
        name,
      },
    );
  }
  return {
    circuit: { ...circuit, definitions: circuit.definitions.toSpliced(index, 1) },
    inverse: { kind: 'add-definition', definition, index },
  };
}

function calls(operation: Operation, name: string): boolean {
  if (operation.kind === 'gate') return operation.gate === name;
  if (operation.kind !== 'if') return false;
  return [...operation.body, ...operation.otherwise].some((one) => calls(one, name));
}

function checkDefinition(circuit: Circuit, definition: GateDefinition, index: number): void {
  const { name, parameterNames, qubitNames, body } = definition;
  const refuse = (reason: string): never => {
    throw new AppError('bad-input', `The gate “${name}” cannot be added: ${reason}`, { name });
  };
  if (!Number.isInteger(index) || index < 0 || index > circuit.definitions.length) {
    refuse(`positions go from 0 to ${circuit.definitions.length}, not ${index}.`);
  }
  const taken = [...circuit.definitions, ...circuit.qubitRegisters, ...circuit.bitRegisters];
  if (taken.some((one) => one.name === name)) refuse('the name is taken already. Choose another.');
  const inner = [...parameterNames, ...qubitNames];
  if (new Set(inner).size < inner.length) refuse('a name stands twice in its head.');
  if (qubitNames.length === 0) refuse('it needs at least one qubit.');
  const check = operationChecker({
    qubitRegisters: [{ name: 'q', size: qubitNames.length }],
    bitRegisters: [],
    parameters: parameterNames.map((parameter) => ({ name: parameter, value: null })),
    definitions: circuit.definitions.slice(0, index),
    operations: [],
  });
  for (const step of body ?? []) {
    if (step.kind !== 'gate' && step.kind !== 'barrier') {
      refuse(`its body has a ${step.kind}; only gates and barriers can stand there.`);
    }
    const [problem] = check(step);
    if (problem !== undefined) refuse(problem.message);
  }
}
