import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { KernelOperation } from './operation.ts';
import { type Group, planGroups } from './plan-groups.ts';
import { bitsOf, type Masks, masksOf, score, take, type Worth } from './plan-masks.ts';

/** One sweep over the state in blocks over the local qubits. */
export interface PassPlan {
  /** Ascending; the lanes are the first. */
  readonly local: readonly number[];
  readonly groups: readonly Group[];
}

export interface PlanOptions {
  /** log2 of the amplitudes in a vector. */
  readonly laneBits: number;
  /** log2 of the amplitudes in a cache block. */
  readonly blockBits: number;
  /** log2 of the amplitudes that are read and written in one run: the lowest qubits are always local. */
  readonly rowBits: number;
  readonly registerCount: number;
}

/** Random choices of local qubits that are tried for every pass. */
const tries = 200;

const passWorth: Worth = { mixing: 1000, inside: 1, outside: 1, mustTouch: false };

/**
 * Splits a circuit into passes over cache blocks and the passes into groups in registers, greedily:
 * each takes as many of the operations that are left as commute to its front. Operations that only
 * multiply commute with each other and need no qubit at hand. The plan depends on nothing but the
 * operations, so results do not depend on threads.
 */
export function planPasses(
  operations: readonly KernelOperation[],
  qubits: number,
  options: PlanOptions,
): PassPlan[] {
  const masks = masksOf(operations);
  const passes: PassPlan[] = [];
  let rest: readonly number[] = operations.map((_, i) => i);
  while (rest.length > 0) {
    const inside = chooseLocal(masks, rest, qubits, options);
    const { taken, left } = take(masks, rest, inside, false);
    if (taken.length === 0) throw new Error('a pass must take at least one operation');
    const local = bitsOf(inside);
    passes.push({ local, groups: planGroups(operations, masks, taken, local, options) });
    rest = left;
  }
  return passes;
}

function chooseLocal(
  masks: Masks,
  rest: readonly number[],
  qubits: number,
  { blockBits, rowBits }: PlanOptions,
): number {
  if (qubits <= blockBits) return 2 ** qubits - 1;
  const rng = rngOf(1, rest.length);
  const lowest = 2 ** rowBits - 1;
  const free = blockBits - rowBits;
  let best = firstNeeded(masks, rest, qubits, lowest, free);
  let bestScore = score(masks, rest, best, passWorth);
  for (let attempt = 1; attempt < tries; attempt++) {
    const candidate =
      attempt < 20
        ? addRandom(lowest, free, qubits, rowBits, rng)
        : exchange(best, lowest, qubits, rowBits, rng);
    const found = score(masks, rest, candidate, passWorth);
    if (found > bestScore) {
      best = candidate;
      bestScore = found;
    }
  }
  return best;
}

/** The lowest qubits and those that the first mixing operations need. */
function firstNeeded(
  { needs, diagonal }: Masks,
  rest: readonly number[],
  qubits: number,
  lowest: number,
  free: number,
): number {
  let inside = lowest;
  let room = free;
  for (const i of rest) {
    const missing = bitsOf((needs[i] as number) & ~inside);
    if (diagonal[i] === 1 || missing.length === 0) continue;
    if (missing.length > room) break;
    for (const qubit of missing) inside |= 1 << qubit;
    room -= missing.length;
  }
  for (let qubit = 0; qubit < qubits && room > 0; qubit++) {
    if ((inside & (1 << qubit)) !== 0) continue;
    inside |= 1 << qubit;
    room--;
  }
  return inside;
}

function addRandom(
  lowest: number,
  free: number,
  qubits: number,
  rowBits: number,
  rng: Rng,
): number {
  let inside = lowest;
  for (let room = free; room > 0; ) {
    const bit = 1 << (rowBits + rng.below(qubits - rowBits));
    if ((inside & bit) !== 0) continue;
    inside |= bit;
    room--;
  }
  return inside;
}

/** One or two local qubits exchanged for others. */
function exchange(
  inside: number,
  lowest: number,
  qubits: number,
  rowBits: number,
  rng: Rng,
): number {
  let result = inside;
  for (let round = 1 + rng.below(2); round > 0; round--) {
    const movable = bitsOf(result & ~lowest);
    const outside: number[] = [];
    for (let qubit = rowBits; qubit < qubits; qubit++) {
      if ((result & (1 << qubit)) === 0) outside.push(qubit);
    }
    result &= ~(1 << (movable[rng.below(movable.length)] as number));
    result |= 1 << (outside[rng.below(outside.length)] as number);
  }
  return result;
}
