import type { Circuit, GateOperation, Operation, Register } from './circuit.ts';
import { type Expression, numberOf } from './expression.ts';

/** A circuit over one register `q` and, where `bits` > 0, one classical register `c`. */
export function circuitOf(qubits: number, operations: readonly Operation[], bits = 0): Circuit {
  const bitRegisters: Register[] = bits > 0 ? [{ name: 'c', size: bits }] : [];
  return {
    qubitRegisters: [{ name: 'q', size: qubits }],
    bitRegisters,
    parameters: [],
    definitions: [],
    operations,
  };
}

/** A gate call; angles may be numbers or expressions. */
export function gate(
  name: string,
  qubits: readonly number[],
  parameters: readonly (number | Expression)[] = [],
): GateOperation {
  return {
    kind: 'gate',
    gate: name,
    qubits,
    parameters: parameters.map((p) => (typeof p === 'number' ? numberOf(p) : p)),
  };
}

/** factor · angle. */
export function scaled(factor: number, angle: Expression): Expression {
  return factor === 1
    ? angle
    : { kind: 'binary', operator: '*', left: numberOf(factor), right: angle };
}

export function measure(qubit: number, bit: number | null): Operation {
  return { kind: 'measure', qubit, bit };
}

/** Measures qubit i into bit i for each i below `count`. */
export function measureAll(count: number): Operation[] {
  return Array.from({ length: count }, (_, i) => measure(i, i));
}
