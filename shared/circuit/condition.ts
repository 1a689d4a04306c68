import type { Condition } from './circuit.ts';

const wanted = new WeakMap<Condition, readonly (0 | 1)[] | { readonly never: true }>();

/** What the condition wants of each of its bits; null where no values of them spell its number. */
export function wantedBits(condition: Condition): readonly (0 | 1)[] | null {
  let known = wanted.get(condition);
  if (known === undefined) {
    const text = BigInt(condition.value).toString(2);
    const { length } = condition.bits;
    known =
      text.length > length && condition.value !== 0
        ? { never: true }
        : Array.from({ length }, (_, i) => (text.at(-1 - i) === '1' ? 1 : 0));
    wanted.set(condition, known);
  }
  return 'never' in known ? null : known;
}

/** The number that bits spell, the first one least significant. */
export function valueOfBits(bits: readonly (0 | 1)[]): number | bigint {
  return registerValue(bits.length === 0 ? 0n : BigInt(`0b${bits.toReversed().join('')}`));
}

/** A number where it is exact as one. */
export function registerValue(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
