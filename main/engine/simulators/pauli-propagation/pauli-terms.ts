import type { PauliSum } from '#shared/observables/pauli.ts';
import type { TransferMatrix } from '../pauli-transfer.ts';

/** Qubits in a word of a key: two bits each, x below z. */
const perWord = 16;
/** Places of the hash table for each term that may be held. */
const placesPerTerm = 2;

/** Words of the key of a string. */
function wordsFor(qubits: number): number {
  return Math.max(1, Math.ceil(qubits / perWord));
}

/** Terms that are held for a limit: room for what a gate adds before the smallest are dropped. */
function roomFor(limit: number): number {
  return 2 ** Math.ceil(Math.log2(2 * limit));
}

/** Bytes of the terms of one sum: keys and numbers twice, and the hash table. */
export function bytesOfTerms(qubits: number, limit: number): number {
  // Once more the numbers, where the smallest are looked for.
  const each = 2 * (4 * wordsFor(qubits) + 8) + 8 + 4 * placesPerTerm;
  return roomFor(limit) * each;
}

/**
 * A sum of Pauli strings while it is propagated: term t has the number values[t] and the key
 * keys[t·words …], in which qubit q has bits 2·(q % 16) (x) and 2·(q % 16) + 1 (z) of word ⌊q/16⌋.
 */
export class PauliTerms {
  readonly #words: number;
  readonly #limit: number;
  readonly #cutoff: number;
  readonly #room: number;
  readonly #keys: Uint32Array;
  readonly #values: Float64Array;
  /** 1 + term by place; 0 where a place is free. */
  readonly #places: Int32Array;
  /** Terms that a gate changes, as they were. */
  readonly #changedKeys: Uint32Array;
  readonly #changedValues: Float64Array;
  readonly #key: Uint32Array;
  #count = 0;
  /** Sum of the magnitudes of dropped coefficients: no expectation can be off by more. */
  dropped = 0;

  constructor(qubits: number, options: { readonly limit: number; readonly cutoff: number }) {
    this.#words = wordsFor(qubits);
    this.#limit = options.limit;
    this.#cutoff = options.cutoff;
    this.#room = roomFor(options.limit);
    this.#keys = new Uint32Array(this.#room * this.#words);
    this.#values = new Float64Array(this.#room);
    this.#places = new Int32Array(this.#room * placesPerTerm);
    this.#changedKeys = new Uint32Array(this.#room * this.#words);
    this.#changedValues = new Float64Array(this.#room);
    this.#key = new Uint32Array(this.#words);
  }

  /** Starts anew with this sum. */
  begin(sum: PauliSum): void {
    this.#count = 0;
    this.#places.fill(0);
    this.dropped = 0;
    for (const { coefficient, factors } of sum.terms) {
      this.#key.fill(0);
      for (const { qubit, letter } of factors) {
        const code = letter === 'X' ? 1 : letter === 'Z' ? 2 : 3;
        const at = Math.floor(qubit / perWord);
        this.#key[at] = (this.#key[at] as number) | (code << (2 * (qubit % perWord)));
      }
      this.#add(coefficient);
    }
  }

  /** Replaces every string P by its image under the adjoint of a map: Σ_Q matrix[P][Q]·Q. */
  pullBack(qubits: readonly number[], { entries, qubitCount }: TransferMatrix): void {
    const strings = 4 ** qubitCount;
    const words = qubits.map((qubit) => Math.floor(qubit / perWord));
    const shifts = qubits.map((qubit) => 2 * (qubit % perWord));
    const changed = this.#takeTouched(words, shifts, entries, strings);
    for (let k = 0; k < changed; k++) {
      const start = k * this.#words;
      const coefficient = this.#changedValues[k] as number;
      let index = 0;
      for (let j = 0; j < words.length; j++) {
        const word = this.#changedKeys[start + (words[j] as number)] as number;
        index |= ((word >>> (shifts[j] as number)) & 3) << (2 * j);
      }
      for (let q = 0; q < strings; q++) {
        const factor = entries[index * strings + q] as number;
        if (factor === 0) continue;
        for (let w = 0; w < this.#words; w++) {
          this.#key[w] = this.#changedKeys[start + w] as number;
        }
        const change = index ^ q;
        for (let j = 0; j < words.length; j++) {
          const at = words[j] as number;
          const bits = ((change >> (2 * j)) & 3) << (shifts[j] as number);
          this.#key[at] = (this.#key[at] as number) ^ bits;
        }
        this.#add(coefficient * factor);
      }
    }
    if (changed > 0) this.#prune();
  }

  /** ⟨0…0|O|0…0⟩: strings of I and Z only. */
  atZero(): number {
    let sum = 0;
    for (let t = 0; t < this.#count; t++) {
      let flips = 0;
      for (let w = 0; w < this.#words; w++) {
        flips |= (this.#keys[t * this.#words + w] as number) & 0x55555555;
      }
      if (flips === 0) sum += this.#values[t] as number;
    }
    return sum;
  }

  /**
   * Puts the terms that a map changes aside and zeroes them where they were; a term whose image is
   * itself is scaled in place.
   */
  #takeTouched(
    words: readonly number[],
    shifts: readonly number[],
    entries: Float64Array,
    strings: number,
  ): number {
    const alone = stringsThatStay(entries, strings);
    let changed = 0;
    for (let t = 0; t < this.#count; t++) {
      const start = t * this.#words;
      let index = 0;
      for (let j = 0; j < words.length; j++) {
        const word = this.#keys[start + (words[j] as number)] as number;
        index |= ((word >>> (shifts[j] as number)) & 3) << (2 * j);
      }
      if (index === 0) continue;
      const value = this.#values[t] as number;
      if (alone[index] === 1) {
        this.#values[t] = value * (entries[index * strings + index] as number);
        continue;
      }
      this.#changedValues[changed] = value;
      for (let w = 0; w < this.#words; w++) {
        this.#changedKeys[changed * this.#words + w] = this.#keys[start + w] as number;
      }
      this.#values[t] = 0;
      changed++;
    }
    return changed;
  }

  /** Adds a coefficient to the string in #key. */
  #add(coefficient: number): void {
    let place = this.#placeOf(this.#key, 0);
    const term = this.#places[place] as number;
    if (term > 0) {
      this.#values[term - 1] = (this.#values[term - 1] as number) + coefficient;
      return;
    }
    if (this.#count === this.#room) {
      this.#prune();
      place = this.#placeOf(this.#key, 0);
    }
    this.#keys.set(this.#key, this.#count * this.#words);
    this.#values[this.#count] = coefficient;
    this.#count++;
    this.#places[place] = this.#count;
  }

  /** The place that has the key at `start` of `keys`, or the free one where it belongs. */
  #placeOf(keys: Uint32Array, start: number): number {
    let hash = 0x811c9dc5;
    for (let w = 0; w < this.#words; w++) {
      hash = Math.imul(hash ^ (keys[start + w] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (;;) {
      const term = this.#places[place] as number;
      if (term === 0 || this.#hasKey(term - 1, keys, start)) return place;
      place = (place + 1) & mask;
    }
  }

  #hasKey(term: number, keys: Uint32Array, start: number): boolean {
    for (let w = 0; w < this.#words; w++) {
      if (this.#keys[term * this.#words + w] !== keys[start + w]) return false;
    }
    return true;
  }

  /** Drops what is below the cut-off, and all but half the limit of the largest where there are too many. */
  #prune(): void {
    const values = this.#values.subarray(0, this.#count);
    let threshold = this.#cutoff;
    let present = 0;
    for (const value of values) if (Math.abs(value) >= threshold) present++;
    if (present > this.#limit) {
      const sizes = values.map(Math.abs).sort();
      threshold = Math.max(threshold, sizes[sizes.length - Math.floor(this.#limit / 2)] as number);
    } else if (present >= this.#count / 2 && this.#count < this.#room) return;
    this.#keep(threshold);
  }

  /** Moves the terms of at least this size to the front and places them anew. */
  #keep(threshold: number): void {
    this.#places.fill(0);
    let kept = 0;
    for (let t = 0; t < this.#count; t++) {
      const value = this.#values[t] as number;
      if (Math.abs(value) < threshold) {
        this.dropped += Math.abs(value);
        continue;
      }
      this.#keys.copyWithin(kept * this.#words, t * this.#words, (t + 1) * this.#words);
      this.#values[kept] = value;
      kept++;
      this.#places[this.#placeOf(this.#keys, (kept - 1) * this.#words)] = kept;
    }
    this.#count = kept;
  }
}

/** 1 for strings whose image is a multiple of themselves. */
function stringsThatStay(entries: Float64Array, strings: number): Uint8Array {
  const stays = new Uint8Array(strings).fill(1);
  for (let p = 0; p < strings; p++) {
    for (let q = 0; q < strings; q++) {
      if (p !== q && entries[p * strings + q] !== 0) stays[p] = 0;
    }
  }
  return stays;
}
