import { type Rng, rngOf } from '#shared/base/rng.ts';
import { isDiagonal, type KernelOperation, needsQubits, qubitsOf } from './operation.ts';

/** Operations done while a few register qubits (and the lanes) are held in vector registers. */
export interface Group {
  /** Ascending; none of them is a lane. */
  readonly registers: readonly number[];
  readonly operations: readonly KernelOperation[];
}

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
/** Choices of registers that a pass is tried to begin with. */
const firstTries = 4;

/** Operations as bit masks: what they touch, what they need at hand, and whether they commute as phases do. */
interface Masks {
  readonly touches: Int32Array;
  readonly needs: Int32Array;
  readonly diagonal: Uint8Array;
}

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

function masksOf(operations: readonly KernelOperation[]): Masks {
  const count = operations.length;
  const masks = {
    touches: new Int32Array(count),
    needs: new Int32Array(count),
    diagonal: new Uint8Array(count),
  };
  operations.forEach((operation, i) => {
    const mask = qubitsOf(operation).reduce((sum, qubit) => sum | (1 << qubit), 0);
    masks.touches[i] = mask;
    masks.needs[i] = needsQubits(operation) ? mask : 0;
    masks.diagonal[i] = isDiagonal(operation) ? 1 : 0;
  });
  return masks;
}

/** What can be done with the qubits of `inside` at hand, in order, and what stays. */
function take(
  { touches, needs, diagonal }: Masks,
  rest: readonly number[],
  inside: number,
  mustTouch: boolean,
): { readonly taken: number[]; readonly left: number[] } {
  const taken: number[] = [];
  const left: number[] = [];
  // Qubits with something left that mixes (hard), and with anything left (soft).
  let hard = 0;
  let soft = 0;
  for (const i of rest) {
    const mask = touches[i] as number;
    const isPhase = diagonal[i] === 1;
    const fits =
      ((needs[i] as number) & ~inside) === 0 &&
      (mask & (isPhase ? hard : soft)) === 0 &&
      (!mustTouch || (mask & inside) !== 0);
    if (fits) {
      taken.push(i);
    } else {
      left.push(i);
      soft |= mask;
      if (!isPhase) hard |= mask;
    }
  }
  return { taken, left };
}

/** What an operation that is taken counts: one that mixes, and a phase by whether all its qubits are at hand. */
interface Worth {
  readonly mixing: number;
  readonly inside: number;
  readonly outside: number;
  readonly mustTouch: boolean;
}

const passWorth: Worth = { mixing: 1000, inside: 1, outside: 1, mustTouch: false };
/** Phases count where they cost nothing in a group. */
const groupWorth: Worth = { mixing: 1, inside: 0.4, outside: 0.01, mustTouch: true };

/** How much `take` would take, without making lists. */
function score(
  { touches, needs, diagonal }: Masks,
  rest: readonly number[],
  inside: number,
  worth: Worth,
): number {
  const { mixing, inside: whole, outside: part, mustTouch } = worth;
  let hard = 0;
  let soft = 0;
  let total = 0;
  for (const i of rest) {
    const mask = touches[i] as number;
    const isPhase = diagonal[i] === 1;
    const fits =
      ((needs[i] as number) & ~inside) === 0 &&
      (mask & (isPhase ? hard : soft)) === 0 &&
      (!mustTouch || (mask & inside) !== 0);
    if (!fits) {
      soft |= mask;
      if (!isPhase) hard |= mask;
    } else if (isPhase) total += (mask & ~inside) === 0 ? whole : part;
    else total += mixing;
  }
  return total;
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

/** The fewest groups that the best choices of a first one lead to: each loads and stores all of a block. */
function planGroups(
  operations: readonly KernelOperation[],
  masks: Masks,
  taken: readonly number[],
  local: readonly number[],
  { laneBits, registerCount }: PlanOptions,
): Group[] {
  const candidates = local.slice(laneBits);
  const lanes = local.slice(0, laneBits).reduce((sum, qubit) => sum | (1 << qubit), 0);
  const choices = subsets(candidates, Math.min(registerCount, candidates.length));
  const plans = bestChoices(masks, taken, choices, lanes, firstTries).map((first) =>
    groupsAfter(masks, taken, first, choices, lanes),
  );
  const fewest = plans.reduce((best, plan) => (plan.length < best.length ? plan : best));
  return fewest.map(({ registers, taken: own }) => ({
    registers: bitsOf(registers),
    operations: own.map((i) => operations[i] as KernelOperation),
  }));
}

/** Groups that begin with a choice of registers and go on with the best one each time. */
function groupsAfter(
  masks: Masks,
  taken: readonly number[],
  first: number,
  choices: readonly number[],
  lanes: number,
): { readonly registers: number; readonly taken: readonly number[] }[] {
  const groups: { readonly registers: number; readonly taken: readonly number[] }[] = [];
  let rest = taken;
  let registers = first;
  while (rest.length > 0) {
    if (groups.length > 0) [registers = first] = bestChoices(masks, rest, choices, lanes, 1);
    let result = take(masks, rest, registers | lanes, true);
    // Phases that touch no register at all are left: any group can do them.
    if (result.taken.length === 0) result = take(masks, rest, registers | lanes, false);
    if (result.taken.length === 0) throw new Error('a group must take at least one operation');
    groups.push({ registers, taken: result.taken });
    rest = result.left;
  }
  return groups;
}

/** The choices with the highest scores, best first. */
function bestChoices(
  masks: Masks,
  rest: readonly number[],
  choices: readonly number[],
  lanes: number,
  count: number,
): number[] {
  const best: { readonly choice: number; readonly score: number }[] = [];
  for (const choice of choices) {
    const found = score(masks, rest, choice | lanes, groupWorth);
    const place = best.findIndex((one) => found > one.score);
    if (place >= 0) best.splice(place, 0, { choice, score: found });
    else if (best.length < count) best.push({ choice, score: found });
    if (best.length > count) best.pop();
  }
  // Where not even the best one takes anything, phases are left that any choice can do.
  return best.filter((one, i) => i === 0 || one.score > 0).map(({ choice }) => choice);
}

/** All masks of `count` of the qubits. */
function subsets(qubits: readonly number[], count: number): number[] {
  const result: number[] = [];
  const extend = (from: number, mask: number, missing: number): void => {
    if (missing === 0) {
      result.push(mask);
      return;
    }
    for (let i = from; i <= qubits.length - missing; i++) {
      extend(i + 1, mask | (1 << (qubits[i] as number)), missing - 1);
    }
  };
  extend(0, 0, count);
  return result;
}

function bitsOf(mask: number): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 32; bit++) if (((mask >>> bit) & 1) === 1) bits.push(bit);
  return bits;
}
