import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Optimised {
  readonly best: { readonly x: readonly number[]; readonly bits: string; readonly value: number };
  readonly samples: readonly { readonly bits: string; readonly value: number }[];
  readonly expectation: number;
}

function annealed(problem: object, sweeps: number): Optimised {
  const spec = {
    algorithm: 'simulated-annealing',
    problem,
    settings: { sweeps, reads: 10 },
    backend: 'simulator',
    shots: null,
    seed: 3,
  };
  return runSpec(spec).result as unknown as Optimised;
}

describe('simulated annealing', () => {
  // One bit more than a double holds, a word's border, and beyond what a double can name at all.
  test.each([10, 31, 32, 33, 53, 54, 64, 65, 300, 1030])(
    'reports the assignment that it found, of %d variables',
    (variables) => {
      const rng = rngOf(7, variables);
      const linear = Array.from({ length: variables }, () => rng.uniform() - 0.5);
      const quadratic = Array.from({ length: 2 * variables }, () => {
        const i = rng.below(variables);
        return [i, (i + 1 + rng.below(variables - 1)) % variables, rng.uniform() - 0.5];
      });
      const problem = { kind: 'qubo', linear, quadratic, constant: 0.25, sense: 'min' };
      const valueOf = (x: readonly number[]): number =>
        quadratic.reduce(
          (sum, [i = 0, j = 0, w = 0]) => sum + w * (x[i] as number) * (x[j] as number),
          linear.reduce((sum, w, i) => sum + w * (x[i] as number), 0.25),
        );
      const { best, samples, expectation } = annealed(problem, 60);
      expect(best.x).toHaveLength(variables);
      expect(best.bits).toBe(best.x.toReversed().join(''));
      expect(best.value).toBeCloseTo(valueOf(best.x), 8);
      for (const { bits, value } of samples) {
        expect(value).toBeCloseTo(valueOf([...bits].toReversed().map(Number)), 8);
      }
      expect(best.value).toBe(Math.min(...samples.map(({ value }) => value)));
      // No single flip is better in what 60 sweeps reach at the end of the schedule, by far.
      expect(best.value).toBeLessThan(-0.1 * variables);
      expect(expectation).toBeGreaterThanOrEqual(best.value);
    },
  );

  test('cuts nearly all of a chain of 80 nodes', () => {
    const edges = Array.from({ length: 79 }, (_, i) => [i, i + 1]);
    const { best } = annealed({ kind: 'maxcut', nodes: 80, edges }, 1000);
    expect(best.value).toBeGreaterThanOrEqual(77);
    expect(best.x.slice(1).filter((bit, i) => bit !== best.x[i])).toHaveLength(best.value);
  });
});
