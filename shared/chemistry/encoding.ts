import { assert } from '../base/assert.ts';

/** How occupations of spin orbitals are written into qubits. */
export type Mapping = 'jordan-wigner' | 'parity' | 'bravyi-kitaev';

/** Strings of Pauli letters are two masks of 26 bits in one number that a double holds. */
export const mostModes = 26;

/**
 * A linear encoding of occupations over GF(2): qubits = A·occupations (Seeley, Richard and Love 2012,
 * J. Chem. Phys. 137, 224109). Masks of qubits, one for each mode.
 */
export interface Encoding {
  readonly modes: number;
  /** The qubits that flip with the occupation of a mode: a column of A. */
  readonly update: readonly number[];
  /** The qubits whose parity is the occupation of a mode: a row of A⁻¹. */
  readonly occupation: readonly number[];
  /** The qubits whose parity is the number of electrons in the modes before. */
  readonly parity: readonly number[];
}

/** The encoding of so many modes. Bravyi and Kitaev's is that of a Fenwick tree. */
export function encodingOf(mapping: Mapping, modes: number): Encoding {
  return encodingBy(Array.from({ length: modes }, (_, qubit) => rowOf(mapping, qubit)));
}

/** Each mode in its own qubit, but that the qubit of each mask's highest mode holds the parity of the whole mask. */
export function encodingWith(masks: readonly number[], modes: number): Encoding {
  const own = (qubit: number) => masks.find((mask) => 31 - Math.clz32(mask) === qubit);
  return encodingBy(Array.from({ length: modes }, (_, qubit) => own(qubit) ?? 1 << qubit));
}

/** By rows of A, lower triangular with ones on its diagonal. */
function encodingBy(rows: readonly number[]): Encoding {
  const modes = rows.length;
  assert(modes <= mostModes, 'at most 26 modes', { modes });
  const update = rows.map((_, mode) =>
    rows.reduce((mask, row, qubit) => (((row >>> mode) & 1) === 1 ? mask | (1 << qubit) : mask), 0),
  );
  const occupation = inverse(rows);
  let before = 0;
  const parity = occupation.map((mask) => {
    const here = before;
    before ^= mask;
    return here;
  });
  return { modes, update, occupation, parity };
}

/** The modes whose occupations are added up in a qubit. */
function rowOf(mapping: Mapping, qubit: number): number {
  const through = 2 ** (qubit + 1) - 1;
  switch (mapping) {
    case 'jordan-wigner':
      return 1 << qubit;
    case 'parity':
      return through;
    case 'bravyi-kitaev': {
      const place = qubit + 1;
      const first = place - (place & -place);
      return through - (2 ** first - 1);
    }
  }
}

/** The inverse over GF(2) of a lower triangular matrix with ones on its diagonal, by rows. */
function inverse(rows: readonly number[]): number[] {
  const found: number[] = [];
  for (const [k, row] of rows.entries()) {
    found.push(
      found.reduce((mask, one, j) => (((row >>> j) & 1) === 1 ? mask ^ one : mask), 1 << k),
    );
  }
  return found;
}

/** The basis state of the qubits that stands for occupations. */
export function encoded({ update }: Encoding, occupations: number): number {
  return update.reduce(
    (state, mask, mode) => (((occupations >>> mode) & 1) === 1 ? state ^ mask : state),
    0,
  );
}
