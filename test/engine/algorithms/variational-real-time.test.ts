import { expect, test } from 'vitest';
import { printObservable } from '#shared/observables/print.ts';
import { hamiltonianOf } from '#test/support/hamiltonians.ts';
import { chainProblem, chains } from '#test/support/physics-cases.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Course {
  readonly times: readonly number[];
  readonly observables: readonly { readonly values: readonly number[] }[];
}

const run = (algorithm: string, problem: object, settings: object): Course =>
  runSpec({ algorithm, problem, settings, seed: 3 }).result as Course;

test.each([1, 2, 4] as const)(
  'order %i turns a spin as its field does, also back in time',
  (order) => {
    const field = { kind: 'hamiltonian', qubits: 1, terms: [['X', 0.7]] };
    for (const time of [2, -2]) {
      const { times, observables } = run('variational-real-time', field, {
        time,
        order,
        regularisation: 1e-9,
        ansatz: { id: 'hamiltonian-variational', layers: 1 },
        observables: ['Z0', 'Y0'],
      });
      times.forEach((t, k) => {
        expect(observables[0]?.values[k]).toBeCloseTo(Math.cos(1.4 * t), 5);
        expect(observables[1]?.values[k]).toBeCloseTo(-Math.sin(1.4 * t), 5);
      });
    }
  },
);

test('a chain goes the way of Trotter’s steps where the circuit can follow, and keeps its energy', () => {
  const one = chains.find(({ id }) => id === 'tfim_n4_obc_h0.5');
  if (one === undefined) throw new Error('no chain');
  const { sum } = hamiltonianOf('-Z0*Z1 - Z1*Z2 - Z2*Z3 - 0.5*X0 - 0.5*X1 - 0.5*X2 - 0.5*X3', 4);
  const settings = { time: 1, steps: 10, observables: ['Z0', 'Z1*Z2', printObservable(sum)] };
  const known = run('trotter', chainProblem(one), { ...settings, order: 4 });
  const ansatz = { id: 'hamiltonian-variational', layers: 5 };
  const found = run('variational-real-time', chainProblem(one), { ...settings, ansatz });
  found.observables.forEach(({ values }, j) =>
    values.forEach((value, k) =>
      expect(Math.abs(value - (known.observables[j]?.values[k] ?? 0))).toBeLessThan(0.01),
    ),
  );
  found.observables[2]?.values.forEach((value) => expect(value).toBeCloseTo(-3, 2));
});

test('a state starts where its parameters say', () => {
  const settings = {
    ansatz: { id: 'real-amplitudes', layers: 1 },
    initialParameters: [0.3, 0, 0, 0],
    steps: 1,
  };
  const problem = { kind: 'hamiltonian', qubits: 2, terms: [['ZI', 1]] };
  expect(run('variational-real-time', problem, settings).observables[0]?.values[0]).toBeCloseTo(
    Math.cos(0.3),
    12,
  );
});
