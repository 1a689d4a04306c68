import type { PauliSum } from '../observables/pauli.ts';
import { encoded, type Encoding, encodingOf, encodingWith, type Mapping } from './encoding.ts';
import type { OrbitalIntegrals } from './orbital-integrals.ts';
import {
  addProduct,
  addProductOf,
  bitCount,
  masksOf,
  type PauliOperator,
  realSum,
} from './pauli-operator.ts';

/**
 * Electrons on qubits. Spin orbitals are blocked: mode p is orbital p with spin up, mode orbitals + p the same one with
 * spin down.
 */
export interface Fermions {
  readonly orbitals: number;
  /** Electrons of spin up and of spin down. */
  readonly electrons: readonly [number, number];
  readonly mapping: Mapping;
  /** Whether the two qubits are left out whose values under the parity mapping the numbers of electrons fix. */
  readonly isReduced: boolean;
  /**
   * Symmetries whose qubits are left out as well, under the Jordan-Wigner mapping alone: modes whose electrons are even or
   * odd in number, as in the reference. No mask has the highest mode of another one.
   */
  readonly tapered?: readonly number[];
}

export function qubitsOf(fermions: Fermions): number {
  return 2 * fermions.orbitals - bitCount(removedOf(fermions).qubits);
}

function encodingFor({ mapping, orbitals, tapered = [] }: Fermions): Encoding {
  return tapered.length === 0
    ? encodingOf(mapping, 2 * orbitals)
    : encodingWith(tapered, 2 * orbitals);
}

/** The qubits whose values are known, so that they are left out, and those of them that are 1. */
function removedOf({ orbitals, electrons: [up, down], isReduced, tapered = [] }: Fermions): {
  readonly qubits: number;
  readonly ones: number;
} {
  if (isReduced) {
    // They hold the parity of spin up and that of all electrons.
    const [first, second] = [1 << (orbitals - 1), 1 << (2 * orbitals - 1)];
    const ones = (up % 2 === 1 ? first : 0) | ((up + down) % 2 === 1 ? second : 0);
    return { qubits: first | second, ones };
  }
  const filled = 2 ** up - 1 + (2 ** down - 1) * 2 ** orbitals;
  let [qubits, ones] = [0, 0];
  for (const mask of tapered) {
    const pivot = highestOf(mask);
    qubits |= pivot;
    if (bitCount(mask & filled) % 2 === 1) ones |= pivot;
  }
  return { qubits, ones };
}

/** The highest one of a mask. */
function highestOf(mask: number): number {
  return 1 << (31 - Math.clz32(mask));
}

/**
 * Modes whose number of electrons every term keeps even or odd (Bravyi, Gambetta, Mezzacapo and Temme 2017, arXiv:1701.08213):
 * the numbers of each spin, and what the symmetries of a molecule add. As `tapered` wants them.
 */
export function symmetriesOf(integrals: OrbitalIntegrals): number[] {
  const { orbitals, electrons } = integrals;
  const plain: Fermions = { orbitals, electrons, mapping: 'jordan-wigner', isReduced: false };
  const flips = qubitHamiltonian(integrals, plain).terms.flatMap(({ coefficient, factors }) => {
    if (Math.abs(coefficient) < negligible) return [];
    const flipped = factors.filter(({ letter }) => letter !== 'Z');
    return [flipped.reduce((mask, { qubit }) => mask | (1 << qubit), 0)];
  });
  return evenWith(reduced(flips), 2 * orbitals);
}

/** What rounding leaves where a symmetry forbids a term. */
const negligible = 1e-9;

/** A basis over GF(2) of what some masks span; none has the highest one of another. */
function reduced(masks: readonly number[]): number[] {
  let basis: number[] = [];
  for (const mask of masks) {
    const rest = basis.reduce(
      (left, one) => ((left & highestOf(one)) === 0 ? left : left ^ one),
      mask,
    );
    if (rest === 0) continue;
    const pivot = highestOf(rest);
    basis = [...basis.map((one) => ((one & pivot) === 0 ? one : one ^ rest)), rest];
  }
  return basis;
}

/** The masks that share an even number of ones with each of a reduced basis, reduced likewise. */
function evenWith(basis: readonly number[], width: number): number[] {
  const pivots = basis.reduce((mask, one) => mask | highestOf(one), 0);
  const free = Array.from({ length: width }, (_, bit) => 1 << bit).filter(
    (bit) => (pivots & bit) === 0,
  );
  return reduced(
    free.map((bit) =>
      basis.reduce((mask, one) => ((one & bit) === 0 ? mask : mask | highestOf(one)), bit),
    ),
  );
}

/** Whether an excitation leaves every number of electrons even or odd that was tapered. */
export function keepsSymmetries({ from, to }: Excitation, { tapered = [] }: Fermions): boolean {
  const moved = [...from, ...to].reduce((mask, mode) => mask ^ (1 << mode), 0);
  return tapered.every((mask) => bitCount(mask & moved) % 2 === 0);
}

/** The Hamiltonian as a sum of Pauli strings, the constant among them. */
export function qubitHamiltonian(integrals: OrbitalIntegrals, fermions: Fermions): PauliSum {
  const { orbitals: n, constant, one, two } = integrals;
  const encoding = encodingFor(fermions);
  const pairs = Array.from({ length: n }, (_, p) =>
    Array.from({ length: p + 1 }, (_row, q) => ({ p, q, operator: exchange(encoding, n, p, q) })),
  ).flat();
  const sum: PauliOperator = new Map();
  addProduct(sum, 0, 0, { re: constant, im: 0 });
  const unit: PauliOperator = new Map([[0, { re: 1, im: 0 }]]);
  for (const { p, q, operator } of pairs) {
    // Σ (pq|rs) a†a†aa/2 in products of exchanges leaves this out of the one-electron part.
    let contracted = 0;
    for (let r = 0; r < n; r++) contracted += two[((p * n + r) * n + r) * n + q] as number;
    addProductOf(sum, operator, unit, (one[p * n + q] as number) - contracted / 2);
    for (const other of pairs) {
      const value = two[((p * n + q) * n + other.p) * n + other.q] as number;
      if (value !== 0) addProductOf(sum, operator, other.operator, value / 2);
    }
  }
  return onQubits(sum, fermions);
}

/** Σ over spins of a†_p a_q, and its conjugate where p ≠ q. */
function exchange(encoding: Encoding, n: number, p: number, q: number): PauliOperator {
  const sum: PauliOperator = new Map();
  for (const [a, b] of p === q ? [[p, q] as const] : [[p, q] as const, [q, p] as const]) {
    for (const spin of [0, n]) {
      addProductOf(sum, ladder(encoding, a + spin, true), ladder(encoding, b + spin, false), 1);
    }
  }
  return sum;
}

/** a†_j or a_j: X_U·Z_P·(1 ± Z_F)/2 with the qubits of update, parity and occupation of the mode. */
function ladder(encoding: Encoding, mode: number, isCreation: boolean): PauliOperator {
  const [u, p, f] = [
    encoding.update[mode] as number,
    encoding.parity[mode] as number,
    encoding.occupation[mode] as number,
  ];
  const sum: PauliOperator = new Map();
  addProduct(sum, u, p, { re: 0.5, im: 0 });
  addProduct(sum, u, p ^ f, { re: isCreation ? 0.5 : -0.5, im: 0 });
  return sum;
}

/** Moves electrons from some modes to as many others. */
export interface Excitation {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * G with exp(−iθG) = exp(θ(T − T†)) for T that creates in `to` and annihilates in `from`; its strings commute with each
 * other.
 */
export function excitationGenerator({ from, to }: Excitation, fermions: Fermions): PauliSum {
  const encoding = encodingFor(fermions);
  const factors = [
    ...to.map((mode) => ladder(encoding, mode, true)),
    ...from.toReversed().map((mode) => ladder(encoding, mode, false)),
  ];
  const product = factors.reduce<PauliOperator>(
    (before, factor) => {
      const next: PauliOperator = new Map();
      addProductOf(next, before, factor, 1);
      return next;
    },
    new Map([[0, { re: 1, im: 0 }]]),
  );
  // Strings are Hermitian, so i(T − T†) takes −2 times the imaginary part of each coefficient.
  const generator: PauliOperator = new Map(
    [...product].map(([key, { im }]) => [key, { re: -2 * im, im: 0 }]),
  );
  return onQubits(generator, fermions);
}

/** Leaves out the qubits whose values are known, and what rounding has left that would flip them. */
function onQubits(operator: PauliOperator, fermions: Fermions): PauliSum {
  const { qubits, ones } = removedOf(fermions);
  if (qubits === 0) return realSum(operator, (x, z) => ({ x, z, sign: 1 }));
  const kept = new Map([...operator].filter(([key]) => (masksOf(key)[0] & qubits) === 0));
  return realSum(kept, (x, z) => ({
    x: without(x, qubits),
    z: without(z, qubits),
    sign: bitCount(z & ones) % 2 === 0 ? 1 : -1,
  }));
}

/** A mask without the bits of some qubits: those above move down. */
function without(mask: number, qubits: number): number {
  let [rest, removed] = [mask, qubits];
  while (removed !== 0) {
    const highest = highestOf(removed);
    rest = (rest & (highest - 1)) | ((rest & ~(2 * highest - 1)) >>> 1);
    removed ^= highest;
  }
  return rest;
}

/** A mask with the bits of some qubits put in again, as 0. */
function widened(mask: number, qubits: number): number {
  let [rest, removed] = [mask, qubits];
  while (removed !== 0) {
    const lowest = removed & -removed;
    rest = (rest & (lowest - 1)) | ((rest & ~(lowest - 1)) << 1);
    removed ^= lowest;
  }
  return rest;
}

/** The basis state of the qubits that stands for occupied modes. */
export function basisState(occupations: number, fermions: Fermions): number {
  const state = encoded(encodingFor(fermions), occupations);
  return without(state, removedOf(fermions).qubits);
}

/** The occupied modes that a basis state of the qubits stands for; qubits that were left out are put in again. */
export function occupationsOf(state: number, fermions: Fermions): number {
  const { qubits, ones } = removedOf(fermions);
  const whole = widened(state, qubits) | ones;
  return encodingFor(fermions).occupation.reduce(
    (modes, mask, mode) => (bitCount(whole & mask) % 2 === 1 ? modes | (1 << mode) : modes),
    0,
  );
}

/** Whether modes hold the numbers of electrons. */
export function isInSector(occupations: number, { orbitals, electrons }: Fermions): boolean {
  const low = 2 ** orbitals - 1;
  const [up, down] = electrons;
  return bitCount(occupations & low) === up && bitCount(occupations >>> orbitals) === down;
}

/** The basis state whose electrons fill the first orbitals of each spin. */
export function referenceState(fermions: Fermions): number {
  return basisState(referenceModes(fermions), fermions);
}

function referenceModes({ orbitals, electrons: [up, down] }: Fermions): number {
  return 2 ** up - 1 + (2 ** down - 1) * 2 ** orbitals;
}

/** How many basis states have the numbers of electrons, and what was tapered as the reference has it. */
export function sectorSize(fermions: Fermions): number {
  const { orbitals, electrons, tapered = [] } = fermions;
  if (tapered.length === 0) {
    return electrons.reduce((size, count) => size * choose(orbitals, count), 1);
  }
  const [ups, downs] = halvesOf(fermions);
  const bySignature = Map.groupBy(downs, (down) => signatureOf(down, tapered));
  const wanted = signatureOf(referenceModes(fermions), tapered);
  return ups.reduce(
    (size, up) => size + (bySignature.get(signatureOf(up, tapered) ^ wanted)?.length ?? 0),
    0,
  );
}

/** Which of some masks hold an odd number of the modes. */
function signatureOf(modes: number, masks: readonly number[]): number {
  return masks.reduce((bits, mask, k) => bits | ((bitCount(modes & mask) % 2) << k), 0);
}

/** Occupations of spin up alone, and of spin down alone. */
function halvesOf({ orbitals, electrons }: Fermions): readonly [number[], number[]] {
  const filled = (count: number): number[] => {
    const found: number[] = [];
    for (let mask = 0; mask < 2 ** orbitals; mask++) if (bitCount(mask) === count) found.push(mask);
    return found;
  };
  return [filled(electrons[0]), filled(electrons[1]).map((down) => down * 2 ** orbitals)];
}

/** The basis states with the numbers of electrons, ascending. */
export function sectorStates(fermions: Fermions): Uint32Array {
  const { tapered = [] } = fermions;
  const encoding = encodingFor(fermions);
  const { qubits } = removedOf(fermions);
  const wanted = signatureOf(referenceModes(fermions), tapered);
  const [ups, downs] = halvesOf(fermions);
  const states = downs.flatMap((down) =>
    ups.flatMap((up) =>
      signatureOf(up + down, tapered) === wanted
        ? [without(encoded(encoding, up + down), qubits)]
        : [],
    ),
  );
  return Uint32Array.from(states).sort();
}

function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
