import { type Content, Memory, Unknown } from './memory.ts';

/** A register of the circuit among the variables. */
export interface Register {
  readonly first: number;
  readonly size: number;
  /** Nothing of it is known. */
  readonly unknown: Unknown;
}

/** What some variables held. */
export interface Saved {
  readonly contents: ReadonlyMap<number, Content>;
  readonly touched: Uint8Array;
}

/** Arrays are changed in place. */
export function copied(content: Content): Content {
  return typeof content === 'object' && 'items' in content
    ? { items: content.items.slice() }
    : content;
}

/** Whether both hold the same for sure. */
export function same(a: Content, b: Content): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  return (
    !(a instanceof Unknown) &&
    !(b instanceof Unknown) &&
    new Memory([a]).key() === new Memory([b]).key()
  );
}

/** Bits that are not known to be the same, and not unknown in both. */
export function differingBits(a: Content, b: Content): number[] {
  const [x, y] = [a, b].map((content) =>
    content instanceof Unknown ? content : new Unknown((content ?? 0n) as bigint, 0n),
  ) as [Unknown, Unknown];
  const text = ((x.mask ^ y.mask) | ((x.value ^ y.value) & ~(x.mask & y.mask))).toString(2);
  const bits: number[] = [];
  for (let at = text.indexOf('1'); at >= 0; at = text.indexOf('1', at + 1)) {
    bits.push(text.length - 1 - at);
  }
  return bits;
}

/** Reads bits one by one; shifting a long number for each of them would copy it every time. */
export function knownBits(content: Content): (bit: number) => 0 | 1 | null {
  const isPartly = content instanceof Unknown;
  let known: string | null = null;
  let hidden = '';
  return (bit) => {
    if (known === null) {
      known = (isPartly ? content.value : ((content ?? 0n) as bigint)).toString(2);
      hidden = isPartly ? content.mask.toString(2) : '';
    }
    if (hidden.at(-1 - bit) === '1') return null;
    return known.at(-1 - bit) === '1' ? 1 : 0;
  };
}
