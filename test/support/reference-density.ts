import { embed } from '#shared/gates/product.ts';
import { adjoint, type Matrix, multiplyMatrices, zeros } from '#shared/math/matrix.ts';

/** Σ K ρ K† with operators on a few qubits written out as 2^n × 2^n matrices: the judge of channels. */
export function referenceChannel(
  rho: Matrix,
  operators: readonly Matrix[],
  wires: readonly number[],
  qubits: number,
): Matrix {
  const parts = operators.map((operator) => {
    const wide = embed(operator, wires, qubits);
    return multiplyMatrices(multiplyMatrices(wide, rho), adjoint(wide));
  });
  return parts.reduce((sum, part) => ({
    size: rho.size,
    re: sum.re.map((x, i) => x + (part.re[i] as number)),
    im: sum.im.map((x, i) => x + (part.im[i] as number)),
  }));
}

/** |0…0⟩⟨0…0|. */
export function referenceZero(qubits: number): Matrix {
  const rho = zeros(2 ** qubits);
  rho.re[0] = 1;
  return rho;
}
