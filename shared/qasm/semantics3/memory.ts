import type { ArrayData, ArrayView, Scalar } from './values.ts';

/**
 * What a run of the program could not know: an outcome, an input. Bits of `mask` are unknown, the
 * others are those of `value`.
 */
export class Unknown {
  readonly value: bigint;
  readonly mask: bigint;

  constructor(value = 0n, mask = -1n) {
    this.value = value;
    this.mask = mask;
  }
}

/** Qubits that a name stands for, as indices of the whole program. */
export type Wires = readonly number[];
/** A single bit of a variable; bit -1 is all of it. */
export interface Cell {
  readonly slot: number;
  readonly bit: number;
}

export type Content =
  | Scalar
  | ArrayData
  | ArrayView
  | Unknown
  | Wires
  | readonly Cell[]
  | undefined;

/** Thrown where a value is needed that is not known before the program runs. */
export class UnknownRead extends Error {
  readonly slot: number;
  /** Bits that were wanted; null: all of the variable. */
  readonly bit: number | null;

  constructor(slot: number, bit: number | null) {
    super('A value was read that is not known before the program runs.');
    this.slot = slot;
    this.bit = bit;
  }
}

/** Every variable has one slot for the whole program: subroutines cannot recurse. */
export class Memory {
  readonly slots: Content[];

  constructor(slots: Content[]) {
    this.slots = slots;
  }

  static empty(slots: number): Memory {
    return new Memory(Array.from({ length: slots }, () => undefined));
  }

  read(slot: number): Content {
    const content = this.slots[slot];
    if (content instanceof Unknown) throw new UnknownRead(slot, null);
    return content;
  }

  /** Bit 0 or 1 of a variable whose bits can be read one by one. */
  readBit(slot: number, bit: number): bigint {
    const content = this.slots[slot];
    if (content instanceof Unknown) {
      if (((content.mask >> BigInt(bit)) & 1n) === 1n) throw new UnknownRead(slot, bit);
      return (content.value >> BigInt(bit)) & 1n;
    }
    if (typeof content === 'boolean') return content ? 1n : 0n;
    // A variable whose declaration has a fault was never given a value.
    return (((content ?? 0n) as bigint) >> BigInt(Math.max(bit, 0))) & 1n;
  }

  /** Null: the bit becomes unknown. */
  writeBit(slot: number, bit: number, value: bigint | null): void {
    const content = this.slots[slot];
    const place = 1n << BigInt(Math.max(bit, 0));
    const known = content instanceof Unknown ? content.value : BigInt((content ?? 0n) as bigint);
    const mask = content instanceof Unknown ? content.mask : 0n;
    if (value === null) {
      this.slots[slot] = new Unknown(known & ~place, mask | place);
      return;
    }
    const next = value === 1n ? known | place : known & ~place;
    const left = mask & ~place;
    this.slots[slot] = left === 0n ? next : new Unknown(next, left);
  }

  /** A copy that can be changed by itself. */
  fork(): Memory {
    return new Memory(
      this.slots.map((content) =>
        typeof content === 'object' && 'items' in content
          ? { items: content.items.slice() }
          : content,
      ),
    );
  }

  /** Equal for memories that hold the same. */
  key(): string {
    const pieces: string[] = [];
    for (const content of this.slots) pieces.push(keyOf(content));
    return pieces.join(';');
  }
}

function keyOf(content: Content): string {
  switch (typeof content) {
    case 'undefined':
      return '';
    case 'object':
      if ('items' in content) return content.items.map(keyOf).join(',');
      return JSON.stringify(content);
    default:
      return String(content);
  }
}

/** Positions of a view's items in the array's data, row by row. */
export function positionsOf(view: ArrayView): number[] {
  let positions = [view.offset];
  view.shape.forEach((size, dimension) => {
    const stride = view.strides[dimension] as number;
    positions = positions.flatMap((start) =>
      Array.from({ length: size }, (_, i) => start + i * stride),
    );
  });
  return positions;
}

/** The items of a view. */
export function itemsOf(memory: Memory, view: ArrayView): Scalar[] {
  const { items } = memory.read(view.slot) as ArrayData;
  return positionsOf(view).map((position) => items[position] as Scalar);
}

/** Thrown where a body reads a variable that its declaration, having a fault, never gave a value. */
export class FaultyRead extends Error {}

/** What the body of a gate may read: its parameters, and constants that are folded into its code already. */
export class BodyMemory extends Memory {
  override read(slot: number): Content {
    this.#require(slot);
    return super.read(slot);
  }

  override readBit(slot: number, bit: number): bigint {
    this.#require(slot);
    return super.readBit(slot, bit);
  }

  #require(slot: number): void {
    if (this.slots[slot] === undefined) throw new FaultyRead();
  }
}
