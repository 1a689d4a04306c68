import { describe, expect, test } from 'vitest';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { runSpec } from '#test/support/run-spec.ts';

const knapsack = { kind: 'knapsack', weights: [3, 1, 2], values: [7, 4, 5], capacity: 3 };

function run(settings: object, problem: object = knapsack) {
  const { result, warnings } = runSpec({ algorithm: 'qaoa', problem, settings, seed: 2 });
  return { result: result as OptimisationResult, warnings: [...warnings] };
}

describe('the penalty of QAOA', () => {
  // 0 with 1 is worth 2 more than the optimum and weighs 1 too much; the others pay more for what they gain.
  test('is told to be too small where an infeasible assignment gains more than it pays', () => {
    const { warnings } = run({ penalty: 1.9 });
    expect(warnings.join()).toMatch(/penalty of 1\.9 does not dominate.*2\.02 would/);
    expect(run({ penalty: 2.03 }).warnings).toEqual([]);
  });

  test('dominates where none is given, also what adds slack', () => {
    const { result } = run({});
    expect(result.penalty).toBeGreaterThan(2);
    expect(result.best?.x).toEqual([0, 1, 1]);
    expect(result.samples.every(({ bits }) => bits.length === 3)).toBe(true);
    expect(result.samples.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
    // Three variables and two bits of slack, which counts to 3.
    expect(result.qubits).toBe(5);
  });

  test('a mixer that keeps the number of ones is refused where other constraints hold', () => {
    expect(() => run({ mixer: 'xy-ring' })).toThrow(
      /has other constraints than a fixed number of ones/,
    );
  });
});
