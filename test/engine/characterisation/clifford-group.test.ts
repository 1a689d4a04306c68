import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { adjoint, distanceUpToPhase, identity, multiplyMatrices } from '#shared/math/matrix.ts';
import { cliffordGroup } from '#engine/characterisation/clifford-group.ts';
import { fitDecay, shareOf, shareQuantity } from '#engine/characterisation/fit.ts';

test.each([
  [1, 24],
  [2, 11_520],
] as const)(
  'the Clifford group on %i has all elements once, and each undoes one',
  (qubits, size) => {
    const group = cliffordGroup(qubits);
    expect(group.elements).toHaveLength(size);
    const rng = rngOf(5, qubits);
    for (let k = 0; k < 60; k++) {
      const [a, b] = [group.draw(rng), group.draw(rng)];
      const word = unitaryOf(circuitOf(qubits, a.gates), {});
      expect(distanceUpToPhase(word, a.matrix)).toBeLessThan(1e-12);
      // Closed, with inverses: what two do is done by one, and undone by one.
      const both = multiplyMatrices(b.matrix, a.matrix);
      expect(distanceUpToPhase(group.find(both).matrix, both)).toBeLessThan(1e-12);
      const undone = multiplyMatrices(group.find(adjoint(both)).matrix, both);
      expect(distanceUpToPhase(undone, identity(2 ** qubits))).toBeLessThan(1e-12);
    }
    expect(new Set(group.elements.map((one) => group.find(one.matrix))).size).toBe(size);
  },
);

test('a decay without noise is fitted exactly, with the amplitude known or not, and none where nothing decays', () => {
  const rng = rngOf(6, 0);
  for (let k = 0; k < 40; k++) {
    const [rate, amplitude, offset] = [0.01 + rng.uniform(), 0.2 + rng.uniform(), rng.uniform()];
    const points = Array.from({ length: 12 }, (_, x) => ({
      x,
      y: amplitude * Math.exp(-rate * x) + offset,
      stderr: 0.01 + 0.01 * rng.uniform(),
      weights: [1, 1] as const,
      decays: true,
    }));
    expect(fitDecay(points).rate / rate).toBeCloseTo(1, 5);
    const known = points.map((one) => ({ ...one, weights: [1, offset] as const }));
    const fit = fitDecay(known, true);
    expect(fit.rate / rate).toBeCloseTo(1, 6);
    expect(fit.stderr).toBeLessThan(fitDecay(points).stderr);
    expect(
      fitDecay(
        known.map((one) => ({ ...one, y: 1 + offset })),
        true,
      ).rate,
    ).toBe(0);
  }
});

test('shares that were never seen have an error and an interval that is not empty', () => {
  expect(shareOf(0, 100).stderr).toBeGreaterThan(0);
  const { value, interval } = shareQuantity({ title: 'x', qubits: [0] }, 0, 100);
  expect([value, interval[0]]).toEqual([0, 0]);
  // Wilson: z²/(n + z²).
  expect(interval[1]).toBeCloseTo(1.959964 ** 2 / (100 + 1.959964 ** 2), 10);
});
