import { describe, expect, test } from 'vitest';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\n';

function follow(body: string, seed = 1, more: Readonly<Record<string, unknown>> = {}) {
  const request = { source: head + body, seed, path: true, state: true, bloch: true, ...more };
  let ticks = 0;
  return simulateSource(simulationRequestSchema.parse(request), {
    freeBytes: 1 << 26,
    now: () => (ticks += 1),
  });
}

describe('one run, followed by its seed', () => {
  test('shows the state after its outcomes, not before them', () => {
    const { path, probabilities, qubitProbabilities, warnings } = follow(
      'h q[0];\ncx q[0], q[1];\nc = measure q;\n',
    );
    const [first, second] = path?.outcomes ?? [];
    expect(second).toBe(first);
    const key = `${first}${first}`;
    expect(probabilities).toEqual({ [key]: 1 });
    expect(qubitProbabilities?.[key]).toBeCloseTo(1);
    expect(warnings).toEqual([]);
  });

  test('draws for the beginning of a program what it draws for all of it', () => {
    const start = 'h q[0];\nc[0] = measure q[0];\nh q[0];\n';
    for (let seed = 0; seed < 20; seed++) {
      const whole = follow(`${start}c[1] = measure q[0];\n`, seed).path?.outcomes ?? [];
      expect(follow(start, seed).path?.outcomes).toEqual(whole.slice(0, 1));
    }
  });

  test('takes both outcomes over the seeds, and the way that follows from each', () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { path, bloch } = follow(
        'h q[0];\nc[0] = measure q[0];\nif (c[0] == 1) { x q[1]; }\n',
        seed,
      );
      const outcome = path?.outcomes[0] as 0 | 1;
      seen.add(outcome);
      expect(bloch?.[1]?.[2]).toBeCloseTo(1 - 2 * outcome);
    }
    expect(seen.size).toBe(2);
  });

  test('is refused under noise', () => {
    const noise = { rules: [{ on: 'all', channel: 'bit_flip', p: 0.1 }] };
    expect(() => follow('h q[0];\n', 1, { noise })).toThrow(/without noise/);
  });
});
