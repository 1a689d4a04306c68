import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { bestByTrying, randomProgram } from '#test/support/binary-programs.ts';
import { runSpec } from '#test/support/run-spec.ts';

function solved(algorithm: string, problem: object, settings = {}): OptimisationResult {
  return runSpec({ algorithm, problem, settings, seed: 4 }).result as OptimisationResult;
}

describe('HiGHS and the exact search agree with trying everything', () => {
  test.each(Array.from({ length: 50 }, (_, k) => k))('problem %d of up to 20 variables', (k) => {
    const problem = randomProgram(rngOf(31, k), 3 + (k % 18));
    const known = bestByTrying(problem);
    if (known === null) {
      expect(() => solved('exact', problem)).toThrow(/no solution/);
      expect(() => solved('highs', problem)).toThrow(/no solution/);
      return;
    }
    for (const algorithm of ['exact', 'highs']) {
      const { best, proof } = solved(algorithm, problem);
      expect(best?.value, algorithm).toBeCloseTo(known, 9);
      expect(best?.feasible).toBe(true);
      expect(proof).toMatchObject({ status: 'proven', gap: 0 });
    }
  });
});

test('a bound that time left open is told with its gap, and never called proven', () => {
  const rng = rngOf(5, 60);
  const linear = Array.from({ length: 60 }, () => rng.below(201) - 100);
  const quadratic = linear.flatMap((_, i) =>
    linear.flatMap((__, j) => (i < j && rng.uniform() < 0.4 ? [[i, j, rng.below(201) - 100]] : [])),
  );
  const problem = { kind: 'qubo', linear, quadratic };
  const { best, proof } = solved('highs', problem, { seconds: 1 });
  const rival = solved('tabu', problem).best?.value ?? Number.NaN;
  // It starts from a tabu search, so that it is never behind one of the same kind.
  expect(best?.value).toBe(rival);
  expect(proof?.status).toBe('best-known');
  expect(proof?.bound ?? 0).toBeLessThan(rival);
  expect(proof?.gap).toBeCloseTo((rival - (proof?.bound ?? 0)) / Math.abs(rival), 12);
});
