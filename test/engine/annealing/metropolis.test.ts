import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { allValues, quadraticForm } from '#shared/problems/binary-problem.ts';
import { bitModel, energyOf, flip, gainsOf } from '#engine/binary/bit-model.ts';
import { randomBits, randomState } from '#engine/annealing/fast-random.ts';
import { sweepFlips } from '#engine/annealing/metropolis.ts';
import {
  copiesPerWord,
  copyOf,
  multiSpinModel,
  sweepCopies,
} from '#engine/annealing/multi-spin.ts';

/** Bonds of one strength in a frustrated graph of spins with one to seven bonds, and no fields. */
function bonds(degree: number) {
  const size = 8;
  const pairs = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => [i, j] as const).filter(
      ([a, b]) => a < b && (degree === 7 || b - a <= Math.ceil(degree / 2)),
    ),
  ).flat();
  // J z z with z = 1 − 2x, without its constant.
  const linear = Array.from({ length: size }, () => 0);
  const terms = pairs.map(([i, j], k): [number, number, number] => {
    const J = k % 3 === 0 ? 0.5 : -0.5;
    linear[i] = (linear[i] ?? 0) - 2 * J;
    linear[j] = (linear[j] ?? 0) - 2 * J;
    return [i, j, 4 * J];
  });
  return quadraticForm(size, 0, linear, terms);
}

describe.each([1, 2, 3, 4, 5, 6, 7])('spins with up to %d bonds', (degree) => {
  const form = bonds(degree);
  const values = allValues(form);
  const sweeps = 4000;

  test.each([0.3, 1])(
    'have the mean energy of Boltzmann at β = %d, one by one and 32 side by side',
    (beta) => {
      const weights = values.map((value) => Math.exp(-beta * value));
      const total = weights.reduce((sum, w) => sum + w, 0);
      const mean =
        values.reduce((sum, value, k) => sum + value * (weights[k] as number), 0) / total;
      const square =
        values.reduce((sum, value, k) => sum + value ** 2 * (weights[k] as number), 0) / total;
      const spread = Math.sqrt(square - mean ** 2);
      const model = bitModel(form, 'min');
      const random = randomState(rngOf(1, degree));

      const x = randomBits(model.size, random);
      const gains = gainsOf(model, x);
      let alone = 0;
      for (let k = 0; k < 8 * sweeps; k++) {
        sweepFlips(model, x, gains, beta, random);
        alone += energyOf(model, x) / (8 * sweeps);
      }
      // Neighbouring sweeps are alike: as if every twentieth counted.
      expect(Math.abs(alone - mean)).toBeLessThan(5 * spread * Math.sqrt(20 / (8 * sweeps)));

      const copies = multiSpinModel(form, 1);
      if (copies === null) throw new Error('these bonds are of one strength');
      const spins = Int32Array.from({ length: model.size }, () => 0);
      let together = 0;
      for (let k = 0; k < sweeps; k++) {
        sweepCopies(copies, spins, beta, random);
        if (k < 100) continue;
        for (let copy = 0; copy < copiesPerWord; copy += 4) {
          together += energyOf(model, copyOf(spins, copy)) / (8 * (sweeps - 100));
        }
      }
      expect(Math.abs(together - mean)).toBeLessThan(5 * spread * Math.sqrt(20 / (8 * sweeps)));
    },
  );
});

test('gains stay what flips change, whatever was flipped before', () => {
  const rng = rngOf(3);
  const terms = Array.from({ length: 40 }, () => {
    const i = rng.below(12);
    return [i, (i + 1 + rng.below(11)) % 12, rng.normal()] as const;
  });
  const model = bitModel(
    quadraticForm(
      12,
      1,
      Array.from({ length: 12 }, () => rng.normal()),
      terms,
    ),
    'max',
  );
  const x = new Uint8Array(12);
  const gains = gainsOf(model, x);
  for (let k = 0; k < 100; k++) {
    const i = rng.below(12);
    const before = energyOf(model, x);
    const gain = gains[i] as number;
    flip(model, x, gains, i);
    expect(energyOf(model, x) - before).toBeCloseTo(gain, 9);
  }
  gainsOf(model, x).forEach((gain, i) => expect(gains[i]).toBeCloseTo(gain, 9));
});

test('bonds of two strengths, fields and many bonds are no work for copies side by side', () => {
  const two = quadraticForm(
    3,
    0,
    [2, 4, 6],
    [
      [0, 1, -4],
      [1, 2, -8],
    ],
  );
  expect(multiSpinModel(two, 1)).toBeNull();
  expect(multiSpinModel(quadraticForm(2, 0, [1, 0], [[0, 1, -4]]), 1)).toBeNull();
  const star = Array.from({ length: 8 }, (_, k) => [0, k + 1, -4] as const);
  expect(multiSpinModel(quadraticForm(9, 0, [16, 2, 2, 2, 2, 2, 2, 2, 2], star), 1)).toBeNull();
});
