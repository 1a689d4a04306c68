import { AppError } from '#shared/base/errors.ts';
import { gate, scaled } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import type { Expression } from '#shared/circuit/expression.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import {
  type Excitation,
  type Fermions,
  keepsSymmetries,
  referenceState,
} from '#shared/chemistry/second-quantisation.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import { pauliEvolution } from './pauli-evolution.ts';

export const electronsParameter: ParameterDescriptor = {
  kind: 'numbers',
  id: 'electrons',
  title: 'Electrons',
  help: 'Electrons of spin up and of spin down, where the problem is no molecule. Its qubits are then spin orbitals under the Jordan-Wigner mapping, all spins up first. Empty: half of the orbitals are filled.',
  default: null,
  advanced: true,
};

/** The electrons of a Hamiltonian: a molecule's own, or those that qubits alone may stand for. */
export function fermionsOf(
  { fermions, qubits }: Hamiltonian,
  given: readonly number[] | undefined,
  path: string,
): Fermions {
  if (fermions !== undefined) return fermions;
  const orbitals = qubits / 2;
  const half = Math.floor(qubits / 4);
  const electrons = given ?? [half, half];
  const [up = -1, down = -1] = electrons;
  const isRight = electrons.length === 2 && Number.isInteger(orbitals);
  if (isRight && electrons.every((n) => Number.isInteger(n) && n >= 0 && n <= orbitals)) {
    return { orbitals, electrons: [up, down], mapping: 'jordan-wigner', isReduced: false };
  }
  throw new AppError(
    'bad-input',
    `Excitations of electrons need a “molecule”, or an even number of qubits and at most half as many electrons of each spin; there are ${qubits} qubits and [${electrons.join(', ')}] electrons.`,
    { path },
  );
}

/** Every move of one electron from a filled orbital of the reference to an empty one of the same spin, within what was tapered. */
export function singles(fermions: Fermions): Excitation[] {
  return moves(fermions).filter((one) => keepsSymmetries(one, fermions));
}

function moves({ orbitals, electrons }: Fermions): Excitation[] {
  return electrons.flatMap((count, spin) =>
    range(0, count).flatMap((i) =>
      range(count, orbitals).map((a) => ({
        from: [i + spin * orbitals],
        to: [a + spin * orbitals],
      })),
    ),
  );
}

/** Every move of two electrons that keeps the number of each spin, within what was tapered. */
export function doubles(fermions: Fermions): Excitation[] {
  const single = moves(fermions);
  const pairs = single.flatMap(({ from: [i = 0], to: [a = 0] }, k) =>
    single.slice(k + 1).flatMap(({ from: [j = 0], to: [b = 0] }): Excitation[] => {
      const isOneSpin = i < fermions.orbitals === j < fermions.orbitals;
      // The same two orbitals of one spin come up twice: once crossed.
      if (isOneSpin && !(i < j && a < b)) return [];
      return [{ from: [i, j], to: [a, b] }];
    }),
  );
  return pairs.filter((one) => keepsSymmetries(one, fermions));
}

function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, k) => first + k);
}

/** The gates that prepare the determinant of the lowest orbitals. */
export function reference(fermions: Fermions): GateOperation[] {
  const state = referenceState(fermions);
  return [...state.toString(2)]
    .toReversed()
    .flatMap((bit, q) => (bit === '1' ? [gate('x', [q])] : []));
}

/** exp(−i·angle·G), string by string: exact where the strings commute with each other. */
export function evolutionUnder({ terms }: PauliSum, angle: Expression): GateOperation[] {
  return terms.flatMap((term) => pauliEvolution(term, scaled(term.coefficient, angle)));
}
