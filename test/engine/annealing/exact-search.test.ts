import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { look } from '#shared/problems/views.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { bitModel } from '#engine/binary/bit-model.ts';
import { branchAndBound } from '#engine/binary/branch-and-bound.ts';
import { enumerate } from '#engine/binary/enumerate.ts';
import { bestByTrying, isAllowed, randomProgram, sumAt } from '#test/support/binary-programs.ts';
import { pose, problemSchema } from '#test/support/members.ts';
import { runSpec } from '#test/support/run-spec.ts';
import { plantedTiles } from '#test/support/spin-instances.ts';

function endOf<T>(search: Generator<number, T>): T {
  let step = search.next();
  while (step.done !== true) step = search.next();
  return step.value;
}

describe.each(Array.from({ length: 24 }, (_, k) => [k, 2 + (k % 14)] as const))(
  'program %d of %d variables',
  (k, variables) => {
    const program = randomProgram(rngOf(81, k), variables);
    const free = { ...program, constraints: [] };
    const valueOf = (x: Uint8Array) =>
      program.objective.constant + sumAt(program.objective, [...x]);
    const model = (of: object) => {
      const { value } = look(binaryView, pose(problemSchema.parse(of)));
      return { bits: bitModel(value.objective, value.sense), constraints: value.constraints };
    };

    test('is solved block by block, beyond one block too', () => {
      expect(valueOf(endOf(enumerate(model(free).bits)))).toBeCloseTo(bestByTrying(free) ?? 0, 9);
    });

    test('is solved branch by branch, with constraints and without', () => {
      const open = model(free);
      const x = endOf(branchAndBound(open.bits, []));
      expect(valueOf(x ?? new Uint8Array())).toBeCloseTo(bestByTrying(free) ?? 0, 9);
      const { bits, constraints } = model(program);
      const found = endOf(branchAndBound(bits, constraints));
      const known = bestByTrying(program);
      expect(found === null).toBe(known === null);
      if (found === null || known === null) return;
      expect(isAllowed(program, [...found])).toBe(true);
      expect(valueOf(found)).toBeCloseTo(known, 9);
    });
  },
);

test('the exact search reaches a plant of 24 spins, and a choice of 10 out of 26 under a budget', () => {
  const solved = (problem: object) =>
    runSpec({ algorithm: 'exact', problem, seed: 1 }).result as OptimisationResult;
  const { problem, lowest } = plantedTiles(6, 4, rngOf(12), () => 1);
  expect(solved(problem)).toMatchObject({ best: { value: lowest }, proof: { status: 'proven' } });
  // The ten largest of 1 to 26.
  const values = Array.from({ length: 26 }, (_, i) => ((7 * i) % 26) + 1);
  const chosen = {
    kind: 'binary-program',
    variables: 26,
    objective: { linear: values, sense: 'max' },
    constraints: [{ linear: values.map(() => 1), relation: '<=', bound: 10 }],
  };
  expect(solved(chosen).best?.value).toBe(26 + 25 + 24 + 23 + 22 + 21 + 20 + 19 + 18 + 17);
  expect(() => solved({ kind: 'qubo', linear: values.concat(values) })).toThrow(
    /reaches 34 variables; this problem has 52. Use highs/,
  );
});
