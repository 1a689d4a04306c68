import { describe, expect, test } from 'vitest';
import { jobEngine } from '#engine/jobs/index.ts';
import { optimizers } from '#engine/optimizers/registry.ts';
import { readingOf } from '#test/support/members.ts';
import { casesOf, type Chain, chainProblem, chains } from '#test/support/physics-cases.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Energies {
  readonly energies: readonly { readonly value: number; readonly stderr: number }[];
  readonly parameters: readonly number[];
  readonly gateCounts: Readonly<Record<string, number>>;
  readonly exact?: readonly number[];
}

interface Hydrogen {
  readonly id: string;
  readonly fci_ground_energy: number;
  readonly sector_eigenvalues_N2_Sz0: readonly number[];
  readonly pauli_4q_jw_blocked: Readonly<Record<string, number>>;
  readonly pauli_2q_sector: Readonly<Record<string, number>>;
}

const hydrogen = casesOf<Hydrogen>('h2_sto3g');

function energiesOf(spec: object): Energies {
  return runSpec({ seed: 7, ...spec }).result as Energies;
}

const moleculeOf = (qubits: number, terms: Readonly<Record<string, number>>) => ({
  kind: 'hamiltonian',
  qubits,
  terms: Object.entries(terms),
});

test.each(chains.filter(({ n }) => n < 10).map((one) => [one.id, one] as const))(
  '%s has the known lowest energies',
  (_, one) => {
    const { energies } = energiesOf({
      algorithm: 'exact',
      problem: chainProblem(one),
      settings: { states: 3 },
    });
    const known = [one.ground_energy, one.first_excited, one.second_excited];
    known.forEach((value, k) => expect(energies[k]?.value).toBeCloseTo(value, 8));
  },
);

describe.each(hydrogen.map((one) => [one.id, one] as const))('%s', (_, one) => {
  test('has the energies of full configuration interaction, by diagonalisation', () => {
    const two = energiesOf({
      algorithm: 'exact',
      problem: moleculeOf(2, one.pauli_2q_sector),
      settings: { states: 4 },
    });
    one.sector_eigenvalues_N2_Sz0.forEach((value, k) =>
      expect(two.energies[k]?.value).toBeCloseTo(value, 9),
    );
    const four = energiesOf({
      algorithm: 'exact',
      problem: moleculeOf(4, one.pauli_4q_jw_blocked),
    });
    expect(four.energies[0]?.value).toBeCloseTo(one.fci_ground_energy, 9);
  });

  test.each(['efficient-su2', 'brickwork', 'hardware-efficient', 'real-amplitudes'])(
    'is found by VQE with %s to chemical accuracy and far beyond',
    (id) => {
      const { energies, exact, parameters, gateCounts } = energiesOf({
        algorithm: 'vqe',
        problem: moleculeOf(2, one.pauli_2q_sector),
        settings: { ansatz: { id } },
      });
      expect(energies[0]?.value).toBeCloseTo(one.fci_ground_energy, 6);
      expect(energies[0]?.stderr).toBe(0);
      expect(exact?.[0]).toBeCloseTo(one.fci_ground_energy, 9);
      const angles = Object.entries(gateCounts).filter(([name]) => name.startsWith('r'));
      expect(angles.reduce((sum, [, count]) => sum + count, 0)).toBe(parameters.length);
    },
  );

  test('is found among states of two particles', () => {
    const { energies } = energiesOf({
      algorithm: 'vqe',
      problem: moleculeOf(4, one.pauli_4q_jw_blocked),
      settings: { ansatz: { id: 'symmetry-preserving', entanglement: 'full' } },
    });
    expect(energies[0]?.value).toBeCloseTo(one.fci_ground_energy, 5);
  });
});

test('the Hamiltonian variational circuit reaches the ground state of an Ising chain with two angles a layer', () => {
  const one = chains.find(({ id }) => id === 'tfim_n6_pbc_h0.5') as Chain;
  const { energies, parameters } = energiesOf({
    algorithm: 'vqe',
    problem: chainProblem(one),
    settings: { ansatz: { id: 'hamiltonian-variational', layers: 3 } },
  });
  // n/2 layers reach it exactly on a ring (Ho and Hsieh 2019, arXiv:1803.00026).
  expect(parameters).toHaveLength(6);
  expect(energies[0]?.value).toBeCloseTo(one.ground_energy, 4);
});

const couplings = hydrogen[1]?.pauli_2q_sector ?? {};
const two = moleculeOf(2, couplings);
const ground = hydrogen[1]?.fci_ground_energy ?? Number.NaN;
const trained = { ansatz: { id: 'real-amplitudes', layers: 1 } };

const gradual = optimizers.filter(({ id }) => id !== 'none' && id !== 'spsa');

test.each(gradual.map(({ id }) => id))('%s finds the energy as well', (id) => {
  const settings = { ...trained, optimizer: { id } };
  const { energies } = energiesOf({ algorithm: 'vqe', problem: two, settings });
  expect(Math.abs((energies[0]?.value ?? 0) - ground)).toBeLessThan(2e-3);
});

test('given parameters are where it starts, and a wrong number of them is refused', () => {
  const optimizer = { id: 'none' };
  const settings = { ...trained, optimizer, initialParameters: [Math.PI, 0, 0, 0] };
  const { parameters, energies } = energiesOf({ algorithm: 'vqe', problem: two, settings });
  expect(parameters).toEqual(settings.initialParameters);
  // X on qubit 0 and CX: |11⟩.
  const of = (letters: string) => couplings[letters] ?? Number.NaN;
  const known = of('II') - of('IZ') - of('ZI') + of('ZZ');
  expect(energies[0]?.value).toBeCloseTo(known, 12);
  expect(() =>
    energiesOf({
      algorithm: 'vqe',
      problem: two,
      settings: { ...settings, initialParameters: [1] },
    }),
  ).toThrow(/has 4 parameters; 1 were given/);
});

test('an own circuit is tuned from the values of its inputs', () => {
  const qasm =
    'include "stdgates.inc"; input float a; qubit[2] q; x q[0]; ry(a) q[1]; cx q[1], q[0];';
  const { energies } = energiesOf({
    algorithm: 'vqe',
    problem: two,
    settings: { ansatz: { id: 'circuit', qasm } },
  });
  expect(energies[0]?.value).toBeGreaterThan(ground - 1e-9);
  const named = {
    algorithm: 'vqe',
    problem: two,
    settings: { ansatz: { id: 'circuit', file: 'a.qasm' } },
  };
  const checked = jobEngine.validate(named);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  expect(jobEngine.filesOf(checked.value)).toEqual([{ name: 'a.qasm', kind: 'text' }]);
});

test('the reading says in words how far the energy is from the exact one', () => {
  const near = runSpec({ algorithm: 'vqe', problem: two, settings: trained, seed: 7 });
  const far = runSpec({
    algorithm: 'vqe',
    problem: two,
    settings: { ...trained, optimizer: { id: 'none' }, initialParameters: [0, 0, 0, 0] },
  });
  const notes = (result: unknown) =>
    readingOf(result)
      ?.notes.map(({ text }) => text)
      .join();
  expect(notes(far.result)).toMatch(/^The energy is 0\.\d+ above the exact one\.$/);
  expect(notes(near.result)).toMatch(/exact one/);
});

describe('one spec runs on every backend by changing its name', () => {
  const rules = [{ channel: 'depolarizing', p: 0.002, on: '2q' }];
  const zne = { technique: 'zne', scaleFactors: [1, 3], extrapolation: 'linear' };
  const optimizer = { id: 'adam', maxIterations: 12, learningRate: 0.15 };
  test.each([
    ['statevector', null, {}],
    ['mps', null, {}],
    ['simulator', 1000, {}],
    ['mps', 300, {}],
    ['density', null, { noise: { rules, readout: [] } }],
    ['density', null, { noise: { rules, readout: [] }, mitigation: [zne] }],
    ['trajectories', 300, { noise: { rules, readout: [] } }],
    ['ibm-torino', 300, {}],
    ['simulator', 1000, { gradient: 'spsa' }],
    ['simulator', null, { gradient: 'finite-difference' }],
    ['simulator', null, { gradient: 'parameter-shift' }],
  ] as const)('%s with shots %s and %o', (backend, shots, more) => {
    const settings = { ansatz: { id: 'real-amplitudes', layers: 1 }, optimizer };
    const spec = { algorithm: 'vqe', problem: two, settings, backend, shots, ...more };
    const [energy] = energiesOf(spec).energies;
    expect(Math.abs((energy?.value ?? 0) - ground)).toBeLessThan(0.25);
    expect((energy?.stderr ?? 0) > 0).toBe(shots !== null);
  });
});

test('energies of shots have errors that hold, and equal seeds equal bits', () => {
  const settings = {
    ...trained,
    optimizer: { id: 'none' },
    initialParameters: [0.3, 0.5, -0.2, 0.8],
  };
  const spec = { algorithm: 'vqe', problem: two, settings };
  const exactly = energiesOf(spec).energies[0]?.value ?? Number.NaN;
  const off = Array.from({ length: 40 }, (_, seed) => {
    const [energy] = energiesOf({ ...spec, shots: 200, seed }).energies;
    return ((energy?.value ?? 0) - exactly) / (energy?.stderr ?? 0);
  });
  const square = off.reduce((sum, one) => sum + one * one, 0) / off.length;
  expect(square).toBeGreaterThan(0.4);
  expect(square).toBeLessThan(2);
  expect(energiesOf({ ...spec, shots: 50 })).toEqual(energiesOf({ ...spec, shots: 50 }));
});

test.each(['icans', 'gcans'])(
  '%s reaches the energy by shots that it chooses, fewer than those of equal ones',
  (id) => {
    const optimizer = { id, maxIterations: 30, maxShots: 1000 };
    const settings = { ...trained, optimizer };
    const result = runSpec({ algorithm: 'vqe', problem: two, settings, shots: 1000, seed: 3 })
      .result as {
      readonly energies: readonly { readonly value: number; readonly stderr: number }[];
      readonly shots: number;
      readonly circuits: number;
    };
    const [energy = { value: 0, stderr: 0 }] = result.energies;
    expect(Math.abs(energy.value - ground)).toBeLessThan(0.05);
    expect(result.shots).toBeLessThan(0.8 * 1000 * result.circuits);
  },
);
