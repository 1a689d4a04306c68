import { hadamard, phaseMatrix } from '#shared/gates/define.ts';
import { adjoint, type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import type { PauliLetter } from '#shared/observables/pauli.ts';

/** H·S†. */
const yToZ = multiplyMatrices(hadamard, adjoint(phaseMatrix(Math.PI / 2)));

/** Turns the eigenbasis of a Pauli operator into that of Z; null for Z itself. */
export function turnToZ(letter: PauliLetter): Matrix | null {
  switch (letter) {
    case 'X':
      return hadamard;
    case 'Y':
      return yToZ;
    case 'Z':
      return null;
  }
}
