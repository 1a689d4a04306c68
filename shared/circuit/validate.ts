import { gateById } from '../gates/registry.ts';
import { bitCountOf, type Circuit, type Operation, qubitCountOf } from './circuit.ts';
import { parametersIn } from './expression.ts';

/** One thing that is wrong with a circuit. `index` counts in `circuit.operations`; null: elsewhere. */
export interface CircuitProblem {
  readonly index: number | null;
  readonly code:
    | 'unknown-gate'
    | 'wrong-qubit-count'
    | 'wrong-parameter-count'
    | 'qubit-out-of-range'
    | 'bit-out-of-range'
    | 'duplicate-qubit'
    | 'unknown-parameter'
    | 'duplicate-name'
    | 'empty-register';
  readonly message: string;
}

/** What a circuit knows of a gate by its name: its own definition hides a registry gate. */
interface GateShape {
  readonly qubitCount: number;
  readonly parameterCount: number;
}

function gateShapesOf(circuit: Circuit): (name: string) => GateShape | null {
  const own = new Map(circuit.definitions.map((definition) => [definition.name, definition]));
  return (name) => {
    const definition = own.get(name);
    if (definition !== undefined) {
      return {
        qubitCount: definition.qubitNames.length,
        parameterCount: definition.parameterNames.length,
      };
    }
    const gate = gateById(name);
    if (gate === null) return null;
    return { qubitCount: gate.qubitCount, parameterCount: gate.parameterNames.length };
  };
}

/** Everything that breaks the circuit's own rules; empty = valid. */
export function validateCircuit(circuit: Circuit): CircuitProblem[] {
  const problems = validateRegisters(circuit);
  const check = operationChecker(circuit);
  circuit.operations.forEach((operation, index) => {
    for (const { code, message } of check(operation)) problems.push({ index, code, message });
  });
  return problems;
}

function validateRegisters(circuit: Circuit): CircuitProblem[] {
  const problems: CircuitProblem[] = [];
  const names = new Set<string>();
  for (const register of [...circuit.qubitRegisters, ...circuit.bitRegisters]) {
    if (names.has(register.name)) {
      const message = `There are two registers “${register.name}”. Rename one.`;
      problems.push({ index: null, code: 'duplicate-name', message });
    }
    names.add(register.name);
    if (!Number.isInteger(register.size) || register.size < 1) {
      const message = `The register “${register.name}” has ${register.size} wires; it needs at least 1.`;
      problems.push({ index: null, code: 'empty-register', message });
    }
  }
  for (const { name } of circuit.definitions) {
    if (names.has(name)) {
      const message = `The name “${name}” is used twice. Rename the gate.`;
      problems.push({ index: null, code: 'duplicate-name', message });
    }
    names.add(name);
  }
  return problems;
}

type Finding = Pick<CircuitProblem, 'code' | 'message'>;

/** A function that lists what is wrong with one operation of this circuit. */
export function operationChecker(circuit: Circuit): (operation: Operation) => Finding[] {
  const qubitCount = qubitCountOf(circuit);
  const bitCount = bitCountOf(circuit);
  const parameters = new Set(circuit.parameters.map((parameter) => parameter.name));
  const shapeOf = gateShapesOf(circuit);

  function checkWires(qubits: readonly number[], bits: readonly number[], found: Finding[]): void {
    for (const qubit of qubits) {
      if (Number.isInteger(qubit) && qubit >= 0 && qubit < qubitCount) continue;
      const message = `Qubit ${qubit} is not there; the circuit has ${qubitCount}.`;
      found.push({ code: 'qubit-out-of-range', message });
    }
    for (const bit of bits) {
      if (Number.isInteger(bit) && bit >= 0 && bit < bitCount) continue;
      const message = `Bit ${bit} is not there; the circuit has ${bitCount}.`;
      found.push({ code: 'bit-out-of-range', message });
    }
  }

  function checkGate(operation: Operation & { kind: 'gate' }, found: Finding[]): void {
    const qubits = [
      ...(operation.controls ?? []).map((control) => control.qubit),
      ...operation.qubits,
    ];
    checkWires(qubits, [], found);
    if (new Set(qubits).size !== qubits.length) {
      const message = `“${operation.gate}” uses one qubit twice (${qubits.join(', ')}).`;
      found.push({ code: 'duplicate-qubit', message });
    }
    const shape = shapeOf(operation.gate);
    if (shape === null) {
      found.push({ code: 'unknown-gate', message: `There is no gate “${operation.gate}”.` });
      return;
    }
    if (shape.qubitCount !== operation.qubits.length) {
      const message = `“${operation.gate}” acts on ${shape.qubitCount} qubits, not ${operation.qubits.length}.`;
      found.push({ code: 'wrong-qubit-count', message });
    }
    if (shape.parameterCount !== operation.parameters.length) {
      const message = `“${operation.gate}” takes ${shape.parameterCount} parameters, not ${operation.parameters.length}.`;
      found.push({ code: 'wrong-parameter-count', message });
    }
    for (const name of operation.parameters.flatMap(parametersIn)) {
      if (parameters.has(name)) continue;
      found.push({ code: 'unknown-parameter', message: `The circuit has no parameter “${name}”.` });
    }
  }

  function check(operation: Operation): Finding[] {
    const found: Finding[] = [];
    switch (operation.kind) {
      case 'gate':
        checkGate(operation, found);
        break;
      case 'measure':
        checkWires([operation.qubit], operation.bit === null ? [] : [operation.bit], found);
        break;
      case 'reset':
        checkWires([operation.qubit], [], found);
        break;
      case 'barrier':
        checkWires(operation.qubits, [], found);
        break;
      case 'opaque':
        checkWires(operation.qubits, operation.bits, found);
        break;
      case 'if':
        checkWires([], operation.condition.bits, found);
        for (const inner of [...operation.body, ...operation.otherwise])
          found.push(...check(inner));
        break;
    }
    return found;
  }
  return check;
}
