import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { filesOfProblem } from '#shared/problems/problem.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { gives, look } from '#shared/problems/views.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { allValues, isFeasible } from '#shared/problems/binary-problem.ts';
import { packIndices } from '#shared/base/packed-bits.ts';
import { faultsOf, pose, problemSchema } from '#test/support/members.ts';
import { filesOfExample } from '#test/support/example-files.ts';

function pathsOf(problem: unknown): string[] {
  const parsed = problemSchema.safeParse(problem);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
}

test('kinds are sorted and each is there once', () => {
  const kinds = problemKinds.map(({ kind }) => kind);
  expect(kinds).toEqual([...new Set(kinds)].sort());
});

test('a kind that there is not is refused at its place', () => {
  expect(pathsOf({ kind: 'riddle' })).toEqual(['kind']);
  expect(() => faultsOf({ kind: 'riddle' })).toThrow(/no problem kind “riddle”/);
});

test('the schema of all kinds can be told to readers of the interface', () => {
  const { oneOf } = z.toJSONSchema(problemSchema, { io: 'input' });
  expect(oneOf).toHaveLength(problemKinds.length);
});

describe.each(problemKinds.map((kind) => [kind.kind, kind] as const))('%s', (_, kind) => {
  const given = { kind: kind.kind, ...kind.example.problem };
  const files = filesOfExample(kind.example);

  test('has an example that is valid and stays as it is on the way through JSON', () => {
    const problem = problemSchema.parse(given);
    expect(faultsOf(problem)).toEqual([]);
    expect(problemSchema.parse(JSON.parse(JSON.stringify(problem)))).toEqual(problem);
    expect(Object.keys(kind.example.answers).length).toBeGreaterThan(0);
  });

  test('refuses a field that there is not, and a wrong value at its field', () => {
    const parsed = problemSchema.safeParse({ ...given, nonsense: 1 });
    expect(parsed.error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['nonsense'], path: [] },
    ]);
    for (const { id } of kind.fields) {
      const [path] = pathsOf({ ...given, [id]: { odd: [{}] } });
      expect(path?.split('.')[0], id).toBe(id);
    }
  });

  test('asks for what it must have, and fills in what has a default', () => {
    for (const field of kind.fields) {
      const { [field.id]: _left, ...rest } = given as Record<string, unknown>;
      expect(pathsOf(rest), field.id).toEqual(field.required === true ? [field.id] : []);
      if (field.required === true || field.default === null) continue;
      expect(problemSchema.parse(rest)[field.id]).toEqual(field.default);
    }
  });

  test('says with every field what it is for, and names fields that are there', () => {
    const ids = kind.fields.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const field of kind.fields) {
      expect(field.title).toMatch(/^\S/);
      expect(field.help).toMatch(/\.$/);
      if ('table' in field) expect(ids).toContain(field.table);
      if ('insteadOf' in field) expect(ids).toContain(field.insteadOf);
    }
  });

  test('asks for the files that it names', () => {
    const named = filesOfProblem(kind, problemSchema.parse(given)).map(({ name }) => name);
    expect(named.toSorted()).toEqual([...files.keys()].toSorted());
  });

  test('gives every view that it names, and those that follow from them', () => {
    const problem = problemSchema.parse(given);
    for (const { view } of kind.views) {
      expect(gives(kind, view)).toBe(true);
      expect(look(view, pose(problem, files))).toBe(look(view, pose(problem, files)));
    }
    expect(gives(kind, { id: 'no such view', title: 'nothing' })).toBe(false);
    expect(() => look({ id: 'no such view', title: 'nothing' }, pose(problem, files))).toThrow(
      /cannot be looked at as nothing/,
    );
  });
});

test.each(
  problemKinds.filter((kind) => gives(kind, binaryView)).map((kind) => [kind.kind, kind] as const),
)(
  'the least energy of %s over slack is its value where its constraints hold, and above the optimum elsewhere',
  (_, kind) => {
    const problem = problemSchema.parse({ kind: kind.kind, ...kind.example.problem });
    const files = filesOfExample(kind.example);
    const { value: binary } = look(binaryView, pose(problem, files));
    const { value: energy } = look(hamiltonianView, pose(problem, files));
    const values = allValues(binary.objective);
    const all = packIndices(binary.variables, [...values.keys()]);
    const sign = binary.sense === 'min' ? 1 : -1;
    const best = Math.min(
      ...[...values].flatMap((value, k) => (isFeasible(binary, all, k) ? [sign * value] : [])),
    );
    const least = new Float64Array(values.length).fill(Infinity);
    for (let k = 0; k < 2 ** energy.qubits; k++) {
      const ofState = energy.sum.terms.reduce(
        (sum, { coefficient, factors }) =>
          sum + coefficient * factors.reduce((s, { qubit }) => ((k >> qubit) & 1 ? -s : s), 1),
        0,
      );
      // The problem's own variables are the lowest bits.
      const own = k % values.length;
      least[own] = Math.min(least[own] as number, ofState);
    }
    values.forEach((value, k) => {
      if (isFeasible(binary, all, k)) expect(least[k]).toBeCloseTo(sign * value, 9);
      else expect(least[k]).toBeGreaterThan(best);
    });
  },
);

describe('faults between fields are told at their place', () => {
  test.each([
    [
      {
        kind: 'maxcut',
        nodes: 2,
        edges: [
          [0, 1],
          [1, 2],
        ],
      },
      ['edges[1]'],
    ],
    [{ kind: 'qubo', linear: [1], quadratic: [[0, 3, 1]] }, ['quadratic[0]']],
    [
      {
        kind: 'ising',
        h: [1, 2],
        J: [
          [2, 0, 1],
          [0, 1, 1],
          [5, 5, 1],
        ],
      },
      ['J[0]', 'J[2]'],
    ],
    [{ kind: 'circuit' }, ['qasm']],
    [
      {
        kind: 'hamiltonian',
        qubits: 2,
        terms: [
          ['ZZ', 1],
          ['Z', 1],
          ['ZQ', 1],
        ],
      },
      ['terms[1][0]', 'terms[2][0]'],
    ],
    [
      {
        kind: 'portfolio',
        prices: 'p',
        assets: ['a', 'a'],
        rows: [3, 1],
        riskAversion: 1,
        budget: 1,
      },
      ['assets', 'rows'],
    ],
  ])('%j', (problem, paths) => {
    const faults = faultsOf(problemSchema.parse(problem));
    expect(faults.map(({ path }) => path)).toEqual(paths);
  });
});
