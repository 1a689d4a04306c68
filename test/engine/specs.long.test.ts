import { expect, test } from 'vitest';
import { type Tally, tryNoise, trySpec } from '#test/support/spec-oracles.ts';

/**
 * How many noise models and as many specs; each has a number of its own. KETBENCH_FUZZ_SPECS asks for more,
 * KETBENCH_FUZZ_SEED for others.
 */
const count = Number(process.env.KETBENCH_FUZZ_SPECS ?? 5000);
const first = Number(process.env.KETBENCH_FUZZ_SEED ?? 0);

test.each([
  ['noise models', tryNoise],
  ['job specs', trySpec],
] as const)(
  'generated %s end in an answer or a reason',
  (_, attempt) => {
    const tally: Tally = { ran: 0, faults: [] };
    for (let k = 0; k < count && tally.faults.length < 5; k++) attempt(first + k, tally);
    expect(tally.faults).toEqual([]);
    // What is nearly always refused would test nothing.
    expect(tally.ran).toBeGreaterThan(count / 100);
  },
  86_400_000,
);
