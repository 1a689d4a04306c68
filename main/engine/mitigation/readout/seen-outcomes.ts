import { AppError } from '#shared/base/errors.ts';
import { bitAt, onesAt, type PackedBits, stringCount, wordsFor } from '#shared/base/packed-bits.ts';
import type { BitError } from './confusion.ts';

/** The confusion matrix among outcomes that were seen: entry k says that `from[k]` was read as `to[k]`. */
export interface SeenConfusion {
  readonly size: number;
  /** Probabilities of reading each outcome as itself, after each column was brought to a sum of 1. */
  readonly diagonal: Float64Array;
  /** Share of each outcome's readings that falls on outcomes which were not seen. */
  readonly unseen: Float64Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly values: Float64Array;
}

/** Outcomes up to which every pair counts; of more only those that differ in few bits. */
const wholePairs = 1024;
/** Four misread bits and more together are rarer than what shots resolve. */
const nearPairs = 3;
/** Entries that fit the memory of any machine that runs this: 32 bytes a pair. */
const mostPairs = 20_000_000;

/**
 * The tensored confusion matrix in the space of the outcomes that were seen, columns brought to a sum of 1 (Nation,
 * Kang, Sundaresan, Gambetta, PRX Quantum 2, 040326). O(outcomes²) comparisons of words.
 */
export function seenConfusion(outcomes: PackedBits, errors: readonly BitError[]): SeenConfusion {
  const size = stringCount(outcomes);
  const most = size <= wholePairs ? outcomes.width : nearPairs;
  const pairs = pairsWithin(outcomes, most);
  const diagonal = Float64Array.from({ length: size }, (_, k) =>
    keptProbability(outcomes, k, errors),
  );
  const count = pairs.length / 2;
  const from = new Int32Array(2 * count);
  const to = new Int32Array(2 * count);
  const values = new Float64Array(2 * count);
  const ratios = errors.map(ratiosOf);
  for (let p = 0; p < count; p++) {
    const [a, b] = [pairs[2 * p] as number, pairs[2 * p + 1] as number];
    const [forth, back] = flipRatios(outcomes, a, b, ratios);
    [from[2 * p], to[2 * p], values[2 * p]] = [a, b, (diagonal[a] as number) * forth];
    [from[2 * p + 1], to[2 * p + 1], values[2 * p + 1]] = [b, a, (diagonal[b] as number) * back];
  }
  const sums = diagonal.slice();
  values.forEach((value, k) => {
    const column = from[k] as number;
    sums[column] = (sums[column] as number) + value;
  });
  for (let k = 0; k < values.length; k++) {
    values[k] = (values[k] as number) / (sums[from[k] as number] as number);
  }
  return {
    size,
    diagonal: diagonal.map((value, k) => value / (sums[k] as number)),
    unseen: sums.map((sum) => Math.max(0, 1 - sum)),
    from,
    to,
    values,
  };
}

/** y = A·x, or Aᵀ·x. */
export function multiplySeen(
  { diagonal, from, to, values }: SeenConfusion,
  x: Float64Array,
  transposed: boolean,
): Float64Array {
  const y = x.map((value, k) => value * (diagonal[k] as number));
  const [source, target] = transposed ? [to, from] : [from, to];
  for (let k = 0; k < values.length; k++) {
    const at = target[k] as number;
    y[at] = (y[at] as number) + (values[k] as number) * (x[source[k] as number] as number);
  }
  return y;
}

/** Pairs (a < b) of outcomes that differ in at most `most` bits, flat. */
function pairsWithin({ width, words }: PackedBits, most: number): Int32Array {
  const size = wordsFor(width);
  const count = words.length / size;
  const ones = Int32Array.from({ length: count }, (_, k) => onesAt({ width, words }, k));
  let pairs = new Int32Array(4096);
  let used = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (Math.abs((ones[a] as number) - (ones[b] as number)) > most) continue;
      let apart = 0;
      for (let w = 0; w < size && apart <= most; w++) {
        apart += onesIn((words[a * size + w] as number) ^ (words[b * size + w] as number));
      }
      if (apart > most) continue;
      if (used === pairs.length) pairs = grown(pairs);
      pairs[used++] = a;
      pairs[used++] = b;
    }
  }
  return pairs.subarray(0, used);
}

function grown(pairs: Int32Array): Int32Array<ArrayBuffer> {
  if (pairs.length >= 2 * mostPairs) {
    throw new AppError(
      'too-large',
      `More than ${mostPairs} pairs of outcomes are read as one another. Use the method “inverse”, or fewer shots.`,
      { mostPairs },
    );
  }
  const larger = new Int32Array(pairs.length * 2);
  larger.set(pairs);
  return larger;
}

function onesIn(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** By which factor a reading grows rarer where a bit that is 0, or 1, is misread. */
function ratiosOf({ read1Given0, read0Given1 }: BitError): readonly [number, number] {
  return [read1Given0 / (1 - read1Given0), read0Given1 / (1 - read0Given1)];
}

function keptProbability(outcomes: PackedBits, k: number, errors: readonly BitError[]): number {
  return errors.reduce(
    (product, { read1Given0, read0Given1 }, bit) =>
      product * (1 - (bitAt(outcomes, k, bit) === 1 ? read0Given1 : read1Given0)),
    1,
  );
}

function flipRatios(
  { width, words }: PackedBits,
  a: number,
  b: number,
  ratios: readonly (readonly [number, number])[],
): readonly [number, number] {
  const size = wordsFor(width);
  let [forth, back] = [1, 1];
  for (let w = 0; w < size; w++) {
    const own = words[a * size + w] as number;
    let rest = own ^ (words[b * size + w] as number);
    while (rest !== 0) {
      const low = rest & -rest;
      const [up, down] = ratios[w * 32 + 31 - Math.clz32(low)] as readonly [number, number];
      const isOne = (own & low) !== 0;
      forth *= isOne ? down : up;
      back *= isOne ? up : down;
      rest ^= low;
    }
  }
  return [forth, back];
}
