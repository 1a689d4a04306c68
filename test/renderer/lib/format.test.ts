import { expect, test } from 'vitest';
import {
  countOf,
  formatCost,
  formatEstimate,
  formatNumber,
  formatPercent,
  formatSeconds,
} from '#renderer/lib/format.ts';

test.each([
  [0.42, '420 ms'],
  [0.9996, '1.0 s'],
  [59.97, '1 min 0 s'],
  [245, '4 min 5 s'],
  [7800, '2 h 10 min'],
  [Number.NaN, '–'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('an unknown cost is not free', () => {
  expect(formatCost(null)).toBe('unknown');
  expect(formatCost(0)).toBe('$0');
  expect(formatCost(0.004)).toBe('< $0.01');
  expect(formatCost(12.5)).toBe('$12.50');
});

test('numbers keep their significant digits', () => {
  expect(formatNumber(0.123456)).toBe('0.1235');
  expect(formatNumber(-2)).toBe('−2');
  expect(formatNumber(1.5e-7)).toBe('1.5e-7');
  expect(formatNumber(null)).toBe('–');
});

test('a small share never reads as nothing', () => {
  expect(formatPercent(0.0001)).toBe('< 0.1 %');
  expect(formatPercent(0.5)).toBe('50.0 %');
});

test('one is singular', () => {
  expect(countOf(1, 'qubit')).toBe('1 qubit');
  expect(countOf(2, 'qubit')).toBe('2 qubits');
});

test.each([
  [0.784965, 0.0141, '0.785 ± 0.014'],
  [0.87926, 0.00996, '0.879 ± 0.010'],
  [-1.137, 0.52, '−1.14 ± 0.52'],
  [123.4, 12.3, '123 ± 12'],
  [0.5, 0, '0.5 ± 0'],
  [1.5e-6, 2e-7, '1.5e-6 ± 2e-7'],
])('%d with an error of %d reads %s', (value, error, text) => {
  expect(formatEstimate(value, error)).toBe(text);
});
