import type { IsingForm } from '#shared/problems/binary-problem.ts';
import type { PauliFactor, PauliLetter, PauliSum } from '#shared/observables/pauli.ts';

export type VariablesPerQubit = 1 | 2 | 3;

/** Letters in whose means a qubit holds its variables. */
const lettersOf: Readonly<Record<VariablesPerQubit, readonly PauliLetter[]>> = {
  1: ['Z'],
  2: ['X', 'Z'],
  3: ['X', 'Y', 'Z'],
};

/** Where each spin is held: its mean is √m times that of one letter on one qubit. */
export interface Encoding {
  readonly variablesPerQubit: VariablesPerQubit;
  readonly qubits: number;
  /** By spin. */
  readonly places: readonly PauliFactor[];
}

/**
 * Quantum random access codes (m, 1) of m spins a qubit (Fuller et al. 2024, arXiv:2111.03167): coupled spins lie on different
 * qubits, so that every product of two is a product of two letters. Colours are given by falling number of couplings.
 */
export function encodingOf({ h, J }: IsingForm, variablesPerQubit: VariablesPerQubit): Encoding {
  const neighbours = Array.from(h, () => new Set<number>());
  for (const [i, j] of J) {
    neighbours[i]?.add(j);
    neighbours[j]?.add(i);
  }
  const degree = (spin: number): number => neighbours[spin]?.size ?? 0;
  const order = Array.from(h, (_, spin) => spin).sort((a, b) => degree(b) - degree(a) || a - b);
  const letters = lettersOf[variablesPerQubit];
  const held: number[][] = [];
  const places: PauliFactor[] = [];
  for (const spin of order) {
    const isFree = (there: readonly number[]): boolean =>
      there.length < letters.length && there.every((other) => !neighbours[spin]?.has(other));
    const found = held.findIndex(isFree);
    const qubit = found < 0 ? held.push([]) - 1 : found;
    const there = held[qubit] as number[];
    places[spin] = { qubit, letter: letters[there.length] as PauliLetter };
    there.push(spin);
  }
  return { variablesPerQubit, qubits: held.length, places };
}

/** The cost with √m times a letter in place of each spin: its mean in the code word of an assignment is the cost there. */
export function relaxedCost({ offset, h, J }: IsingForm, encoding: Encoding): PauliSum {
  const { places, variablesPerQubit: m } = encoding;
  const at = (spin: number): PauliFactor => places[spin] as PauliFactor;
  const fields = Array.from(h, (w, i) => ({ coefficient: Math.sqrt(m) * w, factors: [at(i)] }));
  const couplings = J.map(([i, j, w]) => ({
    coefficient: m * w,
    factors: [at(i), at(j)].sort((a, b) => a.qubit - b.qubit),
  }));
  const terms = [...fields, ...couplings].filter(({ coefficient }) => coefficient !== 0);
  return { terms: [{ coefficient: offset, factors: [] }, ...terms] };
}

/** A direction of the Bloch sphere whose components along the letters of a code have equal size. */
export interface MagicBasis {
  /** The sign of each letter where the outcome is 0; all turn round where it is 1. */
  readonly signs: Readonly<Partial<Record<PauliLetter, 1 | -1>>>;
  /** exp(−iφZ/2), then exp(−iθY/2), turn the direction to +Z. */
  readonly phi: number;
  readonly theta: number;
}

/** The bases whose states are the code words: one of m = 1, two of m = 2 and four of m = 3. */
export function magicBases(variablesPerQubit: VariablesPerQubit): readonly MagicBasis[] {
  if (variablesPerQubit === 1) return [basisAlong([0, 0, 1])];
  if (variablesPerQubit === 2) return [basisAlong([1, 0, 1]), basisAlong([-1, 0, 1])];
  return [
    basisAlong([1, 1, 1]),
    basisAlong([1, -1, -1]),
    basisAlong([-1, 1, -1]),
    basisAlong([-1, -1, 1]),
  ];
}

type Sign = 1 | -1;

function basisAlong(direction: readonly [Sign | 0, Sign | 0, Sign]): MagicBasis {
  const [x, y, z] = direction;
  const length = Math.hypot(x, y, z);
  return {
    signs: { ...(x === 0 ? {} : { X: x }), ...(y === 0 ? {} : { Y: y }), Z: z },
    phi: -Math.atan2(y, x),
    theta: -Math.acos(z / length),
  };
}
