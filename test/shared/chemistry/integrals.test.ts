import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { boys } from '#shared/chemistry/boys.ts';
import { hartreeFock } from '#shared/chemistry/hartree-fock.ts';
import { atomsOf, type Place } from '#shared/chemistry/molecule.ts';
import { nuclearRepulsion, oneElectronIntegrals } from '#shared/chemistry/one-electron.ts';
import { basisOf } from '#shared/chemistry/sto3g.ts';
import { twoElectronIntegrals } from '#shared/chemistry/two-electron.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';

/** The mean of t^{2n} exp(−x t²) by Gauss and Legendre's rule of order 5 on 2,000 parts. */
function integral(n: number, x: number): number {
  const nodes = [0, 0.5384693101056831, 0.906179845938664];
  const weights = [128 / 225, 0.4786286704993665, 0.2369268850561891];
  const parts = 2000;
  let sum = 0;
  for (let k = 0; k < parts; k++) {
    nodes.forEach((node, j) => {
      for (const side of node === 0 ? [0] : [-node, node]) {
        const t = (k + 0.5 + side / 2) / parts;
        sum += ((weights[j] as number) / 2 / parts) * t ** (2 * n) * Math.exp(-x * t * t);
      }
    });
  }
  return sum;
}

test.each([0, 1e-9, 0.3, 5, 20, 34.9, 35.1, 80, 300])(
  'Boys’ functions of %f are their integrals',
  (x) => {
    const values = new Float64Array(5);
    boys(4, x, values);
    values.forEach((value, n) => expect(value / integral(n, x)).toBeCloseTo(1, 10));
  },
);

const water: Place[] = [
  ['O', 0, 0, 0],
  ['H', 0.757, 0.586, 0],
  ['H', -0.757, 0.586, 0.1],
];

function integralsOf(geometry: readonly Place[]) {
  const atoms = atomsOf(geometry);
  const basis = basisOf(atoms);
  return {
    n: basis.length,
    ...oneElectronIntegrals(basis, atoms),
    two: twoElectronIntegrals(basis),
  };
}

describe('integrals of water', () => {
  const { n, overlap, core, two } = integralsOf(water);

  test('have functions of norm 1 whose overlaps are positive', () => {
    for (let k = 0; k < n; k++) expect(overlap[k * n + k]).toBeCloseTo(1, 12);
    expect(symmetricEigen(overlap, n).values.at(-1)).toBeGreaterThan(0);
  });

  test('have their eight symmetries, and obey the inequality of Schwarz', () => {
    const at = (p: number, q: number, r: number, s: number) =>
      two[((p * n + q) * n + r) * n + s] as number;
    const rng = rngOf(3);
    const one = () => Math.floor(rng.uniform() * n);
    for (let k = 0; k < 300; k++) {
      const [p, q, r, s] = [one(), one(), one(), one()];
      for (const other of [at(q, p, r, s), at(p, q, s, r), at(r, s, p, q), at(s, r, q, p)]) {
        expect(other).toBe(at(p, q, r, s));
      }
      expect(at(p, q, r, s) ** 2).toBeLessThanOrEqual(at(p, q, p, q) * at(r, s, r, s) + 1e-14);
    }
  });

  test('do not depend on where the molecule is, and its levels not on how it is turned', () => {
    const moved = integralsOf(water.map(([e, x, y, z]) => [e, x + 1.3, y - 0.4, z + 7]));
    core.forEach((value, k) => expect(moved.core[k]).toBeCloseTo(value, 9));
    two.forEach((value, k) => expect(moved.two[k]).toBeCloseTo(value, 10));
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const turned = integralsOf(water.map(([e, x, y, z]) => [e, c * x - s * z, y, s * x + c * z]));
    const levels = symmetricEigen(core, n).values;
    symmetricEigen(turned.core, n).values.forEach((value, k) =>
      expect(value).toBeCloseTo(levels[k] ?? Number.NaN, 9),
    );
  });
});

test('the lowest determinant of stretched C2 is found, not the one that usual guesses lead to', () => {
  const atoms = atomsOf([
    ['C', 0, 0, 0],
    ['C', 0, 0, 2.5],
  ]);
  const basis = basisOf(atoms);
  const integrals = oneElectronIntegrals(basis, atoms);
  const { electronic } = hartreeFock(atoms, integrals, twoElectronIntegrals(basis), 6);
  expect(electronic + nuclearRepulsion(atoms)).toBeLessThan(-74.19415);
});
