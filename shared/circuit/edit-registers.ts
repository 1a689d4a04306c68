import { wantedBits } from './condition.ts';
import { AppError } from '../base/errors.ts';
import {
  bitsOf,
  type Circuit,
  type Condition,
  type Operation,
  qubitsOf,
  type Register,
} from './circuit.ts';
import type { CircuitEdit, EditResult } from './edit.ts';

type Kind = 'qubit' | 'bit';
type Edit<K extends CircuitEdit['kind']> = Extract<CircuitEdit, { readonly kind: K }>;

export function registersOf(circuit: Circuit, of: Kind): readonly Register[] {
  return of === 'qubit' ? circuit.qubitRegisters : circuit.bitRegisters;
}

function withRegisters(circuit: Circuit, of: Kind, registers: readonly Register[]): Circuit {
  return of === 'qubit'
    ? { ...circuit, qubitRegisters: registers }
    : { ...circuit, bitRegisters: registers };
}

/** Where the register of that name stands and at which flat index it begins. */
export function findRegister(
  circuit: Circuit,
  of: Kind,
  name: string,
): { readonly index: number; readonly first: number; readonly size: number } {
  let first = 0;
  for (const [index, register] of registersOf(circuit, of).entries()) {
    if (register.name === name) return { index, first, size: register.size };
    first += register.size;
  }
  const message = `There is no ${of === 'qubit' ? 'quantum' : 'classical'} register “${name}”.`;
  throw new AppError('bad-input', message, { name });
}

export function addRegister(circuit: Circuit, edit: Edit<'add-register'>): EditResult {
  const { of, register } = edit;
  const registers = registersOf(circuit, of);
  const index = edit.index ?? registers.length;
  checkName(circuit, register.name);
  checkSize(register.size);
  if (!Number.isInteger(index) || index < 0 || index > registers.length) {
    throw new AppError('bad-input', `Registers stand at 0 to ${registers.length}, not ${index}.`);
  }
  const first = registers.slice(0, index).reduce((sum, { size }) => sum + size, 0);
  const shifted = shiftWires(circuit, of, first, register.size);
  return {
    circuit: withRegisters(shifted, of, registers.toSpliced(index, 0, register)),
    inverse: { kind: 'resize-register', of, name: register.name, size: 0 },
  };
}

export function resizeRegister(circuit: Circuit, edit: Edit<'resize-register'>): EditResult {
  const { of, name, size } = edit;
  const { index, first, size: oldSize } = findRegister(circuit, of, name);
  const registers = registersOf(circuit, of);
  if (size === 0) {
    checkUnused(circuit, of, first, first + oldSize, name, false);
    const shifted = shiftWires(circuit, of, first + oldSize, -oldSize);
    return {
      circuit: withRegisters(shifted, of, registers.toSpliced(index, 1)),
      inverse: { kind: 'add-register', of, register: { name, size: oldSize }, index },
    };
  }
  checkSize(size);
  if (size < oldSize) checkUnused(circuit, of, first + size, first + oldSize, name, true);
  const shifted = shiftWires(circuit, of, first + oldSize, size - oldSize);
  const resized = of === 'qubit' ? shifted : followRegister(shifted, first, oldSize, size);
  return {
    circuit: withRegisters(resized, of, registers.with(index, { name, size })),
    inverse: { kind: 'resize-register', of, name, size: oldSize },
  };
}

export function renameRegister(circuit: Circuit, edit: Edit<'rename-register'>): EditResult {
  const { of, name, to } = edit;
  const { index, size } = findRegister(circuit, of, name);
  if (to !== name) checkName(circuit, to);
  return {
    circuit: withRegisters(circuit, of, registersOf(circuit, of).with(index, { name: to, size })),
    inverse: { kind: 'rename-register', of, name: to, to: name },
  };
}

function checkName(circuit: Circuit, name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    const message = `“${name}” cannot be a name. Use a small letter, then letters, digits and _.`;
    throw new AppError('bad-input', message, { name });
  }
  const taken = [...circuit.qubitRegisters, ...circuit.bitRegisters, ...circuit.definitions];
  if (!taken.some((one) => one.name === name)) return;
  throw new AppError('bad-input', `“${name}” is taken already. Choose another name.`, { name });
}

function checkSize(size: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= 65_536) return;
  throw new AppError('bad-input', `A register has 1 to 65536 wires, not ${size}.`, { size });
}

/** Refuses to take away wires in [from, to) that something uses. */
function checkUnused(
  circuit: Circuit,
  of: Kind,
  from: number,
  to: number,
  name: string,
  conditionsMayFollow: boolean,
): void {
  const isGone = (wire: number): boolean => wire >= from && wire < to;
  const uses = (operation: Operation): boolean => {
    if (operation.kind === 'if') {
      const { bits, value } = operation.condition;
      const whole = isWholeCondition(circuit, operation.condition);
      const left = { bits: bits.filter((bit) => !isGone(bit)), value };
      const follows = conditionsMayFollow && whole && wantedBits(left) !== null;
      if (of === 'bit' && bits.some(isGone) && !follows) return true;
      return [...operation.body, ...operation.otherwise].some(uses);
    }
    return (of === 'qubit' ? qubitsOf(operation) : bitsOf(operation)).some(isGone);
  };
  const index = circuit.operations.findIndex(uses);
  if (index < 0) return;
  throw new AppError(
    'bad-input',
    `The wires ${from} to ${to - 1} of “${name}” cannot go: operation ${index} uses them. Remove it first.`,
    { index, name },
  );
}

function isWholeCondition(circuit: Circuit, condition: Condition): boolean {
  let first = 0;
  for (const { size } of circuit.bitRegisters) {
    const start = first;
    first += size;
    if (condition.bits.length === size && condition.bits.every((bit, i) => bit === start + i)) {
      return true;
    }
  }
  return false;
}

/** Adds `by` to every wire of that kind at or beyond `from`. */
function shiftWires(circuit: Circuit, of: Kind, from: number, by: number): Circuit {
  if (by === 0) return circuit;
  const shift = (wire: number): number => (wire >= from ? wire + by : wire);
  const qubit = of === 'qubit' ? shift : (wire: number) => wire;
  const bit = of === 'bit' ? shift : (wire: number) => wire;
  return {
    ...circuit,
    operations: circuit.operations.map((operation) => mapWires(operation, qubit, bit)),
  };
}

/** A condition on a whole register stays one on the whole register: the text names it alone. */
function followRegister(circuit: Circuit, first: number, oldSize: number, size: number): Circuit {
  const whole = (condition: Condition): boolean =>
    condition.bits.length === oldSize && condition.bits.every((bit, i) => bit === first + i);
  const bits = Array.from({ length: size }, (_, i) => first + i);
  const follow = (operation: Operation): Operation => {
    if (operation.kind !== 'if') return operation;
    const { condition } = operation;
    return {
      ...operation,
      condition: whole(condition) ? { ...condition, bits } : condition,
      body: operation.body.map(follow),
      otherwise: operation.otherwise.map(follow),
    };
  };
  return { ...circuit, operations: circuit.operations.map(follow) };
}

/** The operation on other wires. */
export function mapWires(
  operation: Operation,
  qubit: (index: number) => number,
  bit: (index: number) => number = (index) => index,
): Operation {
  switch (operation.kind) {
    case 'gate':
      return {
        ...operation,
        qubits: operation.qubits.map(qubit),
        ...(operation.controls === undefined
          ? {}
          : { controls: operation.controls.map((one) => ({ ...one, qubit: qubit(one.qubit) })) }),
      };
    case 'measure':
      return {
        ...operation,
        qubit: qubit(operation.qubit),
        bit: operation.bit === null ? null : bit(operation.bit),
      };
    case 'reset':
      return { ...operation, qubit: qubit(operation.qubit) };
    case 'barrier':
      return { ...operation, qubits: operation.qubits.map(qubit) };
    case 'opaque':
      return { ...operation, qubits: operation.qubits.map(qubit), bits: operation.bits.map(bit) };
    case 'if':
      return {
        ...operation,
        condition: { ...operation.condition, bits: operation.condition.bits.map(bit) },
        body: operation.body.map((inner) => mapWires(inner, qubit, bit)),
        otherwise: operation.otherwise.map((inner) => mapWires(inner, qubit, bit)),
      };
  }
}
