import { gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type AnsatzSettings, openCircuit } from './ansatz.ts';
import { startOf } from './initial-state.ts';
import { pairsOf } from './pairs.ts';

/**
 * Rotations of every qubit, then per layer fixed couplings and the rotations again, each angle a parameter of
 * its own: qubits · rotations · (layers + 1) of them.
 */
export function rotationsAndCouplings(
  qubits: number,
  settings: AnsatzSettings,
  { rotations, coupling }: { readonly rotations: readonly string[]; readonly coupling: string },
): Circuit {
  return openCircuit(qubits, (theta) => {
    const turns = (): Operation[] =>
      rotations.flatMap((name) =>
        Array.from({ length: qubits }, (_, q) => gate(name, [q], [theta()])),
      );
    const couplings = pairsOf(settings, qubits).map((pair) => gate(coupling, pair));
    const operations: Operation[] = [...startOf(settings, qubits, '0'), ...turns()];
    for (let layer = 0; layer < (settings['layers'] as number); layer++) {
      operations.push(...couplings, ...turns());
    }
    return operations;
  });
}
