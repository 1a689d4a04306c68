import { present } from '../base/assert.ts';
import { complex, polar } from '../math/complex.ts';
import {
  adjoint,
  controlled,
  type Matrix,
  matrixOf,
  multiplyMatrices,
  zeros,
} from '../math/matrix.ts';
import type { Gate, GateFamily, GateId, GateStep, QasmHome } from './gate.ts';

/** What a gate's file says of it; everything that follows from these facts is filled in. */
export interface GateFacts {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly symbol: string;
  readonly title: string;
  readonly summary: string;
  readonly family: GateFamily;
  readonly parameterNames?: readonly string[];
  readonly qubitCount: number;
  readonly controlCount?: number;
  readonly matrix: Gate['matrix'];
  /** Default: the gate itself where it is Hermitian. */
  readonly inverse?: Gate['inverse'];
  readonly decomposition?: Gate['decomposition'];
  readonly derivative?: Gate['derivative'];
  readonly isDiagonal?: boolean;
  readonly isHermitian?: boolean;
  readonly isClifford?: boolean;
  readonly qasm2?: QasmHome;
  readonly qasm3?: QasmHome;
}

const nowhere: QasmHome = { home: 'none' };

export function defineGate(facts: GateFacts): Gate {
  return {
    id: facts.id as GateId,
    aliases: facts.aliases ?? [],
    symbol: facts.symbol,
    title: facts.title,
    summary: facts.summary,
    family: facts.family,
    parameterNames: facts.parameterNames ?? [],
    qubitCount: facts.qubitCount,
    controlCount: facts.controlCount ?? 0,
    matrix: facts.matrix,
    inverse: facts.inverse ?? ((parameters) => ({ gate: facts.id, parameters })),
    decomposition: facts.decomposition ?? null,
    derivative: facts.derivative ?? null,
    isDiagonal: facts.isDiagonal ?? false,
    isHermitian: facts.isHermitian ?? false,
    isClifford: facts.isClifford ?? false,
    qasm2: facts.qasm2 ?? nowhere,
    qasm3: facts.qasm3 ?? nowhere,
  };
}

/** In the standard file of both languages under its own name. */
export function standardIn(
  name: string,
  ...versions: readonly (2 | 3)[]
): Pick<GateFacts, 'qasm2' | 'qasm3'> {
  const home: QasmHome = { home: 'standard', name };
  return {
    ...(versions.includes(2) ? { qasm2: home } : {}),
    ...(versions.includes(3) ? { qasm3: home } : {}),
  };
}

/** In Qiskit's qelib1.inc, not in the paper's. */
export function additionIn(name: string): Pick<GateFacts, 'qasm2'> {
  return { qasm2: { home: 'addition', name } };
}

/** The inverse of a gate whose parameters are angles of one generator: the same with signs turned. */
export function negated(id: string): Gate['inverse'] {
  return (parameters) => ({ gate: id, parameters: parameters.map((angle) => -angle) });
}

/** Derivative of exp(−iθG): −iG·U. */
export function generatedBy(
  generator: Matrix,
  matrix: Gate['matrix'],
): NonNullable<Gate['derivative']> {
  return (parameters) => {
    const product = multiplyMatrices(generator, matrix(parameters));
    const result = zeros(product.size);
    for (let i = 0; i < product.re.length; i++) {
      result.re[i] = product.im[i] as number;
      result.im[i] = -(product.re[i] as number);
    }
    return result;
  };
}

/** Derivative of a controlled gate: the target's derivative where the controls are 1, else zero. */
export function controlledDerivative(
  derivative: NonNullable<Gate['derivative']>,
  controlCount = 1,
): NonNullable<Gate['derivative']> {
  return (parameters, index) => {
    const result = controlled(derivative(parameters, index), controlCount);
    const ones = (1 << controlCount) - 1;
    for (let i = 0; i < result.size; i++) {
      if ((i & ones) !== ones) result.re[i * result.size + i] = 0;
    }
    return result;
  };
}

export function step(
  gate: string,
  qubits: readonly number[],
  ...parameters: readonly number[]
): GateStep {
  return { gate, qubits, parameters };
}

/** One angle of a gate call. */
export function angle(parameters: readonly number[], index = 0): number {
  return present(parameters[index], 'a gate is called with all its parameters');
}

export const pauliX = matrixOf([
  [0, 1],
  [1, 0],
]);
export const pauliY = matrixOf([
  [0, complex(0, -1)],
  [complex(0, 1), 0],
]);
export const pauliZ = matrixOf([
  [1, 0],
  [0, -1],
]);
export const hadamard = matrixOf([
  [Math.SQRT1_2, Math.SQRT1_2],
  [Math.SQRT1_2, -Math.SQRT1_2],
]);
/** √X with eigenvalues 1 and i. */
export const squareRootX = matrixOf([
  [complex(0.5, 0.5), complex(0.5, -0.5)],
  [complex(0.5, -0.5), complex(0.5, 0.5)],
]);
export const squareRootXInverse = adjoint(squareRootX);

/** diag(1, e^{iλ}). */
export function phaseMatrix(lambda: number): Matrix {
  return matrixOf([
    [1, 0],
    [0, polar(1, lambda)],
  ]);
}

/** U(θ, φ, λ) with a real upper left entry (OpenQASM 2 paper up to phase; Qiskit's UGate). */
export function universalMatrix(theta: number, phi: number, lambda: number): Matrix {
  const cos = Math.cos(theta / 2);
  const sin = Math.sin(theta / 2);
  return matrixOf([
    [cos, polar(-sin, lambda)],
    [polar(sin, phi), polar(cos, phi + lambda)],
  ]);
}

/** half·P as a matrix: the generator of a rotation about P. */
export function halfOf(matrix: Matrix): Matrix {
  return { size: matrix.size, re: matrix.re.map((x) => x / 2), im: matrix.im.map((x) => x / 2) };
}

/** exp(−iθP/2) for a Hermitian P with P² = 1. */
export function rotationMatrix(pauli: Matrix, theta: number): Matrix {
  const cos = Math.cos(theta / 2);
  const sin = Math.sin(theta / 2);
  const result = zeros(pauli.size);
  for (let i = 0; i < pauli.re.length; i++) {
    result.re[i] = sin * (pauli.im[i] as number);
    result.im[i] = -sin * (pauli.re[i] as number);
  }
  for (let i = 0; i < pauli.size; i++) {
    const index = i * pauli.size + i;
    result.re[index] = (result.re[index] as number) + cos;
  }
  return result;
}
