import { describe, expect, test } from 'vitest';
import { histogramOf, turned } from '#renderer/lib/histogram-rows.ts';
import { rowsInView } from '#renderer/lib/virtual-rows.ts';

describe('the histogram', () => {
  const options = { limit: 2, order: 'value', bitOrder: 'little' } as const;

  test('keeps the most probable and adds the others up', () => {
    const { rows, others } = histogramOf({ '00': 0.1, '01': 0.2, '10': 0.3, '11': 0.4 }, options);
    expect(rows.map((row) => row.key)).toEqual(['10', '11']);
    expect(others?.count).toBe(2);
    expect(others?.probability).toBeCloseTo(0.3, 12);
  });

  test('orders by probability where asked, ties by value', () => {
    const { rows } = histogramOf(
      { '1': 0.25, '0': 0.25, '2': 0.5 },
      { ...options, limit: 9, order: 'probability' },
    );
    expect(rows.map((row) => row.key)).toEqual(['2', '0', '1']);
  });

  test('turns keys round and leaves what is nothing out', () => {
    expect(turned('011', 'big')).toBe('110');
    expect(histogramOf({ '011': 1, '000': 1e-15 }, { ...options, bitOrder: 'big' }).rows).toEqual([
      { key: '110', probability: 1 },
    ]);
  });

  test('nothing at all has no bars', () => {
    expect(histogramOf({}, options)).toEqual({ rows: [], others: null, largest: 0 });
  });
});

describe('a long list', () => {
  test('holds the rows that are seen and a few around them', () => {
    const { first, end } = rowsInView(1000, 60, { top: 30_000, height: 600 });
    expect(first).toBeLessThanOrEqual(500);
    expect(end).toBeGreaterThanOrEqual(510);
    expect(end - first).toBeLessThan(40);
  });

  test('never reaches past its ends', () => {
    expect(rowsInView(3, 60, { top: 0, height: 6000 })).toEqual({ first: 0, end: 3 });
    expect(rowsInView(0, 60, { top: 0, height: 600 })).toEqual({ first: 0, end: 0 });
  });
});
