import { AppError } from '#shared/base/errors.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { type Ansatz, layers, openCircuit } from './ansatz.ts';
import { reference } from './excitations.ts';
import { entanglement, pairsOf } from './pairs.ts';

/**
 * Turns within each pair's states of one excitation, exp(−iθ(XX + YY)/2), and phases of every qubit, from a
 * basis state: the number of ones stays what it was (Gard et al. 2020, arXiv:1904.10910).
 */
export const symmetryPreserving: Ansatz = {
  id: 'symmetry-preserving',
  title: 'Symmetry preserving',
  summary: 'Keeps the number of ones (particles) by exchanging excitations between qubits.',
  parameters: [
    {
      kind: 'integer',
      id: 'particles',
      title: 'Particles',
      help: 'How many qubits are 1, from qubit 0 up, where the circuit starts. Empty: half of them, or the Hartree-Fock state of a molecule.',
      default: null,
      min: 0,
    },
    layers(3),
    entanglement,
  ],
  circuit: ({ qubits, fermions }, settings) => {
    const given = settings['particles'] as number | undefined;
    const particles = given ?? Math.floor(qubits / 2);
    if (particles > qubits) {
      throw new AppError(
        'bad-input',
        `${qubits} qubits hold at most ${qubits} particles, not ${particles}.`,
        { path: 'settings.ansatz.particles' },
      );
    }
    const all = Array.from({ length: qubits }, (_, q) => q);
    const hasOwnStart = fermions !== undefined && given === undefined;
    return openCircuit(qubits, (theta) => {
      const operations: Operation[] = hasOwnStart
        ? reference(fermions)
        : all.slice(0, particles).map((q) => gate('x', [q]));
      for (let layer = 0; layer < (settings['layers'] as number); layer++) {
        for (const pair of pairsOf(settings, qubits)) {
          const angle = theta();
          operations.push(gate('rxx', pair, [angle]), gate('ryy', pair, [angle]));
        }
        operations.push(...all.map((q) => gate('rz', [q], [theta()])));
      }
      return operations;
    });
  },
};
