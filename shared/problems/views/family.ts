import type { View } from '../view.ts';
import type { Hamiltonian } from './hamiltonian.ts';

/** Hamiltonians along one quantity, e.g. a bond length or a field, in the order of `values`. */
export interface Family {
  readonly title: string;
  /** Empty for a plain number. */
  readonly unit: string;
  readonly values: readonly number[];
  /** That of one value; made when it is asked for, which may take a moment. */
  readonly at: (place: number) => Hamiltonian;
}

export const familyView: View<Family> = { id: 'family', title: 'Hamiltonians along a quantity' };
