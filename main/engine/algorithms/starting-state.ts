import type { Operation } from '#shared/circuit/circuit.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import { reference } from '../ansatze/excitations.ts';
import { prepared } from '../ansatze/initial-state.ts';

/** The state that was asked for; else Hartree and Fock's determinant, zeros, or, where these have no slope, all qubits in +. */
export function startingState(
  { qubits, fermions, sum }: Hamiltonian,
  { initialState }: { readonly initialState?: string },
): Operation[] {
  if (initialState === undefined && fermions !== undefined) return reference(fermions);
  const isDiagonal = sum.terms.every(({ factors }) =>
    factors.every(({ letter }) => letter === 'Z'),
  );
  const letters = initialState ?? (isDiagonal ? '+' : '0').repeat(qubits);
  return prepared(letters, qubits, 'settings.initialState');
}
