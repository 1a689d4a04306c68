import type { GateOperation } from '#shared/circuit/circuit.ts';
import type { Distribution } from '#shared/problems/views/payoff.ts';
import { uniformRotation } from './uniform-rotation.ts';

/**
 * Σ_x √p(x) |x⟩ from |0…0⟩ on qubits first, first + 1, …: the highest qubit splits the weight in two, each
 * further one splits the halves (Grover and Rudolph, arXiv:quant-ph/0208112).
 */
export function prepareDistribution(
  { qubits, probabilities }: Distribution,
  first: number,
): GateOperation[] {
  const gates: GateOperation[][] = [];
  let weights = probabilities;
  for (let qubit = 0; qubit < qubits; qubit++) {
    const [split, sums] = [weights, new Float64Array(weights.length / 2)];
    const angles = sums.map((_, x) => {
      const [zero, one] = [split[2 * x] as number, split[2 * x + 1] as number];
      sums[x] = zero + one;
      return 2 * Math.atan2(Math.sqrt(one), Math.sqrt(zero));
    });
    const above = Array.from({ length: qubits - 1 - qubit }, (_, i) => first + qubit + 1 + i);
    gates.push(uniformRotation(angles, above, first + qubit));
    weights = sums;
  }
  return gates.toReversed().flat();
}
