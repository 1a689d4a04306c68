import { describe, expect, test } from 'vitest';
import { entropyOf, mutualInformation } from '#renderer/features/inspector/entanglement.ts';

const half = Math.SQRT1_2;
type State = (readonly [number, number])[];

/** A state that is zero but for the given amplitudes. */
function stateOf(qubitCount: number, entries: Record<number, readonly [number, number]>): State {
  return Array.from({ length: 2 ** qubitCount }, (_, index) => entries[index] ?? [0, 0]);
}

describe('mutual information', () => {
  test('is two bits within a Bell pair, whatever its phase, and none with a third qubit', () => {
    const map = mutualInformation(stateOf(3, { 0: [half, 0], 5: [0, half] }), 3);
    expect(map[0]?.[2]).toBeCloseTo(2, 10);
    expect(map[2]?.[0]).toBeCloseTo(2, 10);
    expect(map[0]?.[1]).toBeCloseTo(0, 10);
  });

  test('is one bit for each pair of a GHZ state', () => {
    const map = mutualInformation(stateOf(4, { 0: [half, 0], 15: [-half, 0] }), 4);
    for (const [a, b] of [
      [0, 1],
      [1, 3],
      [2, 0],
    ] as const) {
      expect(map[a]?.[b]).toBeCloseTo(1, 10);
    }
  });

  test('is nothing in a product state with phases', () => {
    const state: State = [
      [0.5, 0],
      [0, 0.5],
      [-0.5, 0],
      [0, -0.5],
    ];
    expect(mutualInformation(state, 2)[0]?.[1]).toBeCloseTo(0, 10);
  });

  test('of a W state is that of its known spectra', () => {
    const w = Math.sqrt(1 / 3);
    const state = stateOf(3, { 1: [w, 0], 2: [0, w], 4: [-w, 0] });
    // One qubit and the other two have the spectrum {1/3, 2/3}.
    const entropy = -(1 / 3) * Math.log2(1 / 3) - (2 / 3) * Math.log2(2 / 3);
    expect(entropyOf(state, [1])).toBeCloseTo(entropy, 10);
    expect(entropyOf(state, [0, 2])).toBeCloseTo(entropy, 10);
    expect(mutualInformation(state, 3)[0]?.[1]).toBeCloseTo(entropy, 10);
  });
});
