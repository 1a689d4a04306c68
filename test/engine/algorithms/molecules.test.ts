import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Place } from '#shared/chemistry/molecule.ts';
import { look } from '#shared/problems/views.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { lettersOf } from '#test/support/hamiltonians.ts';
import { faultsOf, pose, problemSchema, readingOf } from '#test/support/members.ts';
import { casesOf } from '#test/support/physics-cases.ts';
import { runSpec } from '#test/support/run-spec.ts';

const folder = 'test/fixtures/chemistry';

interface Known {
  readonly name: string;
  readonly geometry: readonly Place[];
  readonly charge: number;
  readonly nuclearRepulsion: number;
  readonly hartreeFock: number;
  readonly exact?: number;
  readonly frozenCore?: number;
}

interface Result {
  readonly energies: readonly { readonly value: number }[];
  readonly molecule: { readonly hartreeFock: number; readonly nuclearRepulsion?: number };
}

const known = JSON.parse(readFileSync(`${folder}/molecules.json`, 'utf8')) as readonly Known[];
const fcidump = readFileSync(`${folder}/h4.fcidump`, 'utf8');
const hydrogens = casesOf<{
  readonly id: string;
  readonly bond_length_angstrom: number;
  readonly hf_energy: number;
  readonly nuclear_repulsion: number;
  readonly sector_eigenvalues_N2_Sz0: readonly number[];
  readonly pauli_4q_jw_blocked: Readonly<Record<string, number>>;
}>('h2_sto3g');

const hydrogen = (distance: number) => ({
  kind: 'molecule',
  geometry: [
    ['H', 0, 0, 0],
    ['H', 0, 0, distance],
  ],
});

function exact(problem: object, settings = {}): Result {
  return runSpec({
    algorithm: 'exact',
    problem: { kind: 'molecule', ...problem },
    settings,
    seed: 1,
  }).result as Result;
}

describe.each(hydrogens.map((one) => [one.id, one] as const))('%s', (_, one) => {
  const problem = hydrogen(one.bond_length_angstrom);

  test('has the strings, the levels and the energies that are known', () => {
    const { value } = look(hamiltonianView, pose(problemSchema.parse(problem)));
    const strings = lettersOf(value.sum, 4);
    expect(Object.keys(strings).sort()).toEqual(Object.keys(one.pauli_4q_jw_blocked).sort());
    for (const [letters, coefficient] of Object.entries(one.pauli_4q_jw_blocked)) {
      expect(strings[letters]).toBeCloseTo(coefficient, 9);
    }
    const { energies, molecule } = exact(problem, { states: 4 });
    one.sector_eigenvalues_N2_Sz0.forEach((level, k) =>
      expect(energies[k]?.value).toBeCloseTo(level, 9),
    );
    expect(molecule.hartreeFock).toBeCloseTo(one.hf_energy, 9);
    expect(molecule.nuclearRepulsion).toBeCloseTo(one.nuclear_repulsion, 9);
  });
});

describe.each(known.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const { geometry, charge } = one;

  test('has the energies that another program gives', () => {
    const { value } = look(
      hamiltonianView,
      pose(problemSchema.parse({ kind: 'molecule', geometry, charge })),
    );
    expect(value.molecule?.hartreeFock).toBeCloseTo(one.hartreeFock, 8);
    expect(value.molecule?.nuclearRepulsion).toBeCloseTo(one.nuclearRepulsion, 9);
    if (one.exact === undefined || value.qubits > 14) return;
    expect(exact({ geometry, charge }).energies[0]?.value).toBeCloseTo(one.exact, 8);
  });

  test('has them with frozen cores as well', () => {
    if (one.frozenCore === undefined || geometry.length < 2 || geometry[0]?.[0] === 'N') return;
    const { energies, molecule } = exact({ geometry, charge, frozenCore: true });
    expect(energies[0]?.value).toBeCloseTo(one.frozenCore, 8);
    expect(molecule.hartreeFock).toBeCloseTo(one.hartreeFock, 8);
  });
});

describe('the chain H4', () => {
  const geometry = known.find(({ name }) => name === 'H4')?.geometry ?? [];
  const levels = (more: object) =>
    exact({ geometry, ...more }, { states: 6 }).energies.map(({ value }) => value);
  const plain = levels({});

  test.each([
    { mapping: 'parity' },
    { mapping: 'bravyi-kitaev' },
    { mapping: 'parity', twoQubitReduction: true },
    { activeSpace: { electrons: 4, orbitals: 4 } },
    { geometry: undefined, fcidump },
    { geometry: undefined, fcidump: fcidump.replaceAll('E-', 'D-').replace('&END', '/') },
  ])('has the same levels with %o', (more) => {
    levels(more).forEach((value, k) => expect(value).toBeCloseTo(plain[k] ?? Number.NaN, 7));
  });

  test('is higher in a smaller active space, and never below its whole', () => {
    const { energies, molecule } = exact({ geometry, activeSpace: { electrons: 2, orbitals: 2 } });
    const [energy] = energies;
    expect(energy?.value).toBeGreaterThan((plain[0] ?? 0) + 1e-4);
    expect(energy?.value).toBeLessThan(molecule.hartreeFock - 1e-4);
  });
});

test('a result is read in Hartree, with what is known of the molecule', () => {
  const reading = readingOf(exact(hydrogen(0.735)));
  expect(reading?.headline).toMatchObject({ title: 'Lowest energy', unit: 'Ha' });
  expect(reading?.facts.map(({ title }) => title)).toEqual([
    'Hartree-Fock energy',
    'Correlation energy',
    'Nuclear repulsion',
  ]);
});

test.each([
  [{}, ['geometry']],
  [{ ...hydrogen(1), fcidump }, ['geometry']],
  [{ geometry: [['Xx', 0, 0, 0]] }, ['geometry[0][0]']],
  [hydrogen(0), ['geometry[1]']],
  [{ ...hydrogen(1), charge: 1 }, ['charge']],
  [{ ...hydrogen(1), charge: -4 }, ['charge']],
  [{ ...hydrogen(1), twoQubitReduction: true }, ['twoQubitReduction']],
  [{ ...hydrogen(1), tapering: true, mapping: 'parity' }, ['tapering']],
  [{ ...hydrogen(1), activeSpace: { electrons: 1, orbitals: 1 } }, ['activeSpace']],
  [{ ...hydrogen(1), activeSpace: { electrons: 2, orbitals: 3 } }, ['activeSpace']],
  [{ fcidump, frozenCore: true }, ['frozenCore']],
  [{ geometry: Array.from({ length: 14 }, (_, k) => ['H', k, 0, 0]) }, ['geometry']],
  [{ geometry: Array.from({ length: 12 }, (_, k) => ['C', 2 * k, 0, 0]) }, ['geometry']],
] as const)('what is wrong between fields is told at its place, %#', (problem, paths) => {
  const faults = faultsOf(problemSchema.parse({ ...problem, kind: 'molecule' }));
  expect(faults.map(({ path }) => path)).toEqual(paths);
});

test.each([
  ['', /does not say NORB/],
  ['&FCI NORB=2 /', /does not say NELEC/],
  ['&FCI NORB=2,NELEC=5 /', /do not fit into NORB = 2/],
  ['&FCI NORB=2,NELEC=2 /\n 1.0 1 1', /line 2/],
  ['&FCI NORB=2,NELEC=2 /\n 1.0 1 1 3 1', /orbitals from 0 to 2/],
])('the FCIDUMP “%s” is refused with what was expected', (text, message) => {
  expect(() => exact({ fcidump: text })).toThrow(message);
});

/** Lowest energies by VQE over seeds, above the exact one. */
function offBy(problem: object, settings: object, seeds: number): number[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const spec = { algorithm: 'vqe', problem: { kind: 'molecule', ...problem }, settings, seed };
    const { energies, exact: best } = runSpec(spec).result as Result & { exact: number[] };
    return (energies[0]?.value ?? Number.NaN) - (best[0] ?? Number.NaN);
  });
}

test.each(hydrogens.map((one) => one.bond_length_angstrom))(
  'UCCSD reaches the energy of H2 at %f Å from ten random starts, under every mapping',
  (distance) => {
    for (const mapping of ['jordan-wigner', 'parity', 'bravyi-kitaev']) {
      const problem = { ...hydrogen(distance), mapping };
      for (const off of offBy(
        problem,
        { ansatz: { id: 'uccsd' } },
        mapping === 'parity' ? 10 : 3,
      )) {
        expect(off).toBeGreaterThan(-1e-9);
        expect(off).toBeLessThan(1e-6);
      }
    }
  },
);

test('UCCSD reaches LiH with a frozen core to chemical accuracy', () => {
  const geometry = known.find(({ name }) => name === 'LiH')?.geometry ?? [];
  const problem = { geometry, frozenCore: true, mapping: 'parity', twoQubitReduction: true };
  for (const off of offBy(problem, { ansatz: { id: 'uccsd' } }, 2)) {
    expect(off).toBeGreaterThan(-1e-9);
    expect(off).toBeLessThan(1e-4);
  }
});

test('VQE follows the potential curve of H2, drawn as points beside the exact one and that of Hartree and Fock', () => {
  const known = hydrogens.toSorted((a, b) => a.bond_length_angstrom - b.bond_length_angstrom);
  const problem = {
    ...hydrogen(1),
    kind: 'bond-scan',
    mapping: 'parity',
    twoQubitReduction: true,
    lengths: known.map((one) => one.bond_length_angstrom),
  };
  const settings = { ansatz: { id: 'uccsd' } };
  const { result } = runSpec({ algorithm: 'vqe', problem, settings, seed: 3 });
  const { points } = result as {
    readonly points: readonly (Result & { readonly exact: number[]; hartreeFock: number })[];
  };
  points.forEach(({ energies, exact: best, hartreeFock }, k) => {
    expect(best[0]).toBeCloseTo(known[k]?.sector_eigenvalues_N2_Sz0[0] ?? Number.NaN, 9);
    expect(hartreeFock).toBeCloseTo(known[k]?.hf_energy ?? Number.NaN, 9);
    expect((energies[0]?.value ?? Number.NaN) - (best[0] ?? 0)).toBeLessThan(1e-6);
  });
  const [figure] = readingOf(result)?.figures ?? [];
  const lines = figure?.kind === 'lines' ? figure.lines : [];
  expect(lines.map(({ name, mark }) => [name, mark])).toEqual([
    ['Energy', 'points'],
    ['Exact', 'line'],
    ['Hartree-Fock', 'line'],
  ]);
  expect(figure?.x).toEqual({ title: 'Bond length', unit: 'Å' });
});

test.each([
  [{ geometry: [['H', 0, 0, 0]] }, ['geometry']],
  [{ moved: 2 }, ['moved']],
  [{ moved: 0 }, ['moved']],
  [{ lengths: [1, -1] }, ['lengths[1]']],
  [{ lengths: [1, 0.01] }, ['lengths[1]']],
  [{ charge: 1 }, ['charge']],
] as const)('what makes no scan is told at its place, %#', (more, paths) => {
  const problem = { ...hydrogen(1), lengths: [1, 2], ...more, kind: 'bond-scan' };
  expect(faultsOf(problemSchema.parse(problem)).map(({ path }) => path)).toEqual(paths);
});

describe('tapered', () => {
  const viewOf = (problem: object) =>
    look(hamiltonianView, pose(problemSchema.parse({ kind: 'molecule', ...problem }))).value;
  const lithium = {
    geometry: known.find(({ name }) => name === 'LiH')?.geometry,
    frozenCore: true,
  };

  test.each([
    ['H2', hydrogen(0.735), 1],
    // Two numbers of electrons and two planes.
    ['LiH', lithium, 6],
    ['H4', { geometry: known.find(({ name }) => name === 'H4')?.geometry }, 5],
  ] as const)('%s keeps its lowest energy on fewer qubits', (_, problem, qubits) => {
    const tapered = { ...problem, tapering: true };
    expect(viewOf(tapered).qubits).toBe(qubits);
    const [plain] = exact(problem).energies;
    const { energies, molecule } = exact(tapered);
    expect(energies[0]?.value).toBeCloseTo(plain?.value ?? Number.NaN, 9);
    expect(molecule.hartreeFock).toBeCloseTo(exact(problem).molecule.hartreeFock, 12);
  });

  test('LiH has the levels of one symmetry, each one of the whole', () => {
    const all = exact(lithium, { states: 40 }).energies.map(({ value }) => value);
    for (const { value } of exact({ ...lithium, tapering: true }, { states: 8 }).energies) {
      expect(Math.min(...all.map((one) => Math.abs(one - value)))).toBeLessThan(1e-8);
    }
  });

  test('UCCSD and ADAPT-VQE reach LiH with fewer moves and gates', () => {
    const of = (problem: object, algorithm: string) =>
      runSpec({
        algorithm,
        problem: { kind: 'molecule', ...problem },
        settings: algorithm === 'vqe' ? { ansatz: { id: 'uccsd' } } : { gradientTolerance: 0.02 },
        seed: 1,
      }).result as Result & { parameters: number[]; exact: number[]; gateCounts: { cx: number } };
    const tapered = { ...lithium, tapering: true };
    const reduced = { ...lithium, mapping: 'parity', twoQubitReduction: true };
    const [less, more] = [of(tapered, 'vqe'), of(reduced, 'vqe')];
    expect(less.parameters.length).toBeLessThan(more.parameters.length);
    expect(less.gateCounts.cx).toBeLessThan(more.gateCounts.cx);
    for (const one of [less, of(tapered, 'adapt-vqe')]) {
      expect((one.energies[0]?.value ?? 0) - (one.exact[0] ?? 0)).toBeLessThan(1e-3);
      expect((one.energies[0]?.value ?? 0) - (one.exact[0] ?? 0)).toBeGreaterThan(-1e-9);
    }
  });
});
