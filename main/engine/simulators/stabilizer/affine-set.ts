import type { Rng } from '#shared/base/rng.ts';
import { currentCancel } from '../../kernels/workshop.ts';
import type { Distribution } from '../register.ts';
import type { PauliRows } from './pauli-rows.ts';

/**
 * The outcomes of measuring qubits of a stabilizer state: offset + any sum (mod 2) of the directions,
 * all equally likely. Entry j of each is the j-th qubit; the directions are independent.
 */
export interface AffineSet {
  readonly offset: Uint8Array;
  readonly directions: readonly Uint8Array[];
}

/** Stabilizers in echelon form: rows from `rank` on have no X, and `offset` is one outcome, by qubit. */
export interface Echelon {
  readonly rows: PauliRows;
  readonly rank: number;
  readonly offset: Uint8Array;
}

/** Outcomes of these qubits; null where they have more than `most` directions. */
export function affineSetOf(
  { rows, rank, offset }: Echelon,
  qubits: readonly number[],
  most: number,
): AffineSet | null {
  const directions: Direction[] = [];
  for (let row = 0; row < rank; row++) {
    addDirection(
      directions,
      Uint8Array.from(qubits, (qubit) => rows.x(row, qubit)),
    );
    if (directions.length > most) return null;
  }
  return {
    offset: Uint8Array.from(qubits, (qubit) => offset[qubit] as number),
    directions: directions.map(({ bits }) => bits),
  };
}

/** Draws outcomes of all qubits, bit-packed as the rows are. */
export function outcomeDrawer({ rows, rank, offset }: Echelon): (rng: Rng) => Int32Array {
  const start = new Int32Array(rows.words);
  offset.forEach((bit, qubit) => {
    start[qubit >> 5] = (start[qubit >> 5] as number) | (bit << (qubit & 31));
  });
  return (rng) => {
    const outcome = start.slice();
    for (let row = 0; row < rank; row++) {
      if (rng.uniform() < 0.5) continue;
      const at = row * rows.words;
      for (let w = 0; w < rows.words; w++) {
        outcome[w] = (outcome[w] as number) ^ (rows.xs[at + w] as number);
      }
    }
    return outcome;
  };
}

/** Brings stabilizers into echelon form, in place. O(n³/32). */
export function echelonOf(rows: PauliRows): Echelon {
  const rank = eliminate(rows, 0, (row, qubit) => rows.x(row, qubit)).length;
  const pivots = eliminate(rows, rank, (row, qubit) => rows.z(row, qubit));
  // The rows below `rank` have no X: each says which parity a set of qubits has. In reduced form all
  // qubits but the pivots may be 0, and the pivots are then the signs.
  const offset = new Uint8Array(rows.qubits);
  pivots.forEach((qubit, i) => {
    offset[qubit] = rows.signs[rank + i] as number;
  });
  return { rows, rank, offset };
}

/** Reduced row echelon form of one bit plane from row `first` on; gives the pivot qubits in order. */
function eliminate(
  rows: PauliRows,
  first: number,
  bit: (row: number, qubit: number) => number,
): number[] {
  const pivots: number[] = [];
  for (let qubit = 0; qubit < rows.qubits && first + pivots.length < rows.rows; qubit++) {
    currentCancel()?.throwIfCancelled();
    const target = first + pivots.length;
    let pivot = target;
    while (pivot < rows.rows && bit(pivot, qubit) === 0) pivot++;
    if (pivot === rows.rows) continue;
    swapRows(rows, pivot, target);
    for (let row = first; row < rows.rows; row++) {
      if (row !== target && bit(row, qubit) === 1) rows.multiply(row, rows, target);
    }
    pivots.push(qubit);
  }
  return pivots;
}

function swapRows(rows: PauliRows, a: number, b: number): void {
  if (a === b) return;
  for (let w = 0; w < rows.words; w++) {
    const [i, j] = [a * rows.words + w, b * rows.words + w];
    [rows.xs[i], rows.xs[j]] = [rows.xs[j] as number, rows.xs[i] as number];
    [rows.zs[i], rows.zs[j]] = [rows.zs[j] as number, rows.zs[i] as number];
  }
  [rows.signs[a], rows.signs[b]] = [rows.signs[b] as number, rows.signs[a] as number];
}

interface Direction {
  /** The first bit that is set. */
  readonly at: number;
  readonly bits: Uint8Array;
}

/** Adds a direction unless it is a sum of those that are there. */
function addDirection(directions: Direction[], bits: Uint8Array): void {
  for (const { at, bits: other } of directions) {
    if (bits[at] === 1) bits.forEach((bit, j) => (bits[j] = bit ^ (other[j] as number)));
  }
  const at = bits.indexOf(1);
  if (at >= 0) directions.push({ at, bits });
}

/** Lists a small set; bit i of an index says whether direction i is added. */
export function distributionOf({ offset, directions }: AffineSet, weight: number): Distribution {
  const size = 2 ** directions.length;
  const masks = Array.from(offset, (_, j) =>
    directions.reduce((mask, direction, i) => mask | ((direction[j] as number) << i), 0),
  );
  return {
    probabilities: new Float64Array(size).fill(weight / size),
    valueAt: (index, j) => {
      let x = index & (masks[j] as number);
      x ^= x >>> 16;
      x ^= x >>> 8;
      x ^= x >>> 4;
      return (offset[j] as number) ^ ((0x6996 >>> (x & 15)) & 1);
    },
  };
}

/** The same text for the same state: its stabilizers in a form that depends on the group alone. */
export function canonicalKey(rows: PauliRows): string {
  const rank = eliminate(rows, 0, (row, qubit) => rows.x(row, qubit));
  eliminate(rows, rank.length, (row, qubit) => rows.z(row, qubit));
  reduceBySigns(rows, rank.length);
  return `${rows.xs.join()};${rows.zs.join()};${rows.signs.join()}`;
}

/** Takes pivots of the Z-only rows out of the rows above. */
function reduceBySigns(rows: PauliRows, rank: number): void {
  for (let row = rank; row < rows.rows; row++) {
    let pivot = 0;
    while (rows.z(row, pivot) === 0) pivot++;
    for (let above = 0; above < rank; above++) {
      if (rows.z(above, pivot) === 1) rows.multiply(above, rows, row);
    }
  }
}
