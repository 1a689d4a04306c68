import type { Rng } from '#shared/base/rng.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import type { CliffordTable } from './clifford-table.ts';
import { drawError, type PauliChannel } from '../pauli-channel.ts';

/** Shots that are followed together. */
export const frameShots = 1024;
const words = frameShots / 32;

/**
 * How the states of many shots differ from one reference run: a Pauli string for each shot. Shot s
 * is bit s % 32 of word q·words + ⌊s/32⌋ of xs and zs for qubit q. After Gidney, Stim, Quantum 5, 497.
 */
export class PauliFrames {
  readonly #xs: Int32Array;
  readonly #zs: Int32Array;
  readonly #rng: Rng;
  readonly #before = new Int32Array(16);

  /** Frames of |0…0⟩, which any Z leaves as it is: it starts random, and so do outcomes that are. */
  constructor(qubits: number, rng: Rng) {
    this.#rng = rng;
    this.#xs = new Int32Array(qubits * words);
    this.#zs = Int32Array.from({ length: qubits * words }, () => rng.uint32());
  }

  /** Conjugates every frame by a gate; signs do not matter here. */
  conjugate(qubits: readonly number[], map: LinearMap): void {
    const { rows } = map;
    for (let w = 0; w < words; w++) {
      qubits.forEach((qubit, j) => {
        this.#before[2 * j] = this.#xs[qubit * words + w] as number;
        this.#before[2 * j + 1] = this.#zs[qubit * words + w] as number;
      });
      for (let j = 0; j < qubits.length; j++) {
        const at = (qubits[j] as number) * words + w;
        this.#xs[at] = this.#combine(rows[2 * j] as number);
        this.#zs[at] = this.#combine(rows[2 * j + 1] as number);
      }
    }
  }

  #combine(mask: number): number {
    let sum = 0;
    for (let i = 0, rest = mask; rest > 0; i++, rest >>= 1) {
      if ((rest & 1) === 1) sum ^= this.#before[i] as number;
    }
    return sum;
  }

  /** Draws the channel's errors for every shot; rare ones cost only as often as they happen. */
  applyChannel(channel: PauliChannel): void {
    forHits(channel.total, this.#rng, (shot) => {
      const error = drawError(channel, this.#rng);
      channel.qubits.forEach((qubit, j) => {
        const at = qubit * words + (shot >> 5);
        const bit = 1 << (shot & 31);
        if (((error >> (2 * j)) & 1) === 1) this.#xs[at] = (this.#xs[at] as number) ^ bit;
        if (((error >> (2 * j + 1)) & 1) === 1) this.#zs[at] = (this.#zs[at] as number) ^ bit;
      });
    });
  }

  /** Words of outcomes, given the reference's; afterwards Z on the qubit is free again. */
  measure(qubit: number, reference: number): Int32Array {
    const values = this.values(qubit, reference);
    this.#randomise(qubit);
    return values;
  }

  /** Words of what measuring the qubit would give. */
  values(qubit: number, reference: number): Int32Array {
    const start = qubit * words;
    return this.#xs.slice(start, start + words).map((word) => (reference === 1 ? ~word : word));
  }

  reset(qubit: number): void {
    this.#xs.fill(0, qubit * words, (qubit + 1) * words);
    this.#randomise(qubit);
  }

  /** Words with a bit where a string's value is the reference's turned round. */
  flips(term: PauliTerm): Int32Array {
    const result = new Int32Array(words);
    for (const { qubit, letter } of term.factors) {
      for (let w = 0; w < words; w++) {
        const x = letter === 'X' ? 0 : (this.#xs[qubit * words + w] as number);
        const z = letter === 'Z' ? 0 : (this.#zs[qubit * words + w] as number);
        result[w] = (result[w] as number) ^ x ^ z;
      }
    }
    return result;
  }

  #randomise(qubit: number): void {
    for (let at = qubit * words; at < (qubit + 1) * words; at++) this.#zs[at] = this.#rng.uint32();
  }
}

/** Calls `hit` for each shot of a batch with probability p, by skipping over those that are missed. */
export function forHits(p: number, rng: Rng, hit: (shot: number) => void): void {
  if (p <= 0) return;
  const scale = p >= 1 ? 0 : 1 / Math.log1p(-p);
  for (let shot = 0; shot < frameShots; shot++) {
    if (p < 1) shot += Math.floor(Math.log(1 - rng.uniform()) * scale);
    if (shot < frameShots) hit(shot);
  }
}

/** A Clifford gate on strings without signs: bit i of rows[o] says whether output o takes input i. */
export interface LinearMap {
  readonly rows: Uint8Array;
}

/** Null where strings stay what they are (a Pauli gate). */
export function linearMapOf({ qubitCount, image }: CliffordTable): LinearMap | null {
  const bits = 2 * qubitCount;
  const rows = new Uint8Array(bits);
  for (let input = 0; input < bits; input++) {
    const result = image[1 << input] as number;
    for (let output = 0; output < bits; output++) {
      if (((result >> output) & 1) === 1) rows[output] = (rows[output] as number) | (1 << input);
    }
  }
  return rows.every((row, output) => row === 1 << output) ? null : { rows };
}
