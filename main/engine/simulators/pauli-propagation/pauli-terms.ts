import type { PauliSum } from '#shared/observables/pauli.ts';
import type { TransferMatrix } from '../pauli-transfer.ts';

const perCharacter = 8;

/**
 * A sum of Pauli strings while it is propagated. The key of a string has two bits for each qubit,
 * eight qubits a character: x at bit 2·(q % 8) of character ⌊q/8⌋, z above it.
 */
export class PauliTerms {
  #terms = new Map<string, number>();
  readonly #limit: number;
  readonly #cutoff: number;
  /** Sum of the magnitudes of dropped coefficients: no expectation can be off by more. */
  dropped = 0;

  constructor(sum: PauliSum, qubits: number, options: { limit: number; cutoff: number }) {
    this.#limit = options.limit;
    this.#cutoff = options.cutoff;
    const characters = Math.max(1, Math.ceil(qubits / perCharacter));
    for (const { coefficient, factors } of sum.terms) {
      const codes = Array.from({ length: characters }, () => 0);
      for (const { qubit, letter } of factors) {
        const code = letter === 'X' ? 1 : letter === 'Z' ? 2 : 3;
        const at = Math.floor(qubit / perCharacter);
        codes[at] = (codes[at] as number) | (code << (2 * (qubit % perCharacter)));
      }
      this.#add(this.#terms, String.fromCharCode(...codes), coefficient);
    }
  }

  get size(): number {
    return this.#terms.size;
  }

  /** Replaces every string P by its image under the adjoint of a map: Σ_Q matrix[P][Q]·Q. */
  pullBack(qubits: readonly number[], { entries, qubitCount }: TransferMatrix): void {
    const strings = 4 ** qubitCount;
    const touched: [string, number, number][] = [];
    for (const [key, coefficient] of this.#terms) {
      const index = indexOf(key, qubits);
      if (index !== 0) touched.push([key, coefficient, index]);
    }
    for (const [key] of touched) this.#terms.delete(key);
    for (const [key, coefficient, index] of touched) {
      for (let q = 0; q < strings; q++) {
        const factor = entries[index * strings + q] as number;
        if (factor === 0) continue;
        this.#add(
          this.#terms,
          q === index ? key : changed(key, qubits, index ^ q),
          coefficient * factor,
        );
      }
    }
    this.#prune(touched.length);
  }

  /** ⟨0…0|O|0…0⟩: strings of I and Z only. */
  atZero(): number {
    let sum = 0;
    for (const [key, coefficient] of this.#terms) {
      let hasX = false;
      for (let i = 0; i < key.length; i++) hasX ||= (key.charCodeAt(i) & 0x5555) !== 0;
      if (!hasX) sum += coefficient;
    }
    return sum;
  }

  #add(terms: Map<string, number>, key: string, coefficient: number): void {
    terms.set(key, (terms.get(key) ?? 0) + coefficient);
  }

  /** Drops what is below the cut-off, and the smaller half where there are too many. */
  #prune(changedCount: number): void {
    if (changedCount === 0) return;
    let threshold = this.#cutoff;
    if (this.#terms.size > this.#limit) {
      const sizes = Float64Array.from(this.#terms.values(), Math.abs).sort();
      threshold = Math.max(threshold, sizes[sizes.length - Math.floor(this.#limit / 2)] as number);
    }
    for (const [key, coefficient] of this.#terms) {
      const size = Math.abs(coefficient);
      if (size >= threshold) continue;
      this.dropped += size;
      this.#terms.delete(key);
    }
  }
}

/** Two bits of each of the qubits, the first lowest. */
function indexOf(key: string, qubits: readonly number[]): number {
  let index = 0;
  for (let j = 0; j < qubits.length; j++) {
    const qubit = qubits[j] as number;
    const code = key.charCodeAt(Math.floor(qubit / perCharacter)) >> (2 * (qubit % perCharacter));
    index |= (code & 3) << (2 * j);
  }
  return index;
}

/** The key with the bits of a change turned on these qubits. */
function changed(key: string, qubits: readonly number[], change: number): string {
  let result = key;
  for (let j = 0; j < qubits.length; j++) {
    const code = (change >> (2 * j)) & 3;
    if (code === 0) continue;
    const qubit = qubits[j] as number;
    const at = Math.floor(qubit / perCharacter);
    const turned = result.charCodeAt(at) ^ (code << (2 * (qubit % perCharacter)));
    result = result.slice(0, at) + String.fromCharCode(turned) + result.slice(at + 1);
  }
  return result;
}
