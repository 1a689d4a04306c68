import { describe, expect, test } from 'vitest';
import { BitCounter, bitAt, packBits, packIndices, textOf } from '#shared/base/packed-bits.ts';
import { rngOf } from '#shared/base/rng.ts';
import { readoutMethods } from '#shared/jobs/mitigate.ts';
import { mitigateCounts } from '#engine/mitigation/elsewhere.ts';
import type { BitError } from '#engine/mitigation/readout/confusion.ts';
import { correctReadout, unseenWarning } from '#engine/mitigation/readout/correct.ts';
import { describeCases } from '#test/support/cases.ts';

interface Case {
  readonly id: string;
  readonly n: number;
  readonly readout_confusion: never[];
  readonly given_counts: number[];
  readonly mitigated_quasi_probs_from_counts: number[];
  readonly nearest_probability_distribution: number[];
}

function byText(width: number, values: readonly number[]): Record<string, number> {
  const outcomes = packIndices(width, [...values.keys()]);
  return Object.fromEntries(values.map((value, k) => [textOf(outcomes, k), value]));
}

describeCases<Case>('readout mitigation cases', 'noise/readout_mitigation.json', (cases) => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const counts = byText(one.n, one.given_counts);
    const request = { technique: 'readout', counts, readout: one.readout_confusion } as const;
    const { quasi, nearest } = mitigateCounts({ ...request, method: 'inverse' });
    const quasiExpected = byText(one.n, one.mitigated_quasi_probs_from_counts);
    const nearestExpected = byText(one.n, one.nearest_probability_distribution);
    for (const key of Object.keys(counts)) {
      expect(quasi[key] ?? 0).toBeCloseTo(quasiExpected[key] as number, 9);
      expect(nearest[key] ?? 0).toBeCloseTo(nearestExpected[key] as number, 9);
    }
    // Where every outcome was seen, the space of the seen ones is the whole.
    const free = mitigateCounts({ ...request, method: 'matrix-free' });
    for (const [key, value] of Object.entries(free.quasi)) {
      expect(value).toBeCloseTo(quasi[key] ?? 0, 8);
    }
  });
});

const errors: readonly BitError[] = [
  { read1Given0: 0.02, read0Given1: 0.06 },
  { read1Given0: 0.05, read0Given1: 0.03 },
  { read1Given0: 0.01, read0Given1: 0.08 },
];

/** Shots of a state that is 000 or 111, read with these errors. */
function readings(shots: number, seed: number, of: readonly BitError[] = errors) {
  const rng = rngOf(seed, 77);
  const table = new BitCounter(of.length);
  for (let shot = 0; shot < shots; shot++) {
    const truth = rng.uniform() < 0.5 ? 0 : 1;
    const bits = of.map(({ read1Given0, read0Given1 }) => {
      const isWrong = rng.uniform() < (truth === 0 ? read1Given0 : read0Given1);
      return isWrong ? 1 - truth : truth;
    });
    table.add(packBits(bits), 0);
  }
  return table.counts();
}

const parity = (bits: readonly number[]) => (outcomes: Parameters<typeof bitAt>[0], k: number) =>
  bits.reduce((sign, bit) => (bitAt(outcomes, k, bit) === 1 ? -sign : sign), 1);

describe.each(readoutMethods)('readout mitigation by “%s”', (method) => {
  test('brings ⟨Z0 Z1⟩ back to 1 within its standard error, which is that of repetitions', () => {
    const found = Array.from({ length: 60 }, (_, seed) => {
      return correctReadout(readings(400, seed), errors, method).mean(parity([0, 1]));
    });
    const middle = found.reduce((sum, { value }) => sum + value, 0) / found.length;
    const spread = Math.sqrt(
      found.reduce((sum, { value }) => sum + (value - middle) ** 2, 0) / (found.length - 1),
    );
    const stated = found.reduce((sum, { stderr }) => sum + stderr, 0) / found.length;
    const raw = 0.844;
    expect(Math.abs(middle - 1)).toBeLessThan((1 - raw) / 4);
    expect(stated / spread).toBeGreaterThan(0.5);
    expect(stated / spread).toBeLessThan(2);
  });

  test('leaves counts without readout error as they are', () => {
    const none = errors.map(() => ({ read1Given0: 0, read0Given1: 0 }));
    const counts = readings(100, 1, errors);
    const { outcomes, quasi, overhead } = correctReadout(counts, none, method);
    expect(overhead).toBeCloseTo(1, 9);
    counts.counts.forEach((count, k) => {
      const at = Array.from(quasi.keys()).find(
        (j) => textOf(outcomes, j) === textOf(counts.outcomes, k),
      );
      expect(quasi[at ?? -1]).toBeCloseTo(count / 100, 9);
    });
  });

  test('refuses a bit whose reading says nothing', () => {
    const blind = [{ read1Given0: 0.5, read0Given1: 0.5 }, ...errors.slice(1)];
    expect(() => correctReadout(readings(10, 1), blind, method)).toThrow(
      /Bit 0 is read as 0 and 1/,
    );
  });
});

test('a table of all outcomes beyond 20 bits is refused, and the method that needs none is named', () => {
  const wide = Array.from({ length: 21 }, () => errors[0] as BitError);
  expect(() => correctReadout(readings(10, 1, wide), wide, 'inverse')).toThrow(/matrix-free/);
});

test('matrix-free mitigation of 127 qubits, and what it says of outcomes that were not seen', () => {
  const wide = Array.from({ length: 127 }, () => ({ read1Given0: 0.0005, read0Given1: 0.001 }));
  const seen = correctReadout(readings(4000, 3, wide), wide, 'matrix-free');
  const { value, stderr } = seen.mean(parity([0, 126]));
  expect(Math.abs(value - 1)).toBeLessThan(4 * stderr + 1e-3);
  expect(unseenWarning(seen)).toBeNull();
  const worse = wide.map(() => ({ read1Given0: 0.01, read0Given1: 0.02 }));
  const scattered = correctReadout(readings(1000, 3, worse), worse, 'matrix-free');
  expect(unseenWarning(scattered)).toMatch(/were not seen.*“inverse”/);
});
