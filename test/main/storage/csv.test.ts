import { describe, expect, test } from 'vitest';
import { readCsv } from '#main/storage/csv.ts';

const typesOf = (text: string): string[] => readCsv(text).columns.map(({ type }) => type);

describe('a CSV', () => {
  test('has its columns typed', () => {
    const rows = Array.from(
      { length: 8 },
      (_, i) => `${i},${i}.5,2020-01-0${i + 1},${i % 2 ? 'yes' : 'no'},word ${i}`,
    );
    const text = ['n,x,day,flag,words', ...rows].join('\n');
    expect(typesOf(text)).toStrictEqual(['integer', 'number', 'date', 'category', 'text']);
    expect(readCsv(text).columns[1]).toMatchObject({
      min: 0.5,
      max: 7.5,
      mean: 4,
      missing: 0,
      distinct: 8,
    });
  });

  test.each([',', ';', '\t', '|'])(
    'may be separated by %j, quoted, and end lines in any way',
    (mark) => {
      const text = `\uFEFFa${mark}b\r\n"1${mark} ""x"""${mark}2\r\n3${mark}4\r\n`;
      const table = readCsv(text);
      expect(table.columns.map(({ name }) => name)).toStrictEqual(['a', 'b']);
      expect(table.rows).toStrictEqual([
        [`1${mark} "x"`, '2'],
        ['3', '4'],
      ]);
      expect(table.problems).toStrictEqual([]);
    },
  );

  test('counts what is missing and computes without it', () => {
    expect(readCsv('x,y\n1,a\n,b\nNA,c\n3,d').columns[0]).toMatchObject({ missing: 2, mean: 2 });
  });

  test('tells each fault with its line and column', () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i}`);
    rows[3] = '3,x';
    rows[5] = '5';
    rows[6] = '"two\nlines",6';
    rows[7] = '7,7,7';
    const { problems, facts } = readCsv(['a,b', ...rows].join('\n'));
    expect(problems.map(({ line, column }) => [line, column])).toStrictEqual([
      [7, null],
      [10, null],
    ]);
    expect(facts[1]).toMatchObject({ kind: 'number', unusual: { line: 5, text: 'x' } });
  });

  test.each([
    ['', /empty/],
    ['a,b', /no rows/],
    ['a,a\n1,2', /occurs twice/],
    ['a,b\n"1,2', /quot/i],
  ])('that is unusable says why: %j', (text, reason) => {
    expect(
      readCsv(text)
        .problems.map(({ message }) => message)
        .join(' '),
    ).toMatch(reason);
  });
});
