import { describe, expect, test } from 'vitest';
import { graphOfText } from '#shared/problems/formats/graph-text.ts';
import { programOfText } from '#shared/problems/formats/written-program.ts';
import { type ProblemFormat, problemFormats } from '#shared/problems/formats/registry.ts';
import { allValues, type BinaryProblem, quadraticForm } from '#shared/problems/binary-problem.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { look } from '#shared/problems/views.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { isingOfText, quboOfText } from '#shared/problems/formats/qubo-text.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { faultsOf, pose, problemSchema } from '#test/support/members.ts';
import { runSpec } from '#test/support/run-spec.ts';

const dimacs = 'c a triangle with a tail\np edge 4 4\ne 1 2\ne 2 3\ne 3 1\ne 3 4 2.5\n';
const gset = '4 4\r\n1 2 1\r\n2 3 1\r\n3 1 1\r\n3 4 2.5\r\n';

test('DIMACS and Gset write the same graph', () => {
  const graph = {
    nodes: 4,
    edges: [
      [0, 1, 1],
      [1, 2, 1],
      [2, 0, 1],
      [2, 3, 2.5],
    ],
  };
  expect(graphOfText(dimacs)).toEqual(graph);
  expect(graphOfText(gset)).toEqual(graph);
});

test('a QUBO and an Ising model are read by their places', () => {
  expect(quboOfText('c x\np qubo 0 3 2 1\n0 0 -1\n2 2 0.5\n0 2 3\n')).toEqual({
    linear: [-1, 0, 0.5],
    quadratic: [[0, 2, 3]],
  });
  expect(isingOfText('# chain\n3 3\n1 2 -1\n2 3 1\n1 1 0.5\n')).toEqual({
    linear: [0.5, 0, 0],
    quadratic: [
      [0, 1, -1],
      [1, 2, 1],
    ],
  });
});

/** A problem with every kind of term, or without constraints; weights with many digits and exponents. */
function writtenProblem(
  rng: Rng,
  { isFree = false, sense = 'min' as 'min' | 'max' } = {},
): BinaryProblem {
  const variables = 5;
  const weight = () => rng.normal() * 10 ** (rng.below(7) - 3);
  const terms = [
    [0, 1, weight()],
    [1, 3, weight()],
    [2, 4, weight()],
  ] as const;
  const linear = [weight(), 0, weight(), -2, 1];
  return {
    variables,
    labels: rng.uniform() < 0.5 ? null : ['a', 'b_1', 'T', 'x.y', 'gain'],
    sense,
    objective: quadraticForm(variables, weight(), linear, terms),
    constraints: isFree
      ? []
      : [
          {
            name: 'first',
            linear: [
              [0, 1],
              [3, -2.5],
            ],
            quadratic: [],
            relation: '<=',
            bound: 1,
          },
          {
            name: 'second',
            linear: [
              [4, 1],
              [1, 1e-3],
            ],
            quadratic: [],
            relation: '>=',
            bound: -1,
          },
          {
            name: 'third',
            linear: [
              [2, 3],
              [1, 1],
            ],
            quadratic: [],
            relation: '=',
            bound: 3,
          },
        ],
  };
}

const format = (id: string) => problemFormats.find((one) => one.id === id) as ProblemFormat;

function readAgain(id: string, text: string): BinaryProblem {
  const problem = problemSchema.parse({ kind: format(id).kind, text });
  return look(binaryView, pose(problem)).value;
}

describe.each(['lp', 'mps'])('a problem that is written as %s', (id) => {
  test('is read as the same one, to the last digit', () => {
    for (let seed = 0; seed < 20; seed++) {
      const sense = seed % 2 === 0 ? 'min' : 'max';
      const problem = writtenProblem(rngOf(11, seed), { sense, isFree: seed % 5 === 0 });
      const { text, losses } = format(id).write(problem);
      expect(losses).toEqual([]);
      const read = readAgain(id, text);
      expect(read.objective).toEqual(problem.objective);
      expect([read.sense, read.labels]).toEqual([
        sense,
        problem.labels ?? ['x0', 'x1', 'x2', 'x3', 'x4'],
      ]);
      expect(
        read.constraints.map(({ name: _name, linear, ...one }) => ({
          ...one,
          linear: linear.toSorted(([a], [b]) => a - b),
        })),
      ).toEqual(
        problem.constraints.map(({ name: _name, linear, ...one }) => ({
          ...one,
          linear: linear.toSorted(([a], [b]) => a - b),
        })),
      );
    }
  });
});

test('LP writes products in constraints, and names that it cannot write as numbers with a comment; MPS refuses products', () => {
  const problem: BinaryProblem = {
    ...writtenProblem(rngOf(3), { isFree: true }),
    labels: ['two words', 'min', '3', 'e5', 'a*b'],
    constraints: [
      { name: 'pairs', linear: [[0, 1]], quadratic: [[1, 2, 4]], relation: '<=', bound: 2 },
    ],
  };
  const { text } = format('lp').write(problem);
  expect(text).toContain('\\ x0 is two words');
  const [only] = readAgain('lp', text).constraints;
  expect(only).toMatchObject({ quadratic: [[1, 2, 4]], bound: 2, relation: '<=' });
  expect(() => format('mps').write(problem)).toThrow(
    /products in a constraint, and pairs has some/,
  );
});

describe.each(['qubo', 'ising'])('a problem that is written as %s', (id) => {
  test('has the same values up to what is said to be lost', () => {
    for (let seed = 0; seed < 10; seed++) {
      const sense = seed % 2 === 0 ? 'min' : 'max';
      const problem = writtenProblem(rngOf(12, seed), { sense, isFree: true });
      const { text, losses } = format(id).write(problem);
      const read = readAgain(id, text);
      const sign = sense === 'min' ? 1 : -1;
      const values = allValues(problem.objective).map((value) => sign * value);
      const found = allValues(read.objective);
      const away = (values[0] as number) - (found[0] as number);
      found.forEach((value, k) => expect(value + away).toBeCloseTo(values[k] as number, 8));
      expect(losses.map(({ what }) => what)).toEqual([
        ...(sign === 1 ? [] : ['the sense']),
        'the constant',
      ]);
      expect(text).toContain(losses.at(-1)?.why);
      expect(losses.at(-1)?.why).toContain('to every value');
    }
  });

  test('has its constraints as a penalty, and keeps the optimum', () => {
    const problem = pose(
      problemSchema.parse({ kind: 'knapsack', weights: [2, 3, 4], values: [3, 4, 6], capacity: 5 }),
    );
    const { text, losses } = format(id).write(look(binaryView, problem).value);
    expect(losses[0]?.what).toBe('constraints');
    const values = allValues(readAgain(id, text).objective);
    const best = values.indexOf(Math.min(...values)) & 0b111;
    expect(best).toBe(0b011);
  });
});

describe('what is wrong is told with its line', () => {
  test.each([
    [() => graphOfText(''), /is empty: expected DIMACS/],
    [
      () => graphOfText('p edge 3 1\n\ne 1 4\n'),
      /^Line 3: expected a node from 1 to 3 at word 3, got 4/,
    ],
    [() => graphOfText('p edge 3 1\nx 1 2\n'), /^Line 2: expected an edge/],
    [() => graphOfText('3 2\n1 2 1\n'), /^Line 1: 2 edges are announced, and 1 follow/],
    [() => graphOfText('3 1\n1 2 heavy\n'), /^Line 2: expected a weight at word 3, got “heavy”/],
    [() => quboOfText('0 0 1\n'), /^Line 1: expected “p qubo/],
    [
      () => quboOfText('p qubo 0 2 1 0\n0 0\n'),
      /^Line 2: expected a weight at word 3, got the end of the line/,
    ],
    [
      () => quboOfText('p qubo 0 2 1 1\n0 0 1\n'),
      /1 linear weights and 1 pairs are announced, and 1 and 0 follow/,
    ],
    [
      () => isingOfText('2 1\n0 1 1\n'),
      /^Line 2: expected a variable from 1 to 2 at word 1, got 0/,
    ],
  ])('%#', (read, message) => {
    expect(read).toThrow(message);
  });
});

test('a graph comes from its fields or from a file, and not from both', () => {
  const pathsOf = (problem: object) =>
    faultsOf(problemSchema.parse(problem)).map(({ path }) => path);
  expect(pathsOf({ kind: 'maxcut' })).toEqual(['nodes', 'edges']);
  expect(pathsOf({ kind: 'maxcut', nodes: 2 })).toEqual(['edges']);
  expect(pathsOf({ kind: 'maxcut', nodes: 2, text: dimacs })).toEqual(['nodes']);
  expect(pathsOf({ kind: 'maxcut', text: dimacs })).toEqual([]);
  expect(pathsOf({ kind: 'qubo', quadratic: [[0, 1, 1]], file: 'x.qubo' })).toEqual(['quadratic']);
  expect(pathsOf({ kind: 'ising' })).toEqual(['h']);
});

test('a job runs on the text of a file as on the fields', () => {
  const best = (problem: object) =>
    (runSpec({ algorithm: 'exact', problem, seed: 1 }).result as OptimisationResult).best;
  expect(best({ kind: 'maxcut', text: gset })?.value).toBe(4.5);
  expect(best({ kind: 'colouring', text: dimacs, colours: 3 })?.value).toBe(0);
  expect(best({ kind: 'qubo', text: 'p qubo 0 2 2 1\n0 0 -1\n1 1 -1\n0 1 3\n' })?.value).toBe(-1);
  expect(best({ kind: 'ising', text: '2 1\n1 2 1\n', offset: 3 })?.value).toBe(2);
});

const lp = `\\ three things, of which two exclude each other
Maximize
 obj: 5 a + 4 b + 3 c + [ 2 a * c - 4 b^2 ] / 2 - 1
Subject To
 load: 2 a + 2 b
   + c <= 3
 apart: [ a * b ] = 0
 -a - c >= -2
Bounds
 0 <= c <= 1
Binary
 a b
General
 c
End
`;

const mps = `* the same
NAME          things
OBJSENSE
    MAX
ROWS
 N  obj
 L  load
 G  some
COLUMNS
    MARKER    'MARKER'   'INTORG'
    a         obj        5.0   load   2.0
    a         some      -1.0
    b         obj        4.0   load   2.0
    MARKER    'MARKER'   'INTEND'
    c         obj        3.0   load   1.0
    c         some      -1.0
RHS
    RHS       load       3.0   some  -2.0
    RHS       obj        1.0
BOUNDS
 UP BND       a          1
 BV BND       c
QUADOBJ
    a         c          1.0
    b         b         -4.0
ENDATA
`;

describe('programs as LP and MPS', () => {
  const objective = {
    linear: { a: 5, b: 4, c: 3 },
    constant: -1,
    sense: 'max',
  };

  test('LP is read with its products, halves in the objective alone', () => {
    expect(programOfText(lp)).toEqual({
      variables: ['a', 'b', 'c'],
      objective: {
        ...objective,
        quadratic: [
          ['a', 'c', 1],
          ['b', 'b', -2],
        ],
      },
      constraints: [
        { name: 'load', linear: { a: 2, b: 2, c: 1 }, quadratic: [], relation: '<=', bound: 3 },
        { name: 'apart', linear: {}, quadratic: [['a', 'b', 1]], relation: '=', bound: 0 },
        {
          name: 'constraint 3',
          linear: { a: -1, c: -1 },
          quadratic: [],
          relation: '>=',
          bound: -2,
        },
      ],
    });
  });

  test('MPS is read with its sense, its markers and its bounds', () => {
    expect(programOfText(mps)).toEqual({
      variables: ['a', 'b', 'c'],
      objective: {
        ...objective,
        quadratic: [
          ['a', 'c', 1],
          ['b', 'b', -2],
        ],
      },
      constraints: [
        { name: 'load', linear: { a: 2, b: 2, c: 1 }, quadratic: [], relation: '<=', bound: 3 },
        { name: 'some', linear: { a: -1, c: -1 }, quadratic: [], relation: '>=', bound: -2 },
      ],
    });
  });

  test('a job runs on both; a and c together are worth 8, and 1 for being together, less the constant', () => {
    for (const text of [lp, mps]) {
      const { result } = runSpec({
        algorithm: 'highs',
        problem: { kind: 'binary-program', text },
        seed: 1,
      });
      expect(result).toMatchObject({ best: { x: [1, 0, 1], value: 8, labels: ['a', 'c'] } });
    }
  });

  test.each([
    ['', /file is empty/],
    ['2 a <= 3\n', /^Line 1: expected “Minimize” or “Maximize” first/],
    ['Min\n a\nst\n a 3\nBinary\n a\nEnd', /^Line 4: expected <=, >= or =, got the end/],
    ['Min\n a + b\nst\n a >= 1\nBinary\n a\nEnd', /^Line 2: variable “b” is not binary/],
    ['Min\n [ a * b ]\nst\n a >= 1\nBinary\n a b\nEnd', /expected “\/ 2” after the brackets/],
    ['Min\n [ a b ] / 2\nBinary\n a b\nEnd', /^Line 2: expected “\*” or “\^2”, got “b”/],
    ['NAME x\nROWS\n N o\nCOLUMNS\n a o 1\n a p 2\nENDATA', /^Line 6: there is no row “p”/],
    ['NAME x\nROWS\n N o\nCOLUMNS\n a o 1\nENDATA', /^Line 5: column “a” is not binary/],
    ['NAME x\nROWS\n X o\nENDATA', /^Line 3: expected N, L, G or E/],
    ['NAME x\nROWS\n N o\nRANGES\n R a 1\nENDATA', /^Line 5: the section RANGES is not read/],
  ])('what is wrong in %j is told with its line', (text, message) => {
    expect(() => programOfText(text)).toThrow(message);
  });
});
