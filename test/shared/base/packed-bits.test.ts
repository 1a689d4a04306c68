import { describe, expect, test } from 'vitest';
import {
  BitCounter,
  bitAt,
  compareStrings,
  indexAt,
  onesAt,
  packBits,
  packIndices,
  stringAt,
  stringCount,
  textOf,
  zeroBits,
} from '#shared/base/packed-bits.ts';
import { rngOf } from '#shared/base/rng.ts';

describe('packed bit strings', () => {
  test.each([0, 1, 31, 32, 33, 64, 65, 130])('of %d bits keep every bit', (width) => {
    const rng = rngOf(1, width);
    const bits = Array.from({ length: width }, () => rng.below(2));
    const packed = packBits(bits);
    expect(stringCount(packed)).toBe(1);
    expect(bits.map((_, i) => bitAt(packed, 0, i))).toEqual(bits);
    expect(textOf(packed, 0)).toBe(bits.toReversed().join(''));
    expect(onesAt(packed, 0)).toBe(bits.filter((bit) => bit === 1).length);
    if (width <= 53) expect(indexAt(packed, 0)).toBe(Number(`0b0${textOf(packed, 0)}`));
    else expect(() => indexAt(packed, 0)).toThrow(/does not hold/);
  });

  test('are counted and put in the order of the numbers that they write', () => {
    for (const width of [5, 40, 90]) {
      const rng = rngOf(2, width);
      const counter = new BitCounter(width);
      const seen = new Map<bigint, number>();
      for (let k = 0; k < 200; k++) {
        // Few different strings, so that they repeat.
        const bits = Array.from({ length: width }, (_, i) => (i % 17 < 2 ? rng.below(2) : 0));
        const key = BigInt(`0b${bits.toReversed().join('')}`);
        const packed = packBits(bits);
        counter.add(packed, 0, k);
        seen.set(key, (seen.get(key) ?? 0) + k);
      }
      const { outcomes, counts } = counter.counts();
      const listed = Array.from(counts, (n, k) => [BigInt(`0b${textOf(outcomes, k)}`), n]);
      expect(listed).toEqual([...seen].sort(([a], [b]) => (a < b ? -1 : 1)));
      expect(compareStrings(outcomes, 0, 1)).toBeLessThan(0);
      expect(textOf(stringAt(outcomes, 1), 0)).toBe(textOf(outcomes, 1));
    }
  });

  test('refuse indices that they cannot hold', () => {
    expect(textOf(packIndices(4, [5, 9]), 1)).toBe('1001');
    expect(() => packIndices(33, [1])).toThrow(/33 bits/);
    expect(textOf(zeroBits(3, 2), 1)).toBe('000');
  });
});
