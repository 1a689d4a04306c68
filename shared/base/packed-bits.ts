import { AppError } from './errors.ts';

/**
 * Bit strings of one width side by side: measured outcomes, assignments of variables. Bit i of string k is
 * bit i % 32 of `words[k · wordsFor(width) + ⌊i / 32⌋]`; what lies beyond the width is 0. No width is too large,
 * while an index in a double ends at 53 bits without a word.
 */
export interface PackedBits {
  readonly width: number;
  readonly words: Uint32Array;
}

/** Words that one string of this width takes, at least one. */
export function wordsFor(width: number): number {
  return Math.max(1, Math.ceil(width / 32));
}

/** How many strings there are. */
export function stringCount({ width, words }: PackedBits): number {
  return words.length / wordsFor(width);
}

/** Bit i of string k. */
export function bitAt({ width, words }: PackedBits, k: number, i: number): 0 | 1 {
  return (((words[k * wordsFor(width) + (i >>> 5)] as number) >>> (i & 31)) & 1) as 0 | 1;
}

/** `count` strings of zeros. */
export function zeroBits(width: number, count: number): PackedBits {
  return { width, words: new Uint32Array(count * wordsFor(width)) };
}

export function setBit({ width, words }: PackedBits, k: number, i: number): void {
  const at = k * wordsFor(width) + (i >>> 5);
  words[at] = (words[at] as number) | (1 << (i & 31));
}

/** One string from its bits, bit 0 first. */
export function packBits(bits: ArrayLike<number>): PackedBits {
  const packed = zeroBits(bits.length, 1);
  for (let i = 0; i < bits.length; i++) if (bits[i] === 1) setBit(packed, 0, i);
  return packed;
}

/** Strings from little-endian indices of at most 32 bits. */
export function packIndices(width: number, indices: ArrayLike<number>): PackedBits {
  if (width > 32) throw new AppError('internal', `An index does not hold ${width} bits.`);
  return { width, words: Uint32Array.from(indices) };
}

/** String k as a little-endian index; only for widths that a double holds. */
export function indexAt({ width, words }: PackedBits, k: number): number {
  if (width > 53) throw new AppError('internal', `An index does not hold ${width} bits.`);
  const low = words[k * wordsFor(width)] as number;
  return width <= 32 ? low : low + 2 ** 32 * (words[2 * k + 1] as number);
}

/** String k alone. */
export function stringAt({ width, words }: PackedBits, k: number): PackedBits {
  const size = wordsFor(width);
  return { width, words: words.slice(k * size, (k + 1) * size) };
}

/** String k as text, bit 0 rightmost. */
export function textOf(packed: PackedBits, k: number): string {
  let text = '';
  for (let i = packed.width - 1; i >= 0; i--) text += bitAt(packed, k, i) === 1 ? '1' : '0';
  return text;
}

/** The first `width` bits of string k, as a string of their own. */
export function firstBits(packed: PackedBits, k: number, width: number): PackedBits {
  const first = zeroBits(width, 1);
  for (let i = 0; i < width; i++) if (bitAt(packed, k, i) === 1) setBit(first, 0, i);
  return first;
}

export function onesAt({ width, words }: PackedBits, k: number): number {
  const size = wordsFor(width);
  let count = 0;
  for (let w = k * size; w < (k + 1) * size; w++) {
    for (let rest = words[w] as number; rest !== 0; rest &= rest - 1) count++;
  }
  return count;
}

/** Negative where string a is the smaller binary number. */
export function compareStrings({ width, words }: PackedBits, a: number, b: number): number {
  const size = wordsFor(width);
  for (let w = size - 1; w >= 0; w--) {
    const difference = (words[a * size + w] as number) - (words[b * size + w] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How often each bit string was seen. */
export class BitCounter {
  readonly #width: number;
  readonly #counts = new Map<string | number, { readonly words: Uint32Array; count: number }>();

  constructor(width: number) {
    this.#width = width;
  }

  /** Counts string k of `bits`, whose width is this counter's. */
  add(bits: PackedBits, k: number, count = 1): void {
    const size = wordsFor(this.#width);
    const words = bits.words.subarray(k * size, (k + 1) * size);
    const key = size === 1 ? (words[0] as number) : words.join();
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { words: words.slice(), count });
    else known.count += count;
  }

  /** What was seen, in ascending order of the binary numbers. */
  counts(): { readonly outcomes: PackedBits; readonly counts: Float64Array } {
    const size = wordsFor(this.#width);
    const seen = [...this.#counts.values()];
    const all = { width: this.#width, words: new Uint32Array(seen.length * size) };
    seen.forEach(({ words }, k) => all.words.set(words, k * size));
    const order = seen.map((_, k) => k).sort((a, b) => compareStrings(all, a, b));
    const outcomes = zeroBits(this.#width, seen.length);
    order.forEach((from, to) => outcomes.words.set(seen[from]?.words ?? [], to * size));
    return { outcomes, counts: Float64Array.from(order, (k) => seen[k]?.count ?? 0) };
  }
}
