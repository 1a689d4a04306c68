import { expect, test } from 'vitest';
import { usesOf, whyNot } from '#shared/data/uses.ts';
import { readCsv } from '#main/storage/csv.ts';

function described(csv: string) {
  const { columns, totalRows } = readCsv(csv);
  return { columns: [...columns], rows: totalRows };
}

test.each([
  ['Date,A,B\n2024-01-01,1,2\n2024-01-02,2,3\n2024-01-03,3,5', ['portfolio']],
  ['A,B\n1,2\n2,3\n3,5', ['portfolio']],
  ['day,f,y\n2024-01-01,1,a\n2024-01-02,2,b\n2024-01-03,3,a', ['classification']],
  ['f,y\n-1,a\n2,b\n3,c', []],
])('%j is offered for %j', (csv, uses) => {
  expect(usesOf(described(csv))).toStrictEqual(uses);
});

test.each([
  [
    'portfolio',
    'Date,A,B\n2024-01-01,1,0\n2024-01-02,2,1\n2024-01-03,4,3',
    /has one.*“B” holds values that are not above 0/,
  ],
  ['portfolio', 'A,B\n1,null\n2,1\n3,4', /“B” misses 1 value/],
  ['portfolio', 'A,B\n1,2\n2,1', /three rows, and there are 2/],
  ['classification', 'f,y\n1,a\n2,b\n3,c', /exactly two values/],
  ['classification', 'y\na\nb', /beside “y” no column holds numbers/],
] as const)('for a %s, %j is told why not', (use, csv, reason) => {
  expect(whyNot(use, described(csv))).toMatch(reason);
});
