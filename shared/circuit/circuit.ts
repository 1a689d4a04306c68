import type { GateId } from '../gates/gate.ts';
import type { Expression } from './expression.ts';

/**
 * An immutable circuit. Qubits and classical bits are flat indices that count along the registers
 * in declaration order; qubit 0 is the least significant bit of a basis index.
 */
export interface Circuit {
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
  readonly parameters: readonly Parameter[];
  readonly definitions: readonly GateDefinition[];
  readonly operations: readonly Operation[];
}

export interface Register {
  readonly name: string;
  readonly size: number;
}

/** A named real input; `value` is its default, null where the caller must bind it. */
export interface Parameter {
  readonly name: string;
  readonly value: number | null;
}

/** A gate of the user's own. Its body counts qubits from 0 in the order of `qubitNames`. */
export interface GateDefinition {
  readonly name: string;
  readonly parameterNames: readonly string[];
  readonly qubitNames: readonly string[];
  /** Null: declared without a body (`opaque`); it can be drawn but not simulated. */
  readonly body: readonly Operation[] | null;
}

/** A stretch of the document's text in UTF-16 offsets. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where an operation stands in the document's text: the place of its statement at the top level. */
export interface Origin extends Stretch {
  /** Where in that statement, if it has blocks; left out at the top level. */
  readonly inside?: InsidePlace;
}

/** The innermost statement of an operation and the blocks around it, outermost first. */
export interface InsidePlace extends Stretch {
  readonly blocks: readonly TextBlock[];
}

/**
 * One pass through a block of the text: a round of a loop, a box, a call of a subroutine (at the
 * call), a way of a branch. Operations of one pass share the object.
 */
export interface TextBlock extends Stretch {
  readonly kind: 'for' | 'while' | 'box' | 'call' | 'if' | 'else' | 'switch';
  /** Which pass, e.g. "i = 2", "round 3" or "case 1"; empty where there is only one. */
  readonly pass: string;
}

interface OperationBase {
  readonly origin?: Origin;
}

/** A control on a gate: `value` 0 is an anti-control. */
export interface Control {
  readonly qubit: number;
  readonly value: 0 | 1;
}

/** A call of a gate from the registry or of one of the circuit's own definitions. */
export interface GateOperation extends OperationBase {
  readonly kind: 'gate';
  readonly gate: GateId | string;
  readonly parameters: readonly Expression[];
  readonly qubits: readonly number[];
  /** Further controls, beside those that belong to the gate itself. */
  readonly controls?: readonly Control[];
  /** The gate raised to this real power; -1 is its inverse. Absent = 1. */
  readonly power?: number;
}

export interface MeasureOperation extends OperationBase {
  readonly kind: 'measure';
  readonly qubit: number;
  /** Null: measured, the outcome is not kept. */
  readonly bit: number | null;
}

export interface ResetOperation extends OperationBase {
  readonly kind: 'reset';
  readonly qubit: number;
}

export interface BarrierOperation extends OperationBase {
  readonly kind: 'barrier';
  readonly qubits: readonly number[];
}

/** Holds when the bits, first = least significant, read as an unsigned integer equal `value`. */
export interface Condition {
  readonly bits: readonly number[];
  /** A bigint only where it is larger than the largest exact number. */
  readonly value: number | bigint;
  /** True: holds when they differ. */
  readonly negated?: boolean;
}

export interface ConditionalOperation extends OperationBase {
  readonly kind: 'if';
  readonly condition: Condition;
  readonly body: readonly Operation[];
  readonly otherwise: readonly Operation[];
}

/** Something that the circuit cannot hold: drawn as a labelled block, kept in the text, not simulated. */
export interface OpaqueOperation extends OperationBase {
  readonly kind: 'opaque';
  readonly label: string;
  readonly qubits: readonly number[];
  readonly bits: readonly number[];
  /** A delay: it takes time and changes nothing that a simulation could tell. */
  readonly isInert?: true;
  /** What it does in one pass, as far as that is known before it runs; only to be looked at. */
  readonly sketch?: readonly Operation[];
}

export type Operation =
  | GateOperation
  | MeasureOperation
  | ResetOperation
  | BarrierOperation
  | ConditionalOperation
  | OpaqueOperation;

export const emptyCircuit: Circuit = {
  qubitRegisters: [],
  bitRegisters: [],
  parameters: [],
  definitions: [],
  operations: [],
};

export function totalSize(registers: readonly Register[]): number {
  return registers.reduce((sum, register) => sum + register.size, 0);
}

export function qubitCountOf(circuit: Circuit): number {
  return totalSize(circuit.qubitRegisters);
}

export function bitCountOf(circuit: Circuit): number {
  return totalSize(circuit.bitRegisters);
}

/** "q[2]" for a flat index; a register of size 1 is also indexed, as OpenQASM requires. */
export function nameOfIndex(registers: readonly Register[], index: number): string {
  let rest = index;
  for (const register of registers) {
    if (rest < register.size) return `${register.name}[${rest}]`;
    rest -= register.size;
  }
  return `#${index}`;
}

/** All qubits that an operation touches, each once, in the order it names them. */
export function qubitsOf(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case 'gate':
      return operation.controls === undefined
        ? operation.qubits
        : [...operation.controls.map((control) => control.qubit), ...operation.qubits];
    case 'measure':
    case 'reset':
      return [operation.qubit];
    case 'barrier':
    case 'opaque':
      return operation.qubits;
    case 'if':
      return [...new Set([...operation.body, ...operation.otherwise].flatMap(qubitsOf))];
  }
}

/** All classical bits that an operation reads or writes, each once. */
export function bitsOf(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case 'measure':
      return operation.bit === null ? [] : [operation.bit];
    case 'opaque':
      return operation.bits;
    case 'if':
      return [
        ...new Set([
          ...operation.condition.bits,
          ...[...operation.body, ...operation.otherwise].flatMap(bitsOf),
        ]),
      ];
    default:
      return [];
  }
}
