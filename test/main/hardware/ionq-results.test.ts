import { describe, expect, test } from 'vitest';
import { textOf } from '#shared/base/packed-bits.ts';
import { countsOf } from '#main/hardware/ionq/results.ts';

describe("IonQ's results", () => {
  test('keep every bit of indices beyond what a double holds', () => {
    const high = 2n ** 60n + 1n;
    const probabilities = { [String(high)]: 0.25, [String(high - 1n)]: 0.5, '3': 0.25 };
    const { outcomes, counts } = countsOf(probabilities, { qubits: 61, shots: 8, uniform: null });
    const listed = Array.from(counts, (n, k) => [BigInt(`0b${textOf(outcomes, k)}`), n]);
    expect(listed).toEqual([
      [3n, 2],
      [high - 1n, 4],
      [high, 2],
    ]);
  });

  test('that are no outcomes of the circuit are refused', () => {
    for (const key of ['4', '-1', '01x', '1e3', '']) {
      expect(() => countsOf({ [key]: 1 }, { qubits: 2, shots: 1, uniform: null })).toThrow(
        /no index over 2 qubits/,
      );
    }
  });
});
