import type { Rng } from '#shared/base/rng.ts';

/**
 * Four words of a xorshift128 generator (Marsaglia 2003) for inner loops that take one number a spin; its
 * start comes from a named stream, so the same job draws the same numbers.
 */
export type RandomState = Int32Array;

export function randomState(rng: Rng): RandomState {
  const state = Int32Array.from({ length: 4 }, () => rng.uint32() | 0);
  // The one start that it never leaves.
  if (state.every((word) => word === 0)) state[0] = 1;
  return state;
}

/** The next 32 bits, signed. */
export function nextBits(state: RandomState): number {
  let t = state[0] as number;
  const w = state[3] as number;
  t ^= t << 11;
  t ^= t >>> 8;
  state[0] = state[1] as number;
  state[1] = state[2] as number;
  state[2] = w;
  const next = t ^ w ^ (w >>> 19);
  state[3] = next;
  return next;
}

export function nextBelow(state: RandomState, bound: number): number {
  return Math.floor(((nextBits(state) >>> 0) / 4294967296) * bound);
}

export function nextUniform(state: RandomState): number {
  return (nextBits(state) >>> 0) / 4294967296;
}

/** A random assignment. */
export function randomBits(size: number, state: RandomState): Uint8Array {
  return Uint8Array.from({ length: size }, () => nextBits(state) & 1);
}

/** Bits of an index into `exponentials`. */
export const exponentialMask = 0xffff;

/**
 * Exponentially distributed numbers by their rank: a move that costs β·ΔE is accepted where that is below one
 * drawn at random, which is Metropolis' rule without a power for every move. Costs above the last are never paid.
 */
export const exponentials = Float64Array.from(
  { length: exponentialMask + 1 },
  (_, k) => -Math.log((k + 0.5) / (exponentialMask + 1)),
);
export const largestExponential = exponentials[0] as number;
