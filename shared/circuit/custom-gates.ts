import { AppError } from '../base/errors.ts';
import { synthesise } from '../gates/synthesis.ts';
import type { Matrix } from '../math/matrix.ts';
import { gate as callOf } from './build.ts';
import {
  type Circuit,
  type GateDefinition,
  type GateOperation,
  type Operation,
  qubitsOf,
} from './circuit.ts';
import type { CircuitEdit } from './edit.ts';
import { operationsOfCall } from './expand.ts';
import { parametersIn } from './expression.ts';

/**
 * Edits that make one gate of the selected operations and call it in their place. Open parameters
 * of the circuit become parameters of the gate. `bad-input` where something else than gates is
 * selected, or stands between them on their wires.
 */
export function groupEdits(
  circuit: Circuit,
  indices: readonly number[],
  name: string,
): readonly CircuitEdit[] {
  const chosen = [...new Set(indices)].sort((a, b) => a - b);
  const operations = chosen.map((index) => circuit.operations[index]);
  const body: Operation[] = [];
  for (const operation of operations) {
    if (operation?.kind === 'gate' || operation?.kind === 'barrier') body.push(operation);
    else {
      const came = operation === undefined ? 'nothing' : `a ${operation.kind}`;
      throw new AppError('bad-input', `A gate is made of gates; ${came} is selected, too.`);
    }
  }
  const [first] = chosen;
  if (first === undefined) throw new AppError('bad-input', 'Select the gates that it is made of.');
  const qubits = [...new Set(body.flatMap(qubitsOf))].sort((a, b) => a - b);
  const parameters = [...new Set(body.flatMap(parametersOf))];
  const definition: GateDefinition = {
    name,
    parameterNames: parameters,
    qubitNames: qubits.map((_, i) => `q${i}`),
    body: body.map((operation) => placedOn(operation, (qubit) => qubits.indexOf(qubit))),
  };
  const call = callOf(
    name,
    qubits,
    parameters.map((parameter) => ({ kind: 'parameter', name: parameter })),
  );
  const place = placeFor(circuit, chosen);
  const gone = chosen.filter((index) => index < place).length;
  return [
    { kind: 'add-definition', definition },
    { kind: 'remove', indices: chosen },
    { kind: 'insert', index: place - gone, operations: [call] },
  ];
}

/** Edits that write the call of an own gate out: its body stands in its place. */
export function ungroupEdits(circuit: Circuit, index: number): readonly CircuitEdit[] {
  const call = circuit.operations[index];
  if (call?.kind !== 'gate') {
    throw new AppError('bad-input', 'Only the call of a gate can be written out.', { index });
  }
  const operations = operationsOfCall(call, circuit);
  return [
    { kind: 'remove', indices: [index] },
    { kind: 'insert', index, operations },
  ];
}

/** A gate with this matrix, of at most 6 qubits, made of one-qubit gates and cx; its phase is kept. */
export function definitionOfMatrix(name: string, matrix: Matrix): GateDefinition {
  const { steps, phase } = synthesise(matrix);
  const body = steps.map((step) => callOf(step.gate, step.qubits, step.parameters));
  return {
    name,
    parameterNames: [],
    qubitNames: Array.from({ length: Math.log2(matrix.size) }, (_, i) => `q${i}`),
    body: Math.abs(phase) < 1e-13 ? body : [...body, callOf('gphase', [], [phase])],
  };
}

function parametersOf(operation: Operation): string[] {
  return operation.kind === 'gate' ? operation.parameters.flatMap(parametersIn) : [];
}

function placedOn(operation: Operation, wire: (qubit: number) => number): Operation {
  if (operation.kind === 'barrier') {
    return { kind: 'barrier', qubits: operation.qubits.map(wire) };
  }
  const { gate, parameters, qubits, controls, power } = operation as GateOperation;
  return {
    kind: 'gate',
    gate,
    parameters,
    qubits: qubits.map(wire),
    ...(controls === undefined
      ? {}
      : { controls: controls.map(({ qubit, value }) => ({ qubit: wire(qubit), value })) }),
    ...(power === undefined ? {} : { power }),
  };
}

/**
 * Where the new call can stand without changing what the circuit does: at the first of the selected
 * operations or behind the last one, as long as nothing that stands between touches their wires.
 */
function placeFor(circuit: Circuit, chosen: readonly number[]): number {
  const [first, last] = [chosen[0] as number, chosen.at(-1) as number];
  const selected = new Set(chosen);
  const meets = (index: number, others: readonly number[]): boolean => {
    const touched = new Set(qubitsOf(circuit.operations[index] as Operation));
    return others.some((other) =>
      qubitsOf(circuit.operations[other] as Operation).some((qubit) => touched.has(qubit)),
    );
  };
  const free = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(
    (index) => !selected.has(index),
  );
  if (
    free.every(
      (index) =>
        !meets(
          index,
          chosen.filter((one) => one > index),
        ),
    )
  )
    return first;
  if (
    free.every(
      (index) =>
        !meets(
          index,
          chosen.filter((one) => one < index),
        ),
    )
  )
    return last + 1;
  throw new AppError(
    'bad-input',
    'Something else stands between the selected gates on their wires. Select it, too, or move it away.',
  );
}
