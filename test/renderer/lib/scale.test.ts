import { describe, expect, test } from 'vitest';
import { formatShare, shareDigits } from '#renderer/lib/format.ts';
import {
  histogramOf,
  registerNames,
  sampleShares,
  shownKey,
} from '#renderer/lib/histogram-rows.ts';
import { niceCeiling } from '#renderer/lib/scale.ts';

describe('the scale of shares', () => {
  test.each([
    [0.125, 0.125],
    [1, 1],
    [0.501, 0.8],
    [0.002, 0.002],
    [1 / 4096, 0.00025],
    [0.857, 1],
    [0, 1],
  ])('of up to %d ends at %d', (share, end) => {
    expect(niceCeiling(share)).toBeCloseTo(end, 12);
  });

  test('is never below what is drawn, nor more than double of it', () => {
    for (let k = 1; k < 2000; k++) {
      const share = (k / 2000) ** 3;
      const end = niceCeiling(share);
      expect(end).toBeGreaterThanOrEqual(share * (1 - 1e-9));
      expect(end).toBeLessThanOrEqual(Math.min(1, 2 * share));
    }
  });
});

test('a list of thousands of outcomes tells them apart', () => {
  const decimals = shareDigits(1 / 4096);
  expect(formatShare(1 / 4096, decimals)).toBe('0.0244 %');
  expect(formatShare(1 / 4000, decimals)).toBe('0.0250 %');
  expect(formatShare(0.5, shareDigits(0.5))).toBe('50.0 %');
  expect(formatShare(0.0625, shareDigits(0.0625))).toBe('6.25 %');
  expect(formatShare(1, shareDigits(1))).toBe('100.0 %');
  expect(formatShare(0, shareDigits(1))).toBe('0.0 %');
  expect(formatShare(1e-7, shareDigits(1))).toBe('1e-5 %');
});

test('the bits of several registers stand apart in both orders', () => {
  const registers = [
    ['c', 2],
    ['f', 3],
  ] as const;
  expect(shownKey('10101', 'little', registers)).toBe('101 01');
  expect(shownKey('10101', 'big', registers)).toBe('10 101');
  expect(registerNames('little', registers)).toBe('f c');
  expect(registerNames('big', registers)).toBe('c f');
  expect(registerNames('big', [['c', 2]])).toBeNull();
  const { rows } = histogramOf(
    { '10101': 1 },
    { limit: 4, order: 'value', bitOrder: 'little', registers },
  );
  expect(rows[0]?.key).toBe('101 01');
  expect(sampleShares({ '10101': 3, '00000': 1 }, 'little', registers).get('101 01')).toEqual({
    count: 3,
    share: 0.75,
    stderr: Math.sqrt((0.75 * 0.25) / 4),
  });
});
