import { describe, expect, test } from 'vitest';
import { problemKinds } from '#shared/problems/registry.ts';
import { errorsByPath } from '#renderer/lib/errors-by-path.ts';
import {
  faultAt,
  jsonNotation,
  linesNotation,
  matrixNotation,
  namedNumbersNotation,
  type Notation,
  notationOf,
  numberNotation,
  numbersNotation,
  textNotation,
  tuplesNotation,
  withValue,
  wordsNotation,
} from '#renderer/lib/form-values.ts';

const edges = tuplesNotation([
  { id: 'from', title: 'From', kind: 'integer' },
  { id: 'to', title: 'To', kind: 'integer' },
  { id: 'weight', title: 'Weight', kind: 'number', isOptional: true },
]);
const terms = tuplesNotation([
  { id: 'pauli', title: 'Pauli string', kind: 'text' },
  { id: 'weight', title: 'Weight', kind: 'number' },
]);

describe('what stands in a text field', () => {
  test.each<[string, Notation, unknown]>([
    ['a number', numberNotation, -1.5e-7],
    ['a text', textNotation, 'a, b = "c"'],
    ['numbers', numbersNotation, [1, -2.5, 3e20]],
    ['words', wordsNotation, ['one', 'two words']],
    ['lines', linesNotation, ['Z0*Z1 - X2', '2, 3']],
    [
      'a matrix',
      matrixNotation,
      [
        [1, 2],
        [3, 4.5],
      ],
    ],
    [
      'edges',
      edges,
      [
        [0, 1],
        [1, 2, -0.5],
      ],
    ],
    [
      'terms',
      terms,
      [
        ['XZII', 0.5],
        ['0', 1],
      ],
    ],
    ['named numbers', namedNumbersNotation, { theta: 0.25, 'phi[0]': -1 }],
    [
      'JSON',
      jsonNotation,
      [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    ],
  ])('means %s again when it is read', (_, notation, value) => {
    expect(notation.parse(notation.print(value))).toEqual(value);
    expect(notation.parse('')).toBeUndefined();
    expect(notation.print(undefined)).toBe('');
  });

  test.each<[Notation, string, unknown]>([
    [numberNotation, '1.', 1],
    [numberNotation, '1e', '1e'],
    [numberNotation, 'six', 'six'],
    [numbersNotation, '1, 2,', [1, 2]],
    [numbersNotation, '1 2;3x', [1, 2, '3x']],
    [
      edges,
      '0 1\n1;2;x\n\n',
      [
        [0, 1],
        [1, 2, 'x'],
      ],
    ],
    [terms, '10 0.5', [['10', 0.5]]],
    [namedNumbersNotation, 'theta', 'theta'],
    [namedNumbersNotation, 'theta = x', { theta: ' x' }],
    [jsonNotation, '[1', '[1'],
  ])('keeps what is on the way to a value: %#', (notation, text, value) => {
    expect(notation.parse(text)).toEqual(value);
  });

  test('shows a value of another form as it stands in the spec', () => {
    expect(numbersNotation.print('abc')).toBe('abc');
    expect(numbersNotation.print({ a: 1 })).toBe('{"a":1}');
    expect(edges.print([5])).toBe('5');
  });
});

describe.each(problemKinds)('the form of $kind', ({ fields, example }) => {
  test('shows its example so that it is read as the same', () => {
    for (const field of fields) {
      const notation = notationOf(field);
      const value = example.problem[field.id];
      if (notation === null || value === undefined) continue;
      expect(notation.parse(notation.print(value)), field.id).toEqual(value);
    }
  });
});

test('a field that is emptied leaves the values, one that changes keeps its place', () => {
  expect(Object.entries(withValue({ a: 1, b: 2 }, 'a', 3))).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  expect(withValue({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
});

describe('a fault', () => {
  test('is told as a sentence, the first one of each path', () => {
    const missing = [
      { path: 'shots', message: 'is missing: a number is expected' },
      { path: 'shots', message: 'too small' },
    ];
    expect(errorsByPath(missing)).toEqual({ shots: 'Missing: a number is expected.' });
  });

  test('inside a value is told at its field, with the entry that has it', () => {
    const errors = { 'problem.edges[3][1]': 'Too large.', 'problem.nodes': 'Missing.' };
    expect(faultAt(errors, 'problem.edges')).toBe('Entry 4: Too large.');
    expect(faultAt(errors, 'problem.nodes')).toBe('Missing.');
    expect(faultAt(errors, 'problem.edge')).toBeUndefined();
    expect(faultAt({ 'limits.cost': 'Too small.' }, 'limits')).toBe('cost: Too small.');
  });
});
