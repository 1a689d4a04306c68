import type { PauliSum } from '../observables/pauli.ts';
import { encoded, type Encoding, encodingOf, type Mapping } from './encoding.ts';
import type { OrbitalIntegrals } from './orbital-integrals.ts';
import {
  addProduct,
  addProductOf,
  bitCount,
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
}

export function qubitsOf({ orbitals, isReduced }: Fermions): number {
  return 2 * orbitals - (isReduced ? 2 : 0);
}

/** The Hamiltonian as a sum of Pauli strings, the constant among them. */
export function qubitHamiltonian(integrals: OrbitalIntegrals, fermions: Fermions): PauliSum {
  const { orbitals: n, constant, one, two } = integrals;
  const encoding = encodingOf(fermions.mapping, 2 * n);
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
  const encoding = encodingOf(fermions.mapping, 2 * fermions.orbitals);
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

/** Leaves out the two qubits whose values are known. */
function onQubits(operator: PauliOperator, fermions: Fermions): PauliSum {
  if (!fermions.isReduced) return realSum(operator, (x, z) => ({ x, z, sign: 1 }));
  const ones = fixedOnes(fermions);
  return realSum(operator, (x, z) => ({
    x: without(x, fermions),
    z: without(z, fermions),
    sign: bitCount(z & ones) % 2 === 0 ? 1 : -1,
  }));
}

/** Of the two qubits that hold the parity of spin up and of all electrons, those that are 1. */
function fixedOnes({ orbitals, electrons: [up, down] }: Fermions): number {
  const first = up % 2 === 1 ? 1 << (orbitals - 1) : 0;
  return (up + down) % 2 === 1 ? first | (1 << (2 * orbitals - 1)) : first;
}

/** A mask without the bits of the two qubits. */
function without(mask: number, { orbitals }: Fermions): number {
  const low = 2 ** (orbitals - 1) - 1;
  return (mask & low) | (((mask >>> orbitals) & low) << (orbitals - 1));
}

/** The basis state of the qubits that stands for occupied modes. */
export function basisState(occupations: number, fermions: Fermions): number {
  const state = encoded(encodingOf(fermions.mapping, 2 * fermions.orbitals), occupations);
  return fermions.isReduced ? without(state, fermions) : state;
}

/** The occupied modes that a basis state of the qubits stands for; those that were left out are put in again. */
export function occupationsOf(state: number, fermions: Fermions): number {
  const { orbitals, mapping, isReduced } = fermions;
  const { occupation } = encodingOf(mapping, 2 * orbitals);
  const low = 2 ** (orbitals - 1) - 1;
  const whole = isReduced ? (state & low) | ((state & ~low) << 1) | fixedOnes(fermions) : state;
  return occupation.reduce(
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
  const [up, down] = fermions.electrons;
  return basisState(2 ** up - 1 + (2 ** down - 1) * 2 ** fermions.orbitals, fermions);
}

/** How many basis states have the numbers of electrons. */
export function sectorSize({ orbitals, electrons }: Fermions): number {
  return electrons.reduce((size, count) => size * choose(orbitals, count), 1);
}

/** The basis states with the numbers of electrons, ascending. */
export function sectorStates(fermions: Fermions): Uint32Array {
  const { orbitals, electrons, mapping, isReduced } = fermions;
  const encoding = encodingOf(mapping, 2 * orbitals);
  const filled = (count: number): number[] => {
    const found: number[] = [];
    for (let mask = 0; mask < 2 ** orbitals; mask++) if (bitCount(mask) === count) found.push(mask);
    return found;
  };
  const [up, down] = [filled(electrons[0]), filled(electrons[1])];
  const states = down.flatMap((d) =>
    up.map((u) => {
      const state = encoded(encoding, u + d * 2 ** orbitals);
      return isReduced ? without(state, fermions) : state;
    }),
  );
  return Uint32Array.from(states).sort();
}

function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
