import { expect, test } from 'vitest';
import { isReal, multiplyBy, multiplyReal } from '#engine/algorithms/pauli-matrix.ts';
import { rngOf } from '#shared/base/rng.ts';
import { hamiltonianOf, isingChain } from '#test/support/hamiltonians.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Result {
  readonly energies: readonly { readonly value: number }[];
}

const exact = (problem: object, settings = {}): Result =>
  runSpec({ algorithm: 'exact', problem, settings, seed: 2 }).result as Result;

test.each([
  'X0 + 0.3*X1 - X2 + 2*X0*X1 + 0.1*X3 - X1*X3',
  'X0*X1 + Y0*Y1 + Z0*Z1 - 0.5*Y1*Y2 + X2*X1',
  'X0*Z1 - 0.4*Z0*Z1*X2*Z3 + 0.2*Y0*Y3*Z1 + 1.5 + 0.7*X0*X3',
])('%s is the same matrix on real vectors', (text) => {
  const view = hamiltonianOf(text, 4);
  expect(isReal(view)).toBe(true);
  const rng = rngOf(5);
  const vector = Float64Array.from({ length: 32 }, (_, k) => (k < 16 ? rng.normal() : 0));
  const whole = new Float64Array(32);
  const part = new Float64Array(16);
  multiplyBy(view, 0.7)(vector, whole);
  multiplyReal(view, 0.7)(vector.subarray(0, 16), part);
  part.forEach((value, k) => expect(value).toBeCloseTo(whole[k] as number, 13));
  expect(isReal(hamiltonianOf('X0*Y1', 2))).toBe(false);
});

test('a ring of 18 spins has the energy of its free fermions (Pfeuty 1970)', () => {
  const [n, h] = [18, 0.5];
  const terms = isingChain(n, { J: 1, h, periodic: true });
  const known = Array.from({ length: n }, (_, k) =>
    Math.sqrt(1 + h * h - 2 * h * Math.cos((Math.PI * (2 * k + 1)) / n)),
  ).reduce((sum, mode) => sum - mode, 0);
  const { energies } = exact({ kind: 'hamiltonian', qubits: n, terms });
  expect(energies[0]?.value).toBeCloseTo(known, 9);
});

test('spins in a field along Z and Y have its length, in complex numbers', () => {
  const n = 17;
  const terms = Array.from({ length: n }, (_, q) =>
    ['Z', 'Y'].map((letter) => [
      Array.from({ length: n }, (_one, k) => (k === q ? letter : 'I')).join(''),
      1 + q / 10,
    ]),
  ).flat();
  const known = Array.from({ length: n }, (_, q) => -Math.SQRT2 * (1 + q / 10));
  const { energies } = exact({ kind: 'hamiltonian', qubits: n, terms });
  expect(energies[0]?.value).toBeCloseTo(
    known.reduce((sum, one) => sum + one, 0),
    8,
  );
});

test('more states than can be held are refused with what would fit', () => {
  const wide = (qubits: number) => ({
    kind: 'hamiltonian',
    qubits,
    terms: [['X'.repeat(qubits), 1]],
  });
  expect(() => exact(wide(17), { states: 2 })).toThrow(/65,536 states \(16 qubits\).*one state/);
});
