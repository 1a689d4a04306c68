import { describe, expect, test } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { Mapping } from '#shared/chemistry/encoding.ts';
import { determinantEnergy, type OrbitalIntegrals } from '#shared/chemistry/orbital-integrals.ts';
import {
  basisState,
  excitationGenerator,
  type Fermions,
  isInSector,
  occupationsOf,
  qubitHamiltonian,
  referenceState,
  sectorSize,
  sectorStates,
  symmetriesOf,
} from '#shared/chemistry/second-quantisation.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';

const mappings: readonly Mapping[] = ['jordan-wigner', 'parity', 'bravyi-kitaev'];

/** Any integrals with the symmetries of real orbitals. */
function randomIntegrals(n: number, rng: Rng): OrbitalIntegrals {
  const pair = (p: number, q: number) => Math.max(p, q) * n + Math.min(p, q);
  const h = Float64Array.from({ length: n * n }, () => rng.normal());
  const g = Float64Array.from({ length: n ** 4 }, () => rng.normal());
  const one = h.map((_, k) => h[pair(Math.floor(k / n), k % n)] as number);
  const two = g.map((_, k) => {
    const [a, b] = [Math.floor(k / n ** 2), k % n ** 2];
    const [x, y] = [pair(Math.floor(a / n), a % n), pair(Math.floor(b / n), b % n)];
    return g[Math.max(x, y) * n * n + Math.min(x, y)] as number;
  });
  return { orbitals: n, electrons: [1, 1], constant: rng.normal(), one, two };
}

/** The matrix of a sum whose strings have an even number of Y each. */
function realMatrix({ terms }: PauliSum, qubits: number): Float64Array {
  const size = 2 ** qubits;
  const matrix = new Float64Array(size * size);
  for (const { coefficient, factors } of terms) {
    const turns = factors.filter(({ letter }) => letter === 'Y').length;
    expect(turns % 2).toBe(0);
    for (let k = 0; k < size; k++) {
      let [to, value] = [k, turns % 4 === 0 ? coefficient : -coefficient];
      for (const { qubit, letter } of factors) {
        if (letter !== 'Z') to ^= 1 << qubit;
        if (letter !== 'X' && ((k >> qubit) & 1) === 1) value = -value;
      }
      matrix[to * size + k] = (matrix[to * size + k] as number) + value;
    }
  }
  return matrix;
}

function expectClose(found: ArrayLike<number>, known: ArrayLike<number>): void {
  expect(found.length).toBe(known.length);
  for (let k = 0; k < known.length; k++) expect(found[k]).toBeCloseTo(known[k] as number, 9);
}

describe.each([1, 2, 3])('any electrons in %i orbitals', (n) => {
  const integrals = randomIntegrals(n, rngOf(11, n));
  const of = (mapping: Mapping, electrons: readonly [number, number], isReduced = false) => {
    const fermions: Fermions = { orbitals: n, electrons, mapping, isReduced };
    return { fermions, sum: qubitHamiltonian(integrals, fermions) };
  };
  const spectrum = symmetricEigen(
    realMatrix(of('jordan-wigner', [1, 1]).sum, 2 * n),
    4 ** n,
  ).values;

  test.each(mappings)('have one spectrum, %s', (mapping) => {
    const { sum } = of(mapping, [1, 1]);
    expectClose(symmetricEigen(realMatrix(sum, 2 * n), 4 ** n).values, spectrum);
  });

  test.each(mappings)('stay as many, and filled orbitals have their energy, %s', (mapping) => {
    const size = 4 ** n;
    const seen = new Uint8Array(size);
    for (let up = 0; up <= n; up++) {
      for (let down = 0; down <= n; down++) {
        const { sum, fermions } = of(mapping, [up, down]);
        const matrix = realMatrix(sum, 2 * n);
        const states = sectorStates(fermions);
        const inside = new Set(states);
        for (const k of states) {
          seen[k] = (seen[k] as number) + 1;
          for (let j = 0; j < size; j++) {
            if (!inside.has(j))
              expect(Math.abs(matrix[j * size + k] as number)).toBeLessThan(1e-12);
          }
        }
        const reference = referenceState(fermions);
        const known = determinantEnergy({ ...integrals, electrons: [up, down] });
        expect(matrix[reference * size + reference]).toBeCloseTo(known, 10);
      }
    }
    // Every basis state has one number of electrons of each spin.
    expect([...seen]).toEqual(Array.from({ length: size }, () => 1));
  });

  test('keep the energies of their number on two qubits fewer', () => {
    if (n === 1) return;
    for (const electrons of [
      [1, 1],
      [2, 1],
      [0, 2],
    ] as const) {
      const levels = (isReduced: boolean) => {
        const { sum, fermions } = of('parity', electrons, isReduced);
        const size = 2 ** (2 * n - (isReduced ? 2 : 0));
        const matrix = realMatrix(sum, Math.log2(size));
        const states = [...sectorStates(fermions)];
        const block = states.flatMap((r) => states.map((c) => matrix[r * size + c] as number));
        return symmetricEigen(Float64Array.from(block), states.length).values;
      };
      expectClose(levels(true), levels(false));
    }
  });
});

test.each(mappings)('an excitation turns a filled mode into an empty one, %s', (mapping) => {
  const fermions: Fermions = { orbitals: 3, electrons: [2, 1], mapping, isReduced: false };
  const generator = excitationGenerator({ from: [1, 3], to: [2, 5] }, fermions);
  const from = basisState(0b001011, fermions);
  const to = basisState(0b100101, fermions);
  expect(from).toBe(referenceState(fermions));
  // −iG|from⟩ is one basis state with weight 1: (T − T†)|from⟩ = ±|to⟩.
  const found = new Map<number, number>();
  for (const { coefficient, factors } of generator.terms) {
    const turns = factors.filter(({ letter }) => letter === 'Y').length;
    expect(turns % 2).toBe(1);
    let [state, value] = [from, turns % 4 === 1 ? coefficient : -coefficient];
    for (const { qubit, letter } of factors) {
      if (letter !== 'X' && ((state >> qubit) & 1) === 1) value = -value;
      if (letter !== 'Z') state ^= 1 << qubit;
    }
    found.set(state, (found.get(state) ?? 0) + value);
  }
  const kept = [...found].filter(([, value]) => Math.abs(value) > 1e-12);
  expect(kept.map(([state]) => state)).toEqual([to]);
  expect(Math.abs(kept[0]?.[1] ?? 0)).toBeCloseTo(1, 12);
});

test.each([
  ...mappings.map((mapping) => ({ mapping, isReduced: false })),
  { mapping: 'parity' as const, isReduced: true },
  { mapping: 'jordan-wigner' as const, isReduced: false, tapered: [0b000111, 0b111000] },
  { mapping: 'jordan-wigner' as const, isReduced: false, tapered: [0b001011, 0b110100] },
])('basis states and occupations say the same: %o', (encoding) => {
  const orbitals = 3;
  for (const electrons of [
    [1, 1],
    [2, 1],
    [1, 2],
    [3, 2],
  ] as const) {
    const fermions: Fermions = { orbitals, electrons, ...encoding };
    expect(sectorStates(fermions)).toHaveLength(sectorSize(fermions));
    for (const state of sectorStates(fermions)) {
      const occupations = occupationsOf(state, fermions);
      expect(isInSector(occupations, fermions)).toBe(true);
      expect(basisState(occupations, fermions)).toBe(state);
    }
  }
});

test('any integrals keep the numbers of each spin even or odd, and hops alone every one that they do not join', () => {
  expect(new Set(symmetriesOf(randomIntegrals(3, rngOf(12))))).toEqual(
    new Set([0b000111, 0b111000]),
  );
  const one = new Float64Array(9);
  // Orbitals 0 and 1 are joined, 2 stands alone.
  one[1] = one[3] = -1;
  const apart = {
    orbitals: 3,
    electrons: [1, 1] as const,
    constant: 0,
    one,
    two: new Float64Array(81),
  };
  expect(symmetriesOf(apart).sort((a, b) => a - b)).toEqual([
    0b000011, 0b000100, 0b011000, 0b100000,
  ]);
});
