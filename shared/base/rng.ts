/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011). A stream is
 * named by (seed, path); the same name gives the same numbers on every machine and in any thread.
 */
const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;

/** High 32 bits of an unsigned 32 × 32 bit product, from 16-bit halves (Math.imul has the low ones). */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) >>> 0;
}

/** Encrypts the counter in place under the key; 10 rounds. */
export function philox4x32(counter: Uint32Array, key0: number, key1: number): void {
  let k0 = key0 >>> 0;
  let k1 = key1 >>> 0;
  let [c0, c1, c2, c3] = counter as unknown as [number, number, number, number];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(multiplier0, c0);
    const low0 = Math.imul(multiplier0, c0) >>> 0;
    const high1 = multiplyHigh(multiplier1, c2);
    const low1 = Math.imul(multiplier1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + weyl0) >>> 0;
    k1 = (k1 + weyl1) >>> 0;
  }
  counter[0] = c0;
  counter[1] = c1;
  counter[2] = c2;
  counter[3] = c3;
}

export interface Rng {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** Uniform integer in [0, bound), without bias. */
  below(bound: number): number;
}

/** FNV-1a over the words of a path, so that streams of any depth fit the two spare counter words. */
function foldPath(path: readonly number[], start: number): number {
  let hash = start;
  for (const part of path) {
    for (let word = Math.trunc(part), i = 0; i < 2; i++, word = Math.floor(word / 4294967296)) {
      hash = Math.imul(hash ^ (word >>> 0), 0x01000193);
      hash = (hash ^ (hash >>> 15)) >>> 0;
    }
  }
  return hash >>> 0;
}

/** The stream named (seed, path). `seed` is a non-negative safe integer; `path` e.g. [ask, item, shot]. */
export function rngOf(seed: number, ...path: readonly number[]): Rng {
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 4294967296) >>> 0;
  const stream0 = foldPath(path, 0x811c9dc5);
  const stream1 = foldPath(path, 0x9747b28c);
  const block = new Uint32Array(4);
  let index = 0;
  let used = 4;
  let spare: number | null = null;

  function uint32(): number {
    if (used === 4) {
      block[0] = index >>> 0;
      block[1] = Math.floor(index / 4294967296) >>> 0;
      block[2] = stream0;
      block[3] = stream1;
      philox4x32(block, key0, key1);
      index++;
      used = 0;
    }
    return block[used++] as number;
  }
  function uniform(): number {
    const high = uint32() >>> 5;
    const low = uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }
  function normal(): number {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
  function below(bound: number): number {
    // Rejection above the largest multiple of `bound` keeps every value equally likely.
    const limit = Math.floor(4294967296 / bound) * bound;
    let value = uint32();
    while (value >= limit) value = uint32();
    return value % bound;
  }
  return { uint32, uniform, normal, below };
}

/** Fisher-Yates; returns a new array. */
export function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
