import { describe, expect, test } from 'vitest';
import { printObservable } from '#shared/observables/print.ts';
import { readingOf } from '#test/support/members.ts';
import { hamiltonianOf } from '#test/support/hamiltonians.ts';
import { type Chain, chainProblem, chains } from '#test/support/physics-cases.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Cooled {
  readonly energies: readonly { readonly value: number }[];
  readonly times: readonly number[];
  readonly observables: readonly { readonly values: readonly number[] }[];
}

function cooled(spec: object): Cooled {
  return runSpec({ algorithm: 'imaginary-time', seed: 3, ...spec }).result as Cooled;
}

const field = { kind: 'hamiltonian', qubits: 1, terms: [['Z', 1]] };
const ry = {
  id: 'circuit',
  qasm: 'include "stdgates.inc"; input float a; qubit[1] q; ry(a) q[0];',
};

test.each([1, 2, 4] as const)('order %i cools a spin as exp(−Hτ) does', (order) => {
  const a = 0.4;
  const settings = {
    ansatz: ry,
    initialParameters: [a],
    time: 1,
    steps: 20,
    order,
    observables: ['Z0'],
    regularisation: 1e-9,
  };
  const { times, observables } = cooled({ problem: field, settings });
  times.forEach((t, k) => {
    // tan(a(τ)/2) = tan(a/2)·e^{2τ}.
    const angle = 2 * Math.atan(Math.tan(a / 2) * Math.exp(2 * t));
    const off = Math.abs((observables[0]?.values[k] ?? Number.NaN) - Math.cos(angle));
    expect(off).toBeLessThan({ 1: 0.1, 2: 3e-3, 4: 1e-6 }[order]);
  });
});

test('reaches the ground state of an Ising chain, and the energy never rises', () => {
  const one = chains.find(({ id }) => id === 'tfim_n4_pbc_h0.5') as Chain;
  const { sum } = hamiltonianOf(
    '-Z0*Z1 - Z1*Z2 - Z2*Z3 - Z3*Z0 - 0.5*X0 - 0.5*X1 - 0.5*X2 - 0.5*X3',
    4,
  );
  const settings = {
    ansatz: { id: 'hamiltonian-variational', layers: 2 },
    time: 8,
    observables: [printObservable(sum)],
  };
  const { energies, observables } = cooled({ problem: chainProblem(one), settings });
  expect(energies[0]?.value).toBeCloseTo(one.ground_energy, 3);
  const course = observables[0]?.values ?? [];
  expect(course.at(-1)).toBeCloseTo(energies[0]?.value ?? Number.NaN, 12);
  course.slice(1).forEach((value, k) => expect(value).toBeLessThan((course[k] ?? 0) + 1e-9));
});

test('the reading has the course of the observables beside the energy', () => {
  const { result } = runSpec({
    algorithm: 'imaginary-time',
    problem: field,
    settings: { ansatz: ry, steps: 3 },
    seed: 1,
  });
  const reading = readingOf(result);
  expect(reading?.headline.value.value).toBeCloseTo(-1, 6);
  expect(reading?.figures.map(({ id }) => id)).toEqual(['course']);
  expect(reading?.tables.map(({ id }) => id)).toContain('course');
});

describe('what has no metric is refused with words', () => {
  const noise = { rules: [{ channel: 'depolarizing', p: 0.001, on: 'all' }], readout: [] };
  test.each([
    ['simulator', 100, {}],
    ['density', null, { noise }],
    ['mps', null, {}],
    ['ibm-torino', 100, {}],
  ] as const)('%s with shots %s and %o', (backend, shots, more) => {
    expect(() =>
      cooled({ problem: field, settings: { ansatz: ry }, backend, shots, ...more }),
    ).toThrow(/metric/i);
  });
});

describe('QITE', () => {
  const qite = (problem: object, settings: object, more = {}) =>
    cooled({ algorithm: 'qite', problem, settings, ...more });

  test('cools a spin as exp(−Hτ) does, the nearer the shorter its steps are', () => {
    const offOf = (steps: number) => {
      const settings = { time: 1, steps, initialState: '+', observables: ['Z0'] };
      const { times, observables } = qite(field, settings);
      // From + the mean of Z is −tanh 2τ.
      const off = times.map((t, k) =>
        Math.abs((observables[0]?.values[k] ?? Number.NaN) + Math.tanh(2 * t)),
      );
      return Math.max(...off);
    };
    expect(offOf(40)).toBeLessThan(0.03);
    expect(offOf(80)).toBeLessThan(0.6 * offOf(40));
  });

  test('cools a chain without an ansatz, nearer with wider domains, as its energy falls', () => {
    const one = chains.find(({ id }) => id === 'tfim_n4_obc_h0.5') as Chain;
    const energy = '-Z0*Z1 - Z1*Z2 - Z2*Z3 - 0.5*X0 - 0.5*X1 - 0.5*X2 - 0.5*X3';
    const offOf = (domain: number) => {
      const settings = { domain, time: 3, steps: 12, initialState: '++++', observables: [energy] };
      const { energies, observables } = qite(chainProblem(one), settings);
      const course = observables[0]?.values ?? [];
      course.slice(1).forEach((value, k) => expect(value).toBeLessThan((course[k] ?? 0) + 1e-3));
      return (energies[0]?.value ?? Number.NaN) - one.ground_energy;
    };
    const wide = offOf(3);
    expect(wide).toBeLessThan(0.02);
    expect(wide).toBeLessThan(offOf(2));
  });

  test('reaches a molecule from its Hartree-Fock state', () => {
    const problem = {
      kind: 'molecule',
      geometry: [
        ['H', 0, 0, 0],
        ['H', 0, 0, 1],
      ],
      tapering: true,
    };
    const { energies, exact } = qite(problem, {}) as Cooled & { exact: number[] };
    expect(Math.abs((energies[0]?.value ?? 0) - (exact[0] ?? 0))).toBeLessThan(1.6e-3);
  });

  test('needs no metric: it cools by shots as well', () => {
    const settings = { time: 2, steps: 10, initialState: '+', regularisation: 0.05 };
    const { energies } = qite(field, settings, { shots: 500 });
    expect(energies[0]?.value).toBeLessThan(-0.9);
  });

  test('refuses terms on too many qubits', () => {
    const problem = { kind: 'hamiltonian', qubits: 6, terms: [['ZZZZZZ', 1]] };
    expect(() => qite(problem, {})).toThrow(/at most 5 qubits.*acts on 6/);
  });
});
