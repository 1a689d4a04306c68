import { describe, expect, test } from 'vitest';
import { packIndices } from '#shared/base/packed-bits.ts';
import { rngOf } from '#shared/base/rng.ts';
import { allValues, type BinaryProblem, isFeasible } from '#shared/problems/binary-problem.ts';
import { dominatingPenalty, penalised, violationOf } from '#shared/problems/penalties.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { look } from '#shared/problems/views.ts';
import { pose, problemSchema } from '#test/support/members.ts';
import { randomProgram } from '#test/support/binary-programs.ts';

function binaryOf(problem: object): BinaryProblem {
  return look(binaryView, pose(problemSchema.parse(problem))).value;
}

/** Least value of a form over what was added to the problem's own variables. */
function leastOver(values: Float64Array, own: number): Float64Array {
  const least = new Float64Array(2 ** own).fill(Infinity);
  values.forEach((value, k) => {
    const at = k % 2 ** own;
    least[at] = Math.min(least[at] as number, value);
  });
  return least;
}

describe('of random programs', () => {
  const programs = Array.from({ length: 60 }, (_, k) => randomProgram(rngOf(71, k), 5)).flatMap(
    (program) => {
      try {
        const problem = binaryOf(program);
        return violationOf(problem).variables <= 16 ? [problem] : [];
      } catch {
        // Constraints that nothing reaches are refused; another test is about them.
        return [];
      }
    },
  );

  test('there are many, and some need more variables', () => {
    expect(programs.length).toBeGreaterThan(25);
    const widths = programs.map((one) => violationOf(one).variables);
    expect(widths.filter((width) => width > 5).length).toBeGreaterThan(10);
  });

  test.each(programs.map((one, k) => [k, one] as const))(
    'the violation of %d is 0 where constraints hold, and at least 1 elsewhere',
    (_, problem) => {
      const least = leastOver(allValues(violationOf(problem).form), problem.variables);
      const all = packIndices(problem.variables, [...least.keys()]);
      least.forEach((value, k) => {
        if (isFeasible(problem, all, k)) expect(value).toBeCloseTo(0, 9);
        else expect(value).toBeGreaterThan(1 - 1e-9);
      });
    },
  );

  test.each(programs.map((one, k) => [k, one] as const))(
    'the penalty of %d dominates: whatever is infeasible is worse than every feasible value',
    (_, problem) => {
      const sign = problem.sense === 'min' ? 1 : -1;
      const { form } = penalised(problem, dominatingPenalty(problem));
      const least = leastOver(
        allValues(form).map((value) => sign * value),
        problem.variables,
      );
      const own = allValues(problem.objective);
      const all = packIndices(problem.variables, [...own.keys()]);
      const feasible = [...own.keys()].filter((k) => isFeasible(problem, all, k));
      const worst = Math.max(...feasible.map((k) => sign * (own[k] as number)));
      least.forEach((value, k) => {
        if (feasible.includes(k)) expect(value).toBeCloseTo(sign * (own[k] as number), 8);
        else if (feasible.length > 0) expect(value).toBeGreaterThan(worst);
      });
    },
  );
});

const free = { linear: [1, 1, 1] };

test('decimals are counted in their own step, and what has none is refused by its name', () => {
  const at = (linear: number[]) => ({
    kind: 'binary-program',
    variables: 3,
    objective: free,
    constraints: [{ linear, relation: '<=', bound: 0.75, name: 'the load' }],
  });
  // Steps of 0.25: the slack counts from 0 to 3.
  expect(violationOf(binaryOf(at([0.25, 0.5, 0.75]))).variables).toBe(5);
  expect(() => violationOf(binaryOf(at([Math.PI / 9, Math.E / 9, 0.3])))).toThrow(
    /weights of the load have no common step/,
  );
});

test('a known feasible assignment makes the penalty of a tour far smaller than the sum of all weights', () => {
  const distances = Array.from({ length: 6 }, (_, i) =>
    Array.from({ length: 6 }, (__, j) => (i === j ? 0 : 1 + ((3 * i + 5 * j) % 7))),
  );
  const problem = binaryOf({ kind: 'travelling-salesman', distances });
  const { feasible: _, ...unknown } = problem;
  expect(dominatingPenalty(problem)).toBeLessThan(dominatingPenalty(unknown) / 4);
});
