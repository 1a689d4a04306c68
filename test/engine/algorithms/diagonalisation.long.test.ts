import { expect, test } from 'vitest';
import { isReal, multiplyBy, multiplyReal } from '#engine/algorithms/pauli-matrix.ts';
import { rngOf } from '#shared/base/rng.ts';
import { hamiltonianOf, isingChain } from '#test/support/hamiltonians.ts';
import { faultsOf, problemSchema, readingOf } from '#test/support/members.ts';
import { chains } from '#test/support/physics-cases.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Result {
  readonly energies: readonly { readonly value: number }[];
}

const exact = (problem: object, settings = {}): Result =>
  runSpec({ algorithm: 'exact', problem, settings, seed: 2 }).result as Result;

test.each([
  'X0 + 0.3*X1 - X2 + 2*X0*X1 + 0.1*X3 - X1*X3',
  'X0*X1 + Y0*Y1 + Z0*Z1 - 0.5*Y1*Y2 + X2*X1',
  'X0*X1 + 0.3*Y0*Y1 - 2*X1*X3 + Y1*Y3 + 0.5*X0*X3 + 0.5*Y0*Y3 - X2*X3 + Y2*Y3',
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

const levels = (problem: object, states: number) =>
  exact(problem, { states }).energies.map(({ value }) => value);

test.each(chains.filter(({ n }) => n <= 8).map((one) => [one.id, one] as const))(
  'the spin lattice %s has the known levels',
  (_, { n: columns, periodic, J, h, ...known }) => {
    const strengths =
      h === undefined
        ? { coupling: { x: J, y: J, z: J } }
        : { coupling: { z: -J }, field: { x: -h } };
    const found = levels({ kind: 'spin-lattice', columns, periodic, ...strengths }, 3);
    [known.ground_energy, known.first_excited, known.second_excited].forEach((value, k) =>
      expect(found[k]).toBeCloseTo(value, 8),
    );
  },
);

test('an antiferromagnet on a triangle is frustrated, and not on a square', () => {
  const ising = { kind: 'spin-lattice', coupling: { z: 1 }, rows: 2, columns: 2 };
  expect(levels(ising, 1)[0]).toBeCloseTo(-4, 10);
  // Five bonds in two triangles that share one: at best one of each is broken.
  expect(levels({ ...ising, lattice: 'triangular' }, 1)[0]).toBeCloseTo(-3, 10);
});

test.each([
  { columns: 6, periodic: true },
  { rows: 2, columns: 3, electrons: { up: 2, down: 3 } },
])('electrons that do not repel each other fill bands: %o', (lattice) => {
  const [rows, columns] = [lattice.rows ?? 1, lattice.columns];
  // Of an open chain −2 cos(πk/(n + 1)), of a ring −2 cos(2πk/n).
  const chain = (n: number) =>
    Array.from({ length: n }, (_, k) =>
      lattice.periodic === true && n > 2
        ? -2 * Math.cos((2 * Math.PI * k) / n)
        : n === 1
          ? 0
          : -2 * Math.cos((Math.PI * (k + 1)) / (n + 1)),
    );
  const bands = chain(rows)
    .flatMap((a) => chain(columns).map((b) => a + b))
    .sort((a, b) => a - b);
  const { up, down } = lattice.electrons ?? { up: 3, down: 3 };
  const filled = (count: number) => bands.slice(0, count).reduce((sum, band) => sum + band, 0);
  const [energy] = levels({ kind: 'fermi-hubbard', interaction: 0, ...lattice }, 1);
  expect(energy).toBeCloseTo(filled(up) + filled(down), 9);
});

test('electrons of a Hubbard chain have the same levels in every form, and those of two sites are known', () => {
  const chain = {
    kind: 'fermi-hubbard',
    columns: 3,
    interaction: 3,
    electrons: { up: 2, down: 1 },
  };
  const plain = levels(chain, 5);
  for (const more of [
    { orbitals: 'bands' },
    { mapping: 'bravyi-kitaev' },
    { mapping: 'parity', twoQubitReduction: true, orbitals: 'bands' },
  ]) {
    levels({ ...chain, ...more }, 5).forEach((value, k) =>
      expect(value).toBeCloseTo(plain[k] ?? Number.NaN, 9),
    );
  }
  // U/2 − √(U²/4 + 4t²), the triplet at 0, U, and the other end.
  const [u, t] = [4, 0.7];
  const known = [u / 2 - Math.hypot(u / 2, 2 * t), 0, u, u / 2 + Math.hypot(u / 2, 2 * t)];
  const found = levels({ kind: 'fermi-hubbard', columns: 2, interaction: u, hopping: t }, 4);
  known.forEach((value, k) => expect(found[k]).toBeCloseTo(value, 10));
});

test.each([
  [{ kind: 'spin-lattice', coupling: {} }, 'coupling'],
  [{ kind: 'spin-lattice', rows: 200, columns: 200 }, 'columns'],
  [{ kind: 'fermi-hubbard', rows: 2, columns: 7 }, 'columns'],
  [{ kind: 'fermi-hubbard', columns: 2, electrons: { up: 3 } }, 'electrons.up'],
  [{ kind: 'fermi-hubbard', columns: 2, twoQubitReduction: true }, 'twoQubitReduction'],
] as const)('what makes no lattice is told at its place, %#', (problem, path) => {
  expect(faultsOf(problemSchema.parse(problem)).map((one) => one.path)).toEqual([path]);
});

test('levels along a field are those at each of its strengths, and are drawn as curves', () => {
  const lattice = { columns: 4, coupling: { z: -1 }, field: { z: 0.1 } };
  const strengths = [0, 0.5, 1.5];
  const { result } = runSpec({
    algorithm: 'exact',
    problem: { kind: 'field-scan', ...lattice, strengths },
    settings: { states: 3 },
    seed: 2,
  });
  const { points } = result as {
    readonly points: readonly { readonly at: number; readonly energies: Result['energies'] }[];
  };
  expect(points.map(({ at }) => at)).toEqual(strengths);
  for (const { at, energies } of points) {
    const alone = { kind: 'spin-lattice', ...lattice, field: { z: 0.1, x: at } };
    levels(alone, 3).forEach((value, k) => expect(energies[k]?.value).toBeCloseTo(value, 10));
  }
  const [figure] = readingOf(result)?.figures ?? [];
  const lines = figure?.kind === 'lines' ? figure.lines : [];
  expect(lines.map(({ name }) => name)).toEqual(['Energy 0', 'Energy 1', 'Energy 2']);
  expect(lines.map(({ x }) => Array.from(x))).toEqual([strengths, strengths, strengths]);
});
