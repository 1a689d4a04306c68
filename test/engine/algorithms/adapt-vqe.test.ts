import { describe, expect, test } from 'vitest';
import { poolOf } from '#engine/algorithms/adapt-pools.ts';
import { hamiltonianOf } from '#test/support/hamiltonians.ts';
import { casesOf, chainProblem, chains } from '#test/support/physics-cases.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Result {
  readonly energies: readonly { readonly value: number }[];
  readonly exact: readonly number[];
  readonly gateCounts: Readonly<Record<string, number>>;
  readonly growth: readonly { readonly energy: number; readonly gradientNorm: number }[];
  readonly optimizer: { readonly converged: boolean };
}

const run = (problem: object, algorithm: string, settings: object = {}) =>
  runSpec({ algorithm, problem, settings, seed: 3 });
const adapt = (problem: object, settings: object = {}) =>
  run(problem, 'adapt-vqe', settings).result as Result;

const hydrogen = (distance: number) => ({
  kind: 'molecule',
  geometry: [
    ['H', 0, 0, 0],
    ['H', 0, 0, distance],
  ],
});

const lithiumHydride = {
  kind: 'molecule',
  geometry: [
    ['Li', 0, 0, 0],
    ['H', 0, 0, 1.6],
  ],
  frozenCore: true,
};

const cases = casesOf<{ bond_length_angstrom: number; fci_ground_energy: number }>('h2_sto3g');

describe.each(['fermionic', 'qubit', 'minimal'])('the pool %s', (pool) => {
  test.each(cases)('reaches H2 at $bond_length_angstrom Å with one operator', (one) => {
    for (const mapping of ['jordan-wigner', 'parity', 'bravyi-kitaev']) {
      const problem = { ...hydrogen(one.bond_length_angstrom), mapping };
      const { energies, growth, optimizer } = adapt(problem, { pool });
      expect(energies[0]?.value).toBeCloseTo(one.fci_ground_energy, 7);
      expect(growth).toHaveLength(1);
      expect(optimizer.converged).toBe(true);
    }
  });
});

test('LiH takes fewer gates on two qubits than UCCSD, and every operator lowers the energy', () => {
  const uccsd = run(lithiumHydride, 'vqe', {
    ansatz: { id: 'uccsd' },
    optimizer: { id: 'none' },
  }).result as Result;
  const { energies, exact, gateCounts, growth } = adapt(lithiumHydride, {
    pool: 'qubit',
    maxOperators: 8,
  });
  expect((energies[0]?.value ?? 0) - (exact[0] ?? 0)).toBeLessThan(1.6e-3);
  expect(gateCounts['cx']).toBeLessThan((uccsd.gateCounts['cx'] ?? 0) / 10);
  growth.forEach(({ energy }, k) =>
    expect(energy).toBeLessThan(growth[k - 1]?.energy ?? Number.POSITIVE_INFINITY),
  );
});

test('a chain of spins is reached by strings that keep no particles', () => {
  const one = chains.find(({ id }) => id === 'tfim_n4_pbc_h0.5');
  if (one === undefined) throw new Error('no chain');
  const { energies } = adapt(chainProblem(one), { pool: 'qubit', initialState: '++++' });
  expect(energies[0]?.value).toBeCloseTo(one.ground_energy, 4);
});

test('a circuit that may not grow on says so, and a pool of electrons needs some', () => {
  const { result, warnings } = run(lithiumHydride, 'adapt-vqe', { maxOperators: 2 });
  expect((result as Result).optimizer.converged).toBe(false);
  expect(warnings.join()).toMatch(/stopped growing at 2 operators/);
  const spins = { kind: 'hamiltonian', qubits: 1, terms: [['X', 1]] };
  expect(() => adapt(spins, { pool: 'fermionic' })).toThrow(/kind “molecule”/);
});

test.each([1, 2, 3, 5])('the minimal pool on %i qubits has 2n − 2 strings with one Y each', (n) => {
  const pool = poolOf('minimal', hamiltonianOf('Z0', n));
  expect(pool).toHaveLength(Math.max(1, 2 * n - 2));
  expect(new Set(pool.map(({ name }) => name)).size).toBe(pool.length);
  for (const { generator } of pool) {
    const letters = generator.terms[0]?.factors.map(({ letter }) => letter) ?? [];
    expect(letters.filter((letter) => letter === 'Y')).toHaveLength(1);
  }
});
