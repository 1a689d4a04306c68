import { gate } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';

/** The quantum Fourier transform but for its swaps. */
export function fourier(qubits: readonly number[]): GateOperation[] {
  return qubits.toReversed().flatMap((target, back) => {
    const j = qubits.length - 1 - back;
    const turns = qubits
      .slice(0, j)
      .map((control, k) => gate('cp', [control, target], [Math.PI / 2 ** (j - k)]));
    return [gate('h', [target]), ...turns.toReversed()];
  });
}
