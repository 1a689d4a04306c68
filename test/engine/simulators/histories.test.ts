import { expect, test } from 'vitest';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { run } from '#test/support/conformance/simulator.ts';

const [angle, rounds, shots] = [0.6, 16, 4000];

/** A qubit that is turned and measured over and over, with every outcome kept, and a copy at the end. */
const walk = circuitOf(
  2,
  [
    ...Array.from({ length: rounds }, (_, k): Operation[] => [
      gate('ry', [0], [angle]),
      measure(0, k),
    ]).flat(),
    {
      kind: 'if',
      condition: { bits: [rounds - 1], value: 1 },
      body: [gate('x', [1])],
      otherwise: [],
    },
    gate('ry', [0], [angle]),
    measure(1, rounds),
  ],
  rounds + 1,
);

/** Probability that the chain of outcomes ends in 1. */
function lastOne(): number {
  const flip = Math.sin(angle / 2) ** 2;
  let one = 0;
  for (let k = 0; k < rounds; k++) one = one * (1 - flip) + (1 - one) * flip;
  return one;
}

test.each(['statevector', 'mps'])(
  '%s: too many histories to follow are drawn, and agree with the chain of outcomes',
  (method) => {
    expect(() => run(walk, { method })).toThrow(/--shots/);
    const { counts, warnings } = run(walk, { method, shots, seed: 3 });
    expect(warnings.join()).toMatch(/too many measurement histories/);
    const p = lastOne();
    let ones = 0;
    for (const [key, count] of Object.entries(counts ?? {})) {
      // The copy is the last outcome.
      expect(key[0]).toBe(key[1]);
      if (key[0] === '1') ones += count;
    }
    expect(Math.abs(ones / shots - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / shots));
  },
);

test('amplitudes give means over the shots as well, with standard errors', () => {
  const { expectations, qubitProbabilities, measured } = run(walk, {
    method: 'statevector',
    shots,
    observables: ['Z1', 'Z0'],
  });
  const p = lastOne();
  const expected = [1 - 2 * p, (1 - 2 * p) * Math.cos(angle)];
  expectations?.forEach(({ value, stderr }, i) => {
    const off = Math.abs((value ?? Number.NaN) - (expected[i] as number));
    expect(off).toBeLessThan(5 * (stderr ?? 0));
  });
  const sum = Object.values(qubitProbabilities ?? {}).reduce((all, one) => all + one, 0);
  expect(sum).toBeCloseTo(1, 10);
  expect(measured.shots).toBe(shots);
});

test('the same seed draws the same histories', () => {
  const options = { method: 'statevector', shots: 200, seed: 7 };
  expect(run(walk, options).counts).toEqual(run(walk, options).counts);
});
