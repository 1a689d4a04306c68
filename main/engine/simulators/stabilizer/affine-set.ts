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

/** Outcomes of the state with these stabilizers, which are brought into echelon form in place. O(n³/32). */
export function affineSetOf(rows: PauliRows, qubits: readonly number[]): AffineSet {
  const rank = eliminate(rows, 0, (row, qubit) => rows.x(row, qubit));
  const pivots = eliminate(rows, rank.length, (row, qubit) => rows.z(row, qubit));
  // The rows below `rank` have no X: each says which parity a set of qubits has. In reduced form all
  // qubits but the pivots may be 0, and the pivots are then the signs.
  const full = new Uint8Array(rows.qubits);
  pivots.forEach((qubit, i) => {
    full[qubit] = rows.signs[rank.length + i] as number;
  });
  const directions = rank.map((_, row) => Uint8Array.from(qubits, (qubit) => rows.x(row, qubit)));
  return {
    offset: Uint8Array.from(qubits, (qubit) => full[qubit] as number),
    directions: independent(directions),
  };
}

/** Reduced row echelon form of one bit plane from row `first` on; gives the pivot qubits in order. */
function eliminate(
  rows: PauliRows,
  first: number,
  bit: (row: number, qubit: number) => number,
): number[] {
  const pivots: number[] = [];
  for (let qubit = 0; qubit < rows.qubits && first + pivots.length < rows.rows; qubit++) {
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

/** An independent set with the same span. */
function independent(directions: readonly Uint8Array[]): Uint8Array[] {
  const kept: { readonly at: number; readonly direction: Uint8Array }[] = [];
  for (const direction of directions) {
    const rest = direction.slice();
    for (const { at, direction: other } of kept) {
      if (rest[at] === 1) rest.forEach((bit, j) => (rest[j] = bit ^ (other[j] as number)));
    }
    const at = rest.indexOf(1);
    if (at >= 0) kept.push({ at, direction: rest });
  }
  return kept.map(({ direction }) => direction);
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
