import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import type { PauliSum, PauliTerm } from '../../observables/pauli.ts';
import { bondsOf, type Lattice, latticeFields, siteCount } from '../graphs/lattice.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { hamiltonianView } from '../views/hamiltonian.ts';

const axis = (id: 'x' | 'y' | 'z', help: string) =>
  ({ kind: 'number', id, title: id.toUpperCase(), help, default: 0 }) as const;

/** Fields of every kind that is about spins on a lattice. */
export const spinLatticeFields = [
  ...latticeFields,
  {
    kind: 'group',
    id: 'coupling',
    title: 'Coupling',
    help: 'What XX, YY and ZZ of neighbours are multiplied by. All equal: Heisenberg’s model; X and Y equal: XXZ; Z alone: Ising’s. Positive is antiferromagnetic.',
    default: { x: 1, y: 1, z: 1 },
    members: [
      axis('x', 'Of XX on neighbours.'),
      axis('y', 'Of YY on neighbours.'),
      axis('z', 'Of ZZ on neighbours.'),
    ],
  },
  {
    kind: 'group',
    id: 'field',
    title: 'Field',
    help: 'What X, Y and Z of each site are multiplied by.',
    default: { x: 0, y: 0, z: 0 },
    members: [
      axis('x', 'Of X on each site.'),
      axis('y', 'Of Y on each site.'),
      axis('z', 'Of Z on each site.'),
    ],
  },
] as const satisfies readonly ParameterDescriptor[];

/** Spins with couplings of neighbours and a field, in Pauli matrices (not halves of them). */
export type SpinLattice = ValuesOf<typeof spinLatticeFields>;

/** More sites than a Hamiltonian may have qubits. */
const mostSites = 10_000;

export const spinLattice = defineProblem({
  kind: 'spin-lattice',
  title: 'Spin lattice',
  summary: 'Spins in a chain or on a lattice in a field: the models of Ising, Heisenberg and XXZ.',
  fields: spinLatticeFields,
  faults: latticeFaults,
  aim: () => 'min',
  views: [
    offer(hamiltonianView, (problem: SpinLattice) => ({
      value: { qubits: siteCount(problem), sum: spinSum(problem) },
      warnings: [],
    })),
  ],
  start: {
    fields: { columns: 6, coupling: { z: -1 }, field: { x: -0.5 } },
    settings: { ansatz: { id: 'hamiltonian-variational', layers: 3 } },
  },
  example: {
    // Two spins of an Ising chain in a transverse field, as in the example of “hamiltonian”.
    problem: { columns: 2, coupling: { z: 1 }, field: { x: 1 } },
    answers: {
      energies: -Math.sqrt(5),
      dynamics:
        Math.cos(Math.sqrt(5)) * Math.cos(1) +
        (Math.sin(Math.sqrt(5)) * Math.sin(1)) / Math.sqrt(5),
    },
  },
});

export function latticeFaults(problem: SpinLattice): ProblemFault[] {
  const sites = siteCount(problem);
  if (sites > mostSites) {
    const message = `makes ${sites} sites; at most ${mostSites} are expected`;
    return [{ path: 'columns', message }];
  }
  const isNothing = [...Object.values(problem.coupling), ...Object.values(problem.field)].every(
    (one) => one === 0,
  );
  if (!isNothing) return [];
  const message = 'is 0 and so is the field: nothing acts on the spins';
  return [{ path: 'coupling', message }];
}

/** Σ over neighbours of J_a·σ_a·σ_a, and Σ over sites of h_a·σ_a; what is 0 is left out. */
export function spinSum({ coupling, field, ...lattice }: SpinLattice & Lattice): PauliSum {
  const bonds = bondsOf(lattice);
  const sites = Array.from({ length: siteCount(lattice) }, (_, site) => [site]);
  const along = (
    places: readonly (readonly number[])[],
    strengths: Readonly<Record<'x' | 'y' | 'z', number>>,
  ): PauliTerm[] =>
    (['x', 'y', 'z'] as const).flatMap((a) =>
      strengths[a] === 0
        ? []
        : places.map((qubits) => ({
            coefficient: strengths[a],
            factors: qubits.map((qubit) => ({ qubit, letter: letters[a] })),
          })),
    );
  return { terms: [...along(bonds, coupling), ...along(sites, field)] };
}

const letters = { x: 'X', y: 'Y', z: 'Z' } as const;
