import { type Matrix, zeros } from '#shared/math/matrix.ts';
import { applyMatrix } from './amplitudes.ts';
import type { UnitaryStep } from './register.ts';

/** The product of some steps as one matrix on these qubits (first = least significant bit). */
export function matrixOn(steps: readonly UnitaryStep[], qubits: readonly number[]): Matrix {
  const size = 2 ** qubits.length;
  const result = zeros(size);
  const place = (qubit: number): number => qubits.indexOf(qubit);
  for (let column = 0; column < size; column++) {
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    re[column] = 1;
    for (const { targets, matrix, isDiagonal, controls } of steps) {
      const mask = controls.reduce((all, qubit) => all | (1 << place(qubit)), 0);
      applyMatrix({ qubits: qubits.length, re, im }, targets.map(place), matrix, isDiagonal, mask);
    }
    for (let row = 0; row < size; row++) {
      result.re[row * size + column] = re[row] as number;
      result.im[row * size + column] = im[row] as number;
    }
  }
  return result;
}
