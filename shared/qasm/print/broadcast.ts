import type { Circuit, Operation, Register } from '../../circuit/circuit.ts';
import { sameOperation } from '../../circuit/equal.ts';

/**
 * The operands of the one statement that stands for all these operations: whole registers where
 * wires run in step, single wires where they stay. Null: there is no such statement.
 */
export function broadcastOf(
  operations: readonly Operation[],
  circuit: Pick<Circuit, 'qubitRegisters' | 'bitRegisters'>,
): readonly string[] | null {
  const [first] = operations;
  if (first === undefined) return null;
  const rows = operations.map(wiresOf);
  const shape = wiresOf(first);
  if (!operations.every((operation) => sameKind(first, operation))) return null;
  const operands: string[] = [];
  for (let position = 0; position < shape.length; position++) {
    const of = first.kind === 'measure' && position === 1 ? 'bit' : 'qubit';
    const registers = of === 'bit' ? circuit.bitRegisters : circuit.qubitRegisters;
    const operand = operandOf(
      rows.map((row) => row[position] as number),
      registers,
    );
    if (operand === null) return null;
    operands.push(operand);
  }
  return operands;
}

function wiresOf(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case 'gate':
      return operation.qubits;
    case 'measure':
      return operation.bit === null ? [] : [operation.qubit, operation.bit];
    case 'reset':
      return [operation.qubit];
    default:
      return [];
  }
}

/** Equal but for the wires. */
function sameKind(a: Operation, b: Operation): boolean {
  if (a.kind === 'gate' && b.kind === 'gate') {
    return sameOperation({ ...a, qubits: [] }, { ...b, qubits: [] });
  }
  return a.kind === b.kind && (a.kind === 'measure' || a.kind === 'reset');
}

function operandOf(wires: readonly number[], registers: readonly Register[]): string | null {
  let offset = 0;
  for (const { name, size } of registers) {
    const first = offset;
    offset += size;
    const [wire] = wires as [number];
    if (wire < first || wire >= offset) continue;
    if (wires.length === size && wires.every((one, i) => one === first + i)) return name;
    return wires.every((one) => one === wire) ? `${name}[${wire - first}]` : null;
  }
  return null;
}
