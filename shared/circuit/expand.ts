import { AppError } from '../base/errors.ts';
import type { Circuit, GateDefinition, GateOperation, Operation } from './circuit.ts';
import { type Expression, substitute } from './expression.ts';

/**
 * The circuit's operations with every call of its own gates replaced by the gate's body, down to
 * gates of the registry. More than `limit` operations are refused as `too-large` (definitions that
 * double at each level grow exponentially), gates without a body as `unsupported`.
 */
export function flattenOperations(circuit: Circuit, limit: number): readonly Operation[] {
  if (circuit.definitions.length === 0) return circuit.operations;
  const definitions = new Map(
    circuit.definitions.map((definition) => [definition.name, definition]),
  );
  let count = 0;
  const admit = <T extends Operation>(operation: T): T => {
    if (++count > limit) {
      throw new AppError('too-large', `The program expands to more than ${limit} operations.`, {
        limit,
      });
    }
    return operation;
  };
  const flatten = (operation: Operation, into: Operation[]): void => {
    if (operation.kind === 'if') {
      const body: Operation[] = [];
      const otherwise: Operation[] = [];
      for (const inner of operation.body) flatten(inner, body);
      for (const inner of operation.otherwise) flatten(inner, otherwise);
      into.push(admit({ ...operation, body, otherwise }));
      return;
    }
    const definition = operation.kind === 'gate' ? definitions.get(operation.gate) : undefined;
    if (operation.kind !== 'gate' || definition === undefined) into.push(admit(operation));
    else for (const inner of bodyOf(operation, definition)) flatten(inner, into);
  };
  const result: Operation[] = [];
  for (const operation of circuit.operations) flatten(operation, result);
  return result;
}

/** The body of one call: qubits and parameters put in, controls and inversion passed down. */
function bodyOf(call: GateOperation, definition: GateDefinition): Operation[] {
  if (definition.body === null) {
    throw new AppError(
      'unsupported',
      `Gate “${definition.name}” is declared without a body (opaque) and cannot be simulated.`,
      { gate: definition.name },
    );
  }
  const parameters = new Map<string, Expression>(
    definition.parameterNames.map((name, i) => [name, call.parameters[i] as Expression]),
  );
  const place = (qubit: number): number => call.qubits[qubit] as number;
  const bound = definition.body.map((operation) => placed(operation, place, parameters, call));
  const power = call.power ?? 1;
  if (power === 1) return bound;
  if (!Number.isInteger(power)) {
    throw new AppError(
      'unsupported',
      `Gate “${definition.name}” to the power ${power}: only whole powers of own gates can be simulated.`,
      { power },
    );
  }
  const once = power < 0 ? bound.toReversed().map(inverseOf) : bound;
  return Array.from({ length: Math.abs(power) }, () => once).flat();
}

function placed(
  operation: Operation,
  place: (qubit: number) => number,
  parameters: ReadonlyMap<string, Expression>,
  call: GateOperation,
): Operation {
  if (operation.kind === 'barrier') return { ...operation, qubits: operation.qubits.map(place) };
  if (operation.kind !== 'gate') return operation;
  const own = (operation.controls ?? []).map((control) => ({
    ...control,
    qubit: place(control.qubit),
  }));
  const controls = [...(call.controls ?? []), ...own];
  return {
    ...operation,
    ...(call.origin === undefined ? {} : { origin: call.origin }),
    qubits: operation.qubits.map(place),
    parameters: operation.parameters.map((parameter) =>
      substitute(parameter, (name) => parameters.get(name) ?? null),
    ),
    ...(controls.length === 0 ? {} : { controls }),
  };
}

function inverseOf(operation: Operation): Operation {
  return operation.kind === 'gate' ? { ...operation, power: -(operation.power ?? 1) } : operation;
}
