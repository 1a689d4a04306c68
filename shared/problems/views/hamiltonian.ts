import type { Fermions } from '../../chemistry/second-quantisation.ts';
import type { PauliSum } from '../../observables/pauli.ts';
import { type BinaryProblem, isingObservable, penalised, toIsing } from '../binary-problem.ts';
import { derived, type Seen, type View } from '../view.ts';
import { binaryView } from './binary.ts';

/** An energy, whose lowest value is looked for. Terms with the same letters are one term. */
export interface Hamiltonian {
  readonly qubits: number;
  readonly sum: PauliSum;
  /** The electrons whose energy it is; absent for spins and bits. Their number stays, and states of another one are not theirs. */
  readonly fermions?: Fermions;
  readonly molecule?: MoleculeEnergies;
}

/** What is known of a molecule before any method has run, in Hartree. */
export interface MoleculeEnergies {
  /** Of the determinant of the lowest orbitals. */
  readonly hartreeFock: number;
  /** Absent where only integrals were given. */
  readonly nuclearRepulsion?: number;
}

/** A sum of Pauli strings. A function of bits gives its Ising form, so that its ground states are its optima. */
export const hamiltonianView: View<Hamiltonian> = {
  id: 'hamiltonian',
  title: 'a Hamiltonian',
  from: derived(binaryView, isingOf),
};

/**
 * The Ising form (Lucas 2014) of the objective as a minimum. A fixed number of ones is kept by a
 * penalty that outweighs every change of the objective.
 */
function isingOf(problem: BinaryProblem): Seen<Hamiltonian> {
  const { objective, cardinality, sense, variables } = problem;
  const sign = sense === 'min' ? 1 : -1;
  const energy = {
    constant: sign * objective.constant,
    linear: objective.linear.map((w) => sign * w),
    quadratic: objective.quadratic.map(([i, j, w]) => [i, j, sign * w] as const),
  };
  const reach = [...energy.linear, ...energy.quadratic.map(([, , w]) => w)];
  const weight = 1 + reach.reduce((sum, w) => sum + Math.abs(w), 0);
  const form = cardinality === null ? energy : penalised(energy, cardinality, weight);
  const warnings = [
    ...(sense === 'max' ? ['The objective is made large, so the energy is its negative.'] : []),
    ...(cardinality === null
      ? []
      : [`The energy has a penalty of ${weight.toPrecision(4)}·(Σx − ${cardinality})².`]),
  ];
  return { value: { qubits: variables, sum: isingObservable(toIsing(form)) }, warnings };
}
