import { scaled } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import { groupTerms } from '../simulators/measure-pauli.ts';
import { type Ansatz, layers, openCircuit } from './ansatz.ts';
import { reference } from './excitations.ts';
import { initialState, startOf } from './initial-state.ts';
import { pauliEvolution } from './pauli-evolution.ts';

/**
 * Per layer the evolution under each group of commuting terms of the Hamiltonian, for a time of its own
 * (Wecker, Hastings and Troyer 2015, arXiv:1507.08969). One that is diagonal alternates with a field along X,
 * as in QAOA.
 */
export const hamiltonianVariational: Ansatz = {
  id: 'hamiltonian-variational',
  title: 'Hamiltonian variational',
  summary:
    'Evolves under the parts of the Hamiltonian in turn: few parameters, and its symmetries stay.',
  parameters: [layers(3), initialState],
  circuit: (hamiltonian, settings) => {
    const { qubits, fermions } = hamiltonian;
    const hasOwnStart = fermions !== undefined && settings['initialState'] === undefined;
    const groups = groupsOf(hamiltonian);
    return openCircuit(qubits, (theta) => {
      const operations: Operation[] = hasOwnStart
        ? reference(fermions)
        : startOf(settings, qubits, '+');
      for (let layer = 0; layer < (settings['layers'] as number); layer++) {
        for (const group of groups) {
          const time = theta();
          for (const term of group) {
            operations.push(...pauliEvolution(term, scaled(term.coefficient, time)));
          }
        }
      }
      return operations;
    });
  },
};

/** Groups of commuting terms in units of the largest coefficient, so that times are angles of the size of a turn. */
function groupsOf({ qubits, sum }: Hamiltonian): readonly (readonly PauliTerm[])[] {
  const largest = sum.terms.reduce(
    (most, { coefficient, factors }) =>
      factors.length === 0 ? most : Math.max(most, Math.abs(coefficient)),
    0,
  );
  const groups = groupTerms(sum).map(({ terms }) =>
    terms.map((term) => ({ ...term, coefficient: term.coefficient / (largest || 1) })),
  );
  const isDiagonal = sum.terms.every(({ factors }) =>
    factors.every(({ letter }) => letter === 'Z'),
  );
  if (!isDiagonal) return groups;
  const field = Array.from(
    { length: qubits },
    (_, qubit): PauliTerm => ({ coefficient: 1, factors: [{ qubit, letter: 'X' }] }),
  );
  return [...groups, field];
}
