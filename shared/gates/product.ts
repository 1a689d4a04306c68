import {
  controlled,
  identity,
  type Matrix,
  multiplyMatrices,
  permuteBits,
} from '../math/matrix.ts';
import { hadamard, pauliX, phaseMatrix } from './define.ts';
import type { GateStep } from './gate.ts';

const stepMatrices: Readonly<Record<string, () => Matrix>> = {
  h: () => hadamard,
  t: () => phaseMatrix(Math.PI / 4),
  tdg: () => phaseMatrix(-Math.PI / 4),
  cx: () => controlled(pauliX),
};

/** Product of steps made of h, t, tdg and cx, for gates that are defined by their circuit. */
export function productOf(qubitCount: number, steps: readonly GateStep[]): Matrix {
  return steps.reduce(
    (product, one) => {
      const matrix = (stepMatrices[one.gate] as () => Matrix)();
      return multiplyMatrices(embed(matrix, one.qubits, qubitCount), product);
    },
    identity(1 << qubitCount),
  );
}

/** The matrix acting on the named qubits of `qubitCount`, identity on the others. */
export function embed(matrix: Matrix, qubits: readonly number[], qubitCount: number): Matrix {
  const others = Array.from({ length: qubitCount }, (_, q) => q).filter((q) => !qubits.includes(q));
  const order = [...qubits, ...others];
  const wide = identity(1 << qubitCount);
  for (let start = 0; start < wide.size; start += matrix.size) {
    for (let r = 0; r < matrix.size; r++) {
      for (let c = 0; c < matrix.size; c++) {
        const index = (start + r) * wide.size + start + c;
        wide.re[index] = matrix.re[r * matrix.size + c] as number;
        wide.im[index] = matrix.im[r * matrix.size + c] as number;
      }
    }
  }
  return permuteBits(
    wide,
    order.map((_, qubit) => order.indexOf(qubit)),
  );
}
