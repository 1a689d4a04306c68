import type { CliffordTable } from './clifford-table.ts';

/**
 * Signed Pauli strings, bit-packed: qubit q of row r is bit q % 32 of word r·words + ⌊q/32⌋ of xs
 * (X or Y there) and zs (Z or Y there); signs[r] is 1 for a minus.
 */
export class PauliRows {
  readonly rows: number;
  readonly qubits: number;
  readonly words: number;
  readonly xs: Int32Array;
  readonly zs: Int32Array;
  readonly signs: Uint8Array;

  constructor(rows: number, qubits: number, from?: PauliRows) {
    this.rows = rows;
    this.qubits = qubits;
    this.words = Math.max(1, Math.ceil(qubits / 32));
    const size = rows * this.words;
    this.xs = new Int32Array(size);
    this.zs = new Int32Array(size);
    this.signs = new Uint8Array(rows);
    if (from === undefined) return;
    this.xs.set(from.xs);
    this.zs.set(from.zs);
    this.signs.set(from.signs);
  }

  get bytes(): number {
    return this.xs.byteLength + this.zs.byteLength + this.signs.byteLength;
  }

  x(row: number, qubit: number): number {
    return ((this.xs[row * this.words + (qubit >> 5)] as number) >>> (qubit & 31)) & 1;
  }

  z(row: number, qubit: number): number {
    return ((this.zs[row * this.words + (qubit >> 5)] as number) >>> (qubit & 31)) & 1;
  }

  /** Puts X^x·Z^z (Y where both) on a qubit that has none in this row. */
  put(row: number, qubit: number, x: number, z: number): void {
    const word = row * this.words + (qubit >> 5);
    const bit = qubit & 31;
    this.xs[word] = (this.xs[word] as number) | (x << bit);
    this.zs[word] = (this.zs[word] as number) | (z << bit);
  }

  clear(row: number): void {
    this.xs.fill(0, row * this.words, (row + 1) * this.words);
    this.zs.fill(0, row * this.words, (row + 1) * this.words);
    this.signs[row] = 0;
  }

  copyRow(from: PauliRows, source: number, target: number): void {
    const start = source * this.words;
    this.xs.set(from.xs.subarray(start, start + this.words), target * this.words);
    this.zs.set(from.zs.subarray(start, start + this.words), target * this.words);
    this.signs[target] = from.signs[source] as number;
  }

  /**
   * Row `target` ← row `target` · row `source` of `other`. Where the two anticommute the factor ±i is
   * dropped. Powers of i are counted 32 qubits at a time (after Gidney, Stim, Quantum 5, 497).
   */
  multiply(target: number, other: PauliRows, source: number): void {
    let sum = 0;
    const a = target * this.words;
    const b = source * this.words;
    for (let w = 0; w < this.words; w++) {
      const x1 = this.xs[a + w] as number;
      const z1 = this.zs[a + w] as number;
      const x2 = other.xs[b + w] as number;
      const z2 = other.zs[b + w] as number;
      const x = x1 ^ x2;
      const z = z1 ^ z2;
      const x1z2 = x1 & z2;
      const anticommuting = (x2 & z1) ^ x1z2;
      // Each anticommuting qubit gives i, or −i where this plane has a bit.
      const negative = (x ^ z ^ x1z2) & anticommuting;
      sum += countBits(anticommuting) + 2 * countBits(negative);
      this.xs[a + w] = x;
      this.zs[a + w] = z;
    }
    const sign = (this.signs[target] as number) ^ (other.signs[source] as number);
    this.signs[target] = sign ^ ((sum >> 1) & 1);
  }

  /** Whether row a of this and row b of the other anticommute. */
  anticommute(a: number, other: PauliRows, b: number): boolean {
    let parity = 0;
    for (let w = 0; w < this.words; w++) {
      const i = a * this.words + w;
      const j = b * this.words + w;
      parity ^=
        ((this.xs[i] as number) & (other.zs[j] as number)) ^
        ((this.zs[i] as number) & (other.xs[j] as number));
    }
    return (countBits(parity) & 1) === 1;
  }

  /** Conjugates every row by a gate on these qubits. */
  conjugate(qubits: readonly number[], table: CliffordTable): void {
    const words = qubits.map((qubit) => qubit >> 5);
    const shifts = qubits.map((qubit) => qubit & 31);
    const { xs, zs, signs } = this;
    for (let row = 0; row < this.rows; row++) {
      const start = row * this.words;
      let index = 0;
      for (let j = 0; j < qubits.length; j++) {
        const at = start + (words[j] as number);
        const shift = shifts[j] as number;
        index |= (((xs[at] as number) >>> shift) & 1) << (2 * j);
        index |= (((zs[at] as number) >>> shift) & 1) << (2 * j + 1);
      }
      if (index === 0) continue;
      const image = table.image[index] as number;
      signs[row] = (signs[row] as number) ^ (table.negative[index] as number);
      const change = index ^ image;
      for (let j = 0; j < qubits.length; j++) {
        const at = start + (words[j] as number);
        const shift = shifts[j] as number;
        xs[at] = (xs[at] as number) ^ (((change >> (2 * j)) & 1) << shift);
        zs[at] = (zs[at] as number) ^ (((change >> (2 * j + 1)) & 1) << shift);
      }
    }
  }
}

/** Number of bits set in 32. */
export function countBits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
