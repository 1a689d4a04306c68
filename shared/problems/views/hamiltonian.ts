import type { Fermions } from '../../chemistry/second-quantisation.ts';
import type { PauliSum } from '../../observables/pauli.ts';
import { type BinaryProblem, cardinalityOf, isingObservable, toIsing } from '../binary-problem.ts';
import { dominatingPenalty, penalised } from '../penalties.ts';
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
 * The Ising form (Lucas 2014) of the objective as a minimum. Constraints are kept by a penalty that
 * outweighs every change of the objective; what they need beside the variables comes after these.
 */
function isingOf(problem: BinaryProblem): Seen<Hamiltonian> {
  const { objective, constraints, sense } = problem;
  const sign = sense === 'min' ? 1 : -1;
  const energy: BinaryProblem = {
    ...problem,
    sense: 'min',
    objective: {
      constant: sign * objective.constant,
      linear: objective.linear.map((w) => sign * w),
      quadratic: objective.quadratic.map(([i, j, w]) => [i, j, sign * w] as const),
    },
  };
  const weight = dominatingPenalty(energy);
  const { variables, form } = penalised(energy, weight);
  const added = variables - problem.variables;
  const count = cardinalityOf(problem);
  const said =
    count === null
      ? `${weight.toPrecision(4)} for every broken constraint`
      : `${weight.toPrecision(4)}·(Σx − ${count})²`;
  const warnings = [
    ...(sense === 'max' ? ['The objective is made large, so the energy is its negative.'] : []),
    ...(constraints.length === 0 ? [] : [`The energy has a penalty of ${said}.`]),
    ...(added === 0 ? [] : [`${added} more qubits hold slack and products of the constraints.`]),
  ];
  return { value: { qubits: variables, sum: isingObservable(toIsing(form)) }, warnings };
}
