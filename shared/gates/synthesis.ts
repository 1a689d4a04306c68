import { AppError } from '../base/errors.ts';
import { cosineSineOf } from '../math/cosine-sine.ts';
import { eulerAnglesOf } from '../math/euler.ts';
import { adjoint, isUnitary, type Matrix, multiplyMatrices, zeros } from '../math/matrix.ts';
import { eigenvectorsOf } from '../math/unitary-power.ts';
import { step } from './define.ts';
import type { GateStep } from './gate.ts';

/** More qubits would take 4^n gates that nobody reads. */
const maximumQubits = 6;

/** Steps in u, ry, rz and cx whose product, times e^{i·phase}, is the matrix. */
export interface Synthesis {
  readonly steps: readonly GateStep[];
  readonly phase: number;
}

/**
 * A circuit for a unitary matrix of up to 6 qubits: the quantum Shannon decomposition (Shende,
 * Bullock and Markov 2006) down to one-qubit gates. O(4^n) gates.
 */
export function synthesise(matrix: Matrix): Synthesis {
  const qubits = Math.round(Math.log2(matrix.size));
  if (matrix.size !== 2 ** qubits || qubits < 1 || qubits > maximumQubits) {
    throw new AppError(
      'unsupported',
      `A gate's matrix has 2 to ${2 ** maximumQubits} rows, a power of 2; this one has ${matrix.size}.`,
      { size: matrix.size },
    );
  }
  if (!isUnitary(matrix, 1e-6)) {
    throw new AppError(
      'bad-input',
      'This matrix is not unitary: its columns must have length 1 and be at right angles.',
    );
  }
  const steps: GateStep[] = [];
  const phase = synthesiseOn(matrix, qubits, steps);
  return { steps: steps.filter((one) => !isIdle(one)), phase };
}

function isIdle({ gate, parameters }: GateStep): boolean {
  return gate !== 'cx' && parameters.every((angle) => Math.abs(angle) < 1e-13);
}

/** Adds the steps for the lowest `qubits` qubits; gives the phase that they leave out. */
function synthesiseOn(matrix: Matrix, qubits: number, steps: GateStep[]): number {
  if (qubits === 1) {
    const { theta, phi, lambda, phase } = eulerAnglesOf(matrix);
    steps.push(step('u', [0], theta, phi, lambda));
    return phase;
  }
  const top = qubits - 1;
  const { left, right, angles } = cosineSineOf(matrix);
  let phase = addMultiplexed(right, qubits, steps);
  const rotations = angles.map((angle) => 2 * angle);
  addRotations('ry', rotations, top, steps);
  phase += addMultiplexed(left, qubits, steps);
  return phase;
}

/** One matrix where the top qubit is 0, the other where it is 1. */
function addMultiplexed(
  [first, second]: readonly [Matrix, Matrix],
  qubits: number,
  steps: GateStep[],
): number {
  // first·second† = V·D²·V†; then first = V·D·W and second = V·D†·W.
  const product = multiplyMatrices(first, adjoint(second));
  const vectors = eigenvectorsOf(product);
  const diagonal = multiplyMatrices(adjoint(vectors), multiplyMatrices(product, vectors));
  const { size } = first;
  const halves = Array.from({ length: size }, (_, i) => {
    const at = i * size + i;
    return Math.atan2(diagonal.im[at] as number, diagonal.re[at] as number) / 2;
  });
  const inner = multiplyMatrices(adjoint(vectors), second);
  const turnedInner = zeros(size);
  for (let row = 0; row < size; row++) {
    const [cos, sin] = [Math.cos(halves[row] as number), Math.sin(halves[row] as number)];
    for (let k = row * size; k < (row + 1) * size; k++) {
      const [x, y] = [inner.re[k] as number, inner.im[k] as number];
      turnedInner.re[k] = cos * x - sin * y;
      turnedInner.im[k] = cos * y + sin * x;
    }
  }
  const before = synthesiseOn(turnedInner, qubits - 1, steps);
  addRotations(
    'rz',
    halves.map((half) => -2 * half),
    qubits - 1,
    steps,
  );
  return before + synthesiseOn(vectors, qubits - 1, steps);
}

/** A rotation of `target` by angles[i] where the qubits below it read i. */
function addRotations(
  gate: 'ry' | 'rz',
  angles: readonly number[],
  target: number,
  steps: GateStep[],
): void {
  if (angles.length === 1) {
    steps.push(step(gate, [target], angles[0] as number));
    return;
  }
  const half = angles.length / 2;
  const low = angles.slice(0, half);
  const high = angles.slice(half);
  const mean = low.map((angle, i) => (angle + (high[i] as number)) / 2);
  const difference = low.map((angle, i) => (angle - (high[i] as number)) / 2);
  if (difference.every((angle) => Math.abs(angle) < 1e-13)) {
    addRotations(gate, mean, target, steps);
    return;
  }
  const control = Math.log2(half);
  addRotations(gate, mean, target, steps);
  steps.push(step('cx', [control, target]));
  addRotations(gate, difference, target, steps);
  steps.push(step('cx', [control, target]));
}
