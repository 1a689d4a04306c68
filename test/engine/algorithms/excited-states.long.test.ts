import { describe, expect, test } from 'vitest';
import { casesOf, type Chain, chainProblem, chains } from '#test/support/physics-cases.ts';
import { readingOf } from '#test/support/members.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Energies {
  readonly energies: readonly { readonly value: number; readonly stderr: number }[];
  readonly exact?: readonly number[];
  readonly stateParameters?: readonly (readonly number[])[];
}

interface Hydrogen {
  readonly id: string;
  readonly sector_eigenvalues_N2_Sz0: readonly number[];
  readonly pauli_2q_sector: Readonly<Record<string, number>>;
}

function energiesOf(spec: object): Energies {
  return runSpec({ seed: 7, ...spec }).result as Energies;
}

const moleculeOf = (one: Hydrogen | undefined) => ({
  kind: 'hamiltonian',
  qubits: 2,
  terms: Object.entries(one?.pauli_2q_sector ?? {}),
});
const hydrogen = casesOf<Hydrogen>('h2_sto3g');
const methods = ['vqd', 'subspace-search'];

describe.each(methods)('%s', (algorithm) => {
  test.each(hydrogen.map((one) => [one.id, one] as const))(
    'finds the whole spectrum of %s',
    (_, one) => {
      const { energies } = energiesOf({
        algorithm,
        problem: moleculeOf(one),
        settings: { states: 4, ansatz: { id: 'brickwork' } },
      });
      one.sector_eigenvalues_N2_Sz0.forEach((value, k) =>
        expect(energies[k]?.value).toBeCloseTo(value, 5),
      );
    },
  );

  test('finds the near doublet of an Ising chain and the gap above it', () => {
    const one = chains.find(({ id }) => id === 'tfim_n4_obc_h0.5') as Chain;
    const { energies, exact } = energiesOf({
      algorithm,
      problem: chainProblem(one),
      settings: { states: 3, ansatz: { id: 'brickwork', layers: 3 } },
    });
    const known = [one.ground_energy, one.first_excited, one.second_excited];
    known.forEach((value, k) => {
      expect(exact?.[k]).toBeCloseTo(value, 8);
      expect(Math.abs((energies[k]?.value ?? 0) - value)).toBeLessThan(0.02);
    });
  });

  test('reads with a level for each state, and the gap', () => {
    const { result } = runSpec({ algorithm, problem: moleculeOf(hydrogen[1]), seed: 7 });
    const reading = readingOf(result);
    expect(reading?.facts.map(({ title }) => title)).toContain('Gap');
    expect(reading?.figures.map(({ id }) => id)).toEqual(['levels']);
    expect(reading?.notes).toHaveLength(2);
  });

  const rules = [{ channel: 'depolarizing', p: 0.05, on: '2q' }];
  const zne = { technique: 'zne', scaleFactors: [1, 3], extrapolation: 'linear' };
  const known = hydrogen[1]?.sector_eigenvalues_N2_Sz0 ?? [];
  test.each([
    ['statevector', null, {}],
    ['simulator', 500, {}],
    ['mps', 200, {}],
    ['density', null, { noise: { rules, readout: [] } }],
    ['density', null, { noise: { rules, readout: [] }, mitigation: [zne] }],
    ['trajectories', 200, { noise: { rules, readout: [] } }],
    ['ibm-torino', 200, {}],
    ['simulator', null, { gradient: 'parameter-shift' }],
  ] as const)('runs on %s with shots %s and %o', (backend, shots, more) => {
    const optimizer = { id: 'adam', maxIterations: 15, learningRate: 0.2 };
    const settings = { states: 2, ansatz: { id: 'real-amplitudes', layers: 1 }, optimizer };
    const spec = { algorithm, problem: moleculeOf(hydrogen[1]), settings, backend, shots, ...more };
    const { energies } = energiesOf(spec);
    expect(energies).toHaveLength(2);
    expect(Math.abs((energies[0]?.value ?? 0) - (known[0] ?? 0))).toBeLessThan(0.5);
  });
});

const hydrogens = (count: number) => ({
  kind: 'molecule',
  geometry: Array.from({ length: count }, (_, k) => ['H', 0, 0, k]),
});

describe('quantum subspace expansion', () => {
  const algorithm = 'subspace-expansion';

  test.each(hydrogen.map((one) => [one.id, one] as const))(
    'finds the whole spectrum of %s from a circuit that is not tuned',
    (_, one) => {
      const settings = {
        states: 4,
        ansatz: { id: 'brickwork', layers: 1 },
        optimizer: { id: 'none' },
        operators: ['X0', 'X1', 'Z0', 'Z1', 'Y0', 'Y1', 'X0*X1', 'Y0*Y1', 'Z0*X1', 'X0*Z1'],
      };
      const { energies } = energiesOf({ algorithm, problem: moleculeOf(one), settings });
      one.sector_eigenvalues_N2_Sz0.forEach((value, k) =>
        expect(energies[k]?.value).toBeCloseTo(value, 7),
      );
    },
  );

  test('has the error that its shots leave, and asks about no other state', () => {
    const settings = {
      states: 2,
      ansatz: { id: 'real-amplitudes', layers: 1 },
      optimizer: { id: 'none' },
      operators: ['X0*X1'],
      initialParameters: [3, 0.2, -0.1, 0.1],
    };
    const spec = { algorithm, problem: moleculeOf(hydrogen[1]), settings };
    const exactly = energiesOf(spec).energies;
    const off = Array.from({ length: 30 }, (_, seed) => {
      const { energies } = energiesOf({ ...spec, shots: 2000, seed });
      return energies.map(({ value, stderr }, k) => (value - (exactly[k]?.value ?? 0)) / stderr);
    }).flat();
    const square = off.reduce((sum, one) => sum + one * one, 0) / off.length;
    expect(square).toBeGreaterThan(0.4);
    expect(square).toBeLessThan(2);
  });

  test('says which states its operators do not reach', () => {
    const settings = { states: 3, operators: ['X0'], optimizer: { id: 'none' } };
    const { warnings, result } = runSpec({ algorithm, problem: moleculeOf(hydrogen[0]), settings });
    expect((result as Energies).energies).toHaveLength(2);
    expect(warnings.join()).toMatch(/span 2 states.*3 were asked for/);
  });
});

describe('sample-based diagonalisation', () => {
  const algorithm = 'sample-based-diagonalisation';
  const settings = { ansatz: { id: 'uccsd' }, optimizer: { id: 'lbfgsb', maxIterations: 1 } };

  test('is nearer than the circuit whose basis states it reads, and never below the energy', () => {
    const of = (id: string) =>
      energiesOf({ algorithm: id, problem: { ...hydrogens(3), charge: 1 }, settings });
    const [circuit, sampled] = [of('vqe'), of(algorithm)];
    const best = sampled.exact?.[0] ?? Number.NaN;
    expect(sampled.energies[0]?.value).toBeGreaterThan(best - 1e-9);
    expect(sampled.energies[0]?.value).toBeLessThan(circuit.energies[0]?.value ?? 0);
    expect((sampled.energies[0]?.value ?? 0) - best).toBeLessThan(1.6e-3);
  });

  test('leaves out what noise made of the number of electrons', () => {
    const noise = { rules: [{ channel: 'depolarizing', p: 0.002, on: '2q' }], readout: [] };
    const start = { ...settings, optimizer: { id: 'none' } };
    const { energies, exact } = energiesOf({
      algorithm,
      problem: hydrogens(2),
      settings: start,
      noise,
      shots: 500,
      backend: 'trajectories',
    });
    expect(energies[0]?.value).toBeCloseTo(exact?.[0] ?? 0, 9);
  });

  test('says what to do where no basis state has the electrons', () => {
    const ansatz = { id: 'circuit', qasm: 'qubit[4] q; U(pi, 0, 0) q[0];' };
    const spec = {
      algorithm,
      problem: hydrogens(2),
      settings: { ansatz, optimizer: { id: 'none' } },
    };
    expect(() => energiesOf(spec)).toThrow(/1 electrons of spin up and 1 of spin down.*uccsd/);
  });
});
