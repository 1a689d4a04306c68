import { expect, test } from 'vitest';
import type { Place } from '#shared/chemistry/molecule.ts';
import { look } from '#shared/problems/views.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { pose, problemSchema } from '#test/support/members.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Result {
  readonly energies: readonly { readonly value: number }[];
  readonly exact: readonly number[];
  readonly gateCounts: Readonly<Record<string, number>>;
}

const chemicalAccuracy = 1.6e-3;

const lithiumHydride = (distance: number) => ({
  kind: 'molecule',
  geometry: [
    ['Li', 0, 0, 0],
    ['H', 0, 0, distance],
  ],
  frozenCore: true,
});

function solved(problem: object, algorithm: string, settings: object, seed: number): Result {
  return runSpec({ algorithm, problem, settings, seed }).result as Result;
}

const offOf = ({ energies, exact }: Result) =>
  (energies[0]?.value ?? Number.NaN) - (exact[0] ?? Number.NaN);

test.each([1.2, 1.6, 2.4])(
  'VQE with UCCSD reaches LiH at %f Å from at least 9 of 10 random starts',
  (distance) => {
    const near = Array.from({ length: 10 }, (_, seed) =>
      offOf(solved(lithiumHydride(distance), 'vqe', { ansatz: { id: 'uccsd' } }, seed)),
    ).filter((off) => off < chemicalAccuracy);
    expect(near.length).toBeGreaterThanOrEqual(9);
  },
  300_000,
);

test.each(['fermionic', 'qubit', 'minimal'])(
  'ADAPT-VQE from the pool %s reaches LiH with fewer gates on two qubits than UCCSD',
  (pool) => {
    const of = (algorithm: string, settings: object) =>
      solved(lithiumHydride(1.6), algorithm, settings, 1);
    const uccsd = of('vqe', { ansatz: { id: 'uccsd' } });
    const adapted = of('adapt-vqe', { pool, gradientTolerance: 0.02 });
    expect(offOf(adapted)).toBeLessThan(chemicalAccuracy);
    expect(adapted.gateCounts['cx']).toBeLessThan(uccsd.gateCounts['cx'] ?? 0);
  },
  300_000,
);

test.each([
  ['N', 'N'],
  ['C', 'C'],
  ['O', 'O'],
  ['C', 'O'],
])('the Hartree-Fock energy of %s%s rises all the way to far apart', (one, other) => {
  const energies = [1.5, 1.8, 2, 2.2, 2.5, 3, 5].map((distance) => {
    const geometry: Place[] = [
      [one, 0, 0, 0],
      [other, 0, 0, distance],
    ];
    const problem = problemSchema.parse({ kind: 'molecule', geometry, frozenCore: true });
    return look(hamiltonianView, pose(problem)).value.molecule?.hartreeFock ?? Number.NaN;
  });
  energies.slice(1).forEach((energy, k) => expect(energy).toBeGreaterThan(energies[k] ?? 0));
});
