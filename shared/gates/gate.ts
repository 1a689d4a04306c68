import type { Brand } from '../base/brand.ts';
import type { Matrix } from '../math/matrix.ts';

export type GateId = Brand<string, 'GateId'>;

/** One step of a decomposition: qubits are positions in the list of the gate that is decomposed. */
export interface GateStep {
  readonly gate: string;
  readonly parameters: readonly number[];
  readonly qubits: readonly number[];
}

/**
 * Everything there is to know of a gate; documents, parser, drawing, simulators and exporters
 * derive from it. Matrices put the gate's first qubit on the least significant bit.
 */
export interface Gate {
  readonly id: GateId;
  /** Other names under which OpenQASM files know it. */
  readonly aliases: readonly string[];
  /** What is drawn in its box: at most four characters. */
  readonly symbol: string;
  readonly title: string;
  /** One sentence for the gate card. */
  readonly summary: string;
  readonly family: GateFamily;
  readonly parameterNames: readonly string[];
  readonly qubitCount: number;
  /** How many of the leading qubits are controls; the rest are drawn as `symbol`. */
  readonly controlCount: number;
  readonly matrix: (parameters: readonly number[]) => Matrix;
  readonly inverse: (parameters: readonly number[]) => Omit<GateStep, 'qubits'>;
  /** Equal to the matrix up to global phase; null for those that others are built from. */
  readonly decomposition: ((parameters: readonly number[]) => readonly GateStep[]) | null;
  /** ∂matrix/∂parameters[index]; null for gates without parameters. */
  readonly derivative: ((parameters: readonly number[], index: number) => Matrix) | null;
  readonly isDiagonal: boolean;
  readonly isHermitian: boolean;
  /** Maps Pauli operators to Pauli operators (always, for every parameter value). */
  readonly isClifford: boolean;
  /** Where OpenQASM finds it: the language itself, its standard file, Qiskit's additions, or nowhere. */
  readonly qasm2: QasmHome;
  readonly qasm3: QasmHome;
}

export type QasmHome =
  | { readonly home: 'language' | 'standard' | 'addition'; readonly name: string }
  | { readonly home: 'none' };

export type GateFamily =
  | 'pauli'
  | 'clifford'
  | 'phase'
  | 'rotation'
  | 'universal'
  | 'two-qubit'
  | 'controlled'
  | 'native';
