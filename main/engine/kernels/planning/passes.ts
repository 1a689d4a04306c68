import { assert } from '#shared/base/assert.ts';
import { rngOf } from '#shared/base/rng.ts';
import { Barrier, changedBy, type Operation, readBy } from './operation.ts';

/** Operations that are applied to a block while it is in cache. */
export interface PlannedPass {
  /** Qubits of the block, ascending. */
  readonly inside: readonly number[];
  readonly operations: readonly Operation[];
}

export interface BlockShape {
  readonly qubits: number;
  /** Qubits of a block. */
  readonly bits: number;
  /** Lowest qubits, which are in every block: memory is read in runs of this length. */
  readonly runBits: number;
}

/** An operation with the masks that are looked at again and again. */
interface Item {
  readonly operation: Operation;
  readonly changed: number;
  readonly read: number;
}

interface Choice {
  readonly mask: number;
  readonly taken: readonly Item[];
  readonly left: readonly Item[];
  readonly score: number;
}

/** Changes of a first choice of qubits that are tried. */
const tries = 24;

/**
 * Splits operations into passes over blocks: in each, as many as possible of those that come next.
 * Diagonal operations need no qubit of their own in a block. The choice is the same every time.
 */
export function planPasses(operations: readonly Operation[], shape: BlockShape): PlannedPass[] {
  let rest: readonly Item[] = operations.map((operation) => ({
    operation,
    changed: changedBy(operation),
    read: readBy(operation),
  }));
  const passes: PlannedPass[] = [];
  const rng = rngOf(0, shape.qubits, operations.length);
  while (rest.length > 0) {
    const best = choose(rest, shape, () => rng.uniform());
    assert(best.taken.length > 0, 'every pass does something', { left: rest.length });
    const { needed, deferred } = deferPhases(best);
    passes.push({ inside: placesIn(best.mask), operations: needed.map((one) => one.operation) });
    rest = [...deferred, ...best.left];
  }
  return passes;
}

function choose(items: readonly Item[], shape: BlockShape, uniform: () => number): Choice {
  const { qubits, bits, runBits } = shape;
  const low = 2 ** runBits - 1;
  if (bits >= qubits) return take(items, 2 ** qubits - 1);
  let best = take(items, firstMask(items, shape));
  if (best.left.length === 0) return best;
  for (let k = 0; k < tries; k++) {
    const next = take(items, changedMask(best.mask, low, qubits, uniform));
    if (next.score > best.score) best = next;
  }
  return best;
}

/** Phases that nothing in the pass waits for are merged with those of the next one, if there is one. */
function deferPhases({ taken, left }: Choice): {
  readonly needed: readonly Item[];
  readonly deferred: readonly Item[];
} {
  if (left.length === 0 || taken.every(({ changed }) => changed === 0)) {
    return { needed: taken, deferred: [] };
  }
  let changedLater = 0;
  const isNeeded = taken.map(() => true);
  for (let k = taken.length - 1; k >= 0; k--) {
    const { changed, read } = taken[k] as Item;
    isNeeded[k] = changed !== 0 || (read & changedLater) !== 0;
    changedLater |= changed;
  }
  return {
    needed: taken.filter((_, k) => isNeeded[k]),
    deferred: taken.filter((_, k) => !isNeeded[k]),
  };
}

/** Takes in the qubits of the operations that come first, as long as there is room. */
function firstMask(items: readonly Item[], { qubits, bits, runBits }: BlockShape): number {
  let mask = 2 ** runBits - 1;
  const barrier = new Barrier();
  for (const { changed, read } of items) {
    const wanted = changed === 0 ? wideOnly(read) : changed;
    if (wanted === 0) continue;
    if (barrier.lets(changed, read) && sizeOf(mask | wanted) <= bits) mask |= wanted;
    else barrier.leave(changed, read);
  }
  for (let qubit = 0; qubit < qubits && sizeOf(mask) < bits; qubit++) mask |= 1 << qubit;
  return mask;
}

/** The qubits of a phase that has to be inside as a whole; none for those of one or two qubits. */
function wideOnly(mask: number): number {
  return sizeOf(mask) > 2 ? mask : 0;
}

/** Most qubits beside the lowest ones that an operation wants in its block. */
export function widestOf(operations: readonly Operation[]): number {
  return operations.reduce((most, operation) => {
    const changed = changedBy(operation);
    return Math.max(most, sizeOf(changed === 0 ? wideOnly(readBy(operation)) : changed));
  }, 0);
}

/** One or two qubits exchanged for others. */
function changedMask(mask: number, low: number, qubits: number, uniform: () => number): number {
  const inside = placesIn(mask & ~low);
  const outside = placesIn(~mask & (2 ** qubits - 1));
  const swaps = 1 + Math.floor(uniform() * 2);
  let result = mask;
  for (let k = 0; k < swaps; k++) {
    const out = inside[Math.floor(uniform() * inside.length)] as number;
    const into = outside[Math.floor(uniform() * outside.length)] as number;
    if (((result >>> out) & 1) === 0 || ((result >>> into) & 1) === 1) continue;
    result = (result & ~(1 << out)) | (1 << into);
  }
  return result;
}

/** What can be done in one pass with these qubits inside. */
function take(items: readonly Item[], inside: number): Choice {
  const barrier = new Barrier();
  const taken: Item[] = [];
  const left: Item[] = [];
  let score = 0;
  for (const item of items) {
    const { operation, changed, read } = item;
    const fits =
      (changed & ~inside) === 0 && (operation.kind !== 'phase' || canPhase(read, inside));
    if (fits && barrier.lets(changed, read)) {
      taken.push(item);
      score += changed === 0 ? 1 : 1000;
    } else {
      barrier.leave(changed, read);
      left.push(item);
    }
  }
  return { mask: inside, taken, left, score };
}

/** A phase of several qubits acts on all of them inside, or on one for a block's fixed rest. */
function canPhase(mask: number, inside: number): boolean {
  return (mask & ~inside) === 0 || sizeOf(mask & inside) <= 1;
}

export function placesIn(mask: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < 31; place++) if (((mask >>> place) & 1) === 1) places.push(place);
  return places;
}

/** Number of bits set. */
export function sizeOf(mask: number): number {
  let size = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) size++;
  return size;
}
