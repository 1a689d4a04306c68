import { describe, expect, test } from 'vitest';
import { notesOn } from '#shared/data/table.ts';
import { readCsv, tableOf } from '#main/storage/csv.ts';

/** The cells of the first column as a table holds them. */
function first(text: string, reading = {}): readonly (string | undefined)[] {
  return readCsv(text, { reading }).rows.map(([cell]) => cell);
}

function column(cells: readonly string[], header = 'x'): string {
  return [header, ...cells].map((cell) => `"${cell}";"w"`).join('\n');
}

function notes(text: string): string {
  return notesOn(tableOf(readCsv(text))).join(' ');
}

describe('numbers', () => {
  test.each([
    [
      ['1.5', '2.25'],
      ['1.5', '2.25'],
    ],
    [
      ['1,5', '2,25'],
      ['1.5', '2.25'],
    ],
    [
      ['1,234.56', '7'],
      ['1234.56', '7'],
    ],
    [
      ['1.234,56', '7'],
      ['1234.56', '7'],
    ],
    [
      ['1 234,56', '7,1'],
      ['1234.56', '7.1'],
    ],
    [
      ['1\u00A0234,56', '1\u202F000,5'],
      ['1234.56', '1000.5'],
    ],
    [
      ["1'234.56", '1’000'],
      ['1234.56', '1000'],
    ],
    [
      ['1,234,567', '1,000,000'],
      ['1234567', '1000000'],
    ],
    [
      ['1,234', '0,5'],
      ['1.234', '0.5'],
    ],
    [
      ['1.234', '0,5'],
      ['1234', '0.5'],
    ],
    [
      ['1.234', '0.5'],
      ['1.234', '0.5'],
    ],
    [
      ['$1,234.50', '$2'],
      ['1234.5', '2'],
    ],
    [
      ['5 €', '-1,5 €'],
      ['5', '-1.5'],
    ],
    [
      ['£3', '-£4', '£-5'],
      ['3', '-4', '-5'],
    ],
    [
      ['EUR 3', '4 EUR'],
      ['3', '4'],
    ],
    [
      ['(3.5)', '2', '$(1)'],
      ['-3.5', '2', '-1'],
    ],
    [
      ['\u22123', '2'],
      ['-3', '2'],
    ],
    [
      ['12.5%', '7 %', '0'],
      ['0.125', '0.07', '0'],
    ],
    [
      ['1e-3', '2.5E4'],
      ['1e-3', '2.5E4'],
    ],
  ])('%j are %j', (cells, expected) => {
    expect(first(column(cells))).toStrictEqual(expected);
    expect(readCsv(column(cells)).facts[0]).toMatchObject({ kind: 'number', unusual: null });
  });

  test.each(['null', 'NaN', 'N/A', 'NA', '#N/A', '-', '', '.', 'none', ' '])(
    '%j is missing',
    (gap) => {
      const csv = readCsv(column(['1', gap, '3']));
      expect(csv.rows[1]?.[0]).toBe('');
      expect(csv.facts[0]).toMatchObject({ kind: 'number', missing: 1, firstMissing: { line: 3 } });
    },
  );

  test('a column decides by all of its cells, never one by one', () => {
    const cells = [...Array.from({ length: 30 }, () => '1,234'), '12,5'];
    expect(first(column(cells))).toStrictEqual([
      ...Array.from({ length: 30 }, () => '1.234'),
      '12.5',
    ]);
  });

  test('where no cell decides, the other columns do, and else it is said', () => {
    expect(first('a;b\n1,234;0,5\n2,345;0,7')).toStrictEqual(['1.234', '2.345']);
    expect(first('a;b\n"1,234";0.5\n"2,345";0.7')).toStrictEqual(['1234', '2345']);
    expect(notes('a,b\n"1,234",x\n"2,345",y')).toContain('no cell shows');
    expect(first('a,b\n"1,234",x\n"2,345",y', { decimal: 'comma' })).toStrictEqual([
      '1.234',
      '2.345',
    ]);
  });

  test('two decimal signs or two currencies in one column are told', () => {
    const mixed = readCsv(
      column(['1.5', '2.5', '3,5', ...Array.from({ length: 20 }, () => '1.5')]),
    );
    expect(mixed.facts[0]?.unusual).toStrictEqual({ line: 4, text: '3,5' });
    const money = readCsv(column([...Array.from({ length: 20 }, () => '$1'), '€2']));
    expect(money.facts[0]?.unusual).toStrictEqual({ line: 22, text: '€2' });
  });

  test('what was converted is said', () => {
    expect(notes(column(['1,5', '2,5']))).toBe('Decimal commas were read in “x”.');
    expect(notes(column(['5%', '2%']))).toBe('Per cent were divided by 100 in “x”.');
    expect(notes(column(['$5', '$2']))).toContain('The currency “$” was taken away in “x”.');
    expect(notes(column(['5', '2']))).toBe('');
  });
});

describe('dates', () => {
  test.each([
    ['x', ['2024-01-02', '2024-01-03'], ['2024-01-02', '2024-01-03']],
    ['x', ['2024/1/2', '2024/1/13'], ['2024-01-02', '2024-01-13']],
    ['x', ['2024.01.02 09:30', '2024.01.03 10:00'], ['2024-01-02T09:30:00', '2024-01-03T10:00:00']],
    [
      'x',
      ['2024-01-02 00:00:00-05:00', '2024-07-02T00:00:00Z'],
      ['2024-01-02T05:00:00Z', '2024-07-02T00:00:00Z'],
    ],
    ['x', ['31.01.2024', '1.2.2024'], ['2024-01-31', '2024-02-01']],
    ['x', ['01/31/2024', '02/01/2024'], ['2024-01-31', '2024-02-01']],
    ['x', ['31/01/2024', '01/02/2024'], ['2024-01-31', '2024-02-01']],
    [
      'x',
      ['01/02/2024', '02/02/2024', '03/02/2024', '01/03/2024'],
      ['2024-02-01', '2024-02-02', '2024-02-03', '2024-03-01'],
    ],
    ['x', ['1/2/24 3:30 PM', '1/13/24 9:00 AM'], ['2024-01-02T15:30:00', '2024-01-13T09:00:00']],
    ['x', ['Jan 02, 2024', 'Feb 29, 2024'], ['2024-01-02', '2024-02-29']],
    ['x', ['02-Jan-2024', '3 February 2024'], ['2024-01-02', '2024-02-03']],
    ['<DATE>', ['20240102', '20240103'], ['2024-01-02', '2024-01-03']],
    ['anything', ['20240102', '20240103', '20240104'], ['2024-01-02', '2024-01-03', '2024-01-04']],
    ['Date', ['45293', '45294'], ['2024-01-02', '2024-01-03']],
    ['timestamp', ['1704153600', '1704240000'], ['2024-01-02', '2024-01-03']],
    ['open_time', ['1704153600000', '1704240000000'], ['2024-01-02', '2024-01-03']],
    ['', ['2024-01-02', '2024-01-03'], ['2024-01-02', '2024-01-03']],
  ])('under “%s”, %j are %j', (header, cells, expected) => {
    const csv = readCsv(column(cells, header));
    expect(csv.facts[0]?.kind).toBe('date');
    expect(csv.rows.map(([cell]) => cell)).toStrictEqual(expected);
  });

  test.each([
    ['price', ['45293', '45294']],
    ['price', ['1704153600', '1704240000']],
    ['x', ['2024-02-30', '2024-02-01']],
    ['x', ['20241301', '20240101']],
    ['x', ['31/01/2024', '01/31/2024']],
  ])('under “%s”, %j are none', (header, cells) => {
    expect(readCsv(column(cells, header)).facts[0]?.kind).not.toBe('date');
  });

  test('day and month are guessed only where nothing tells, and that is said', () => {
    expect(notes(column(['05/03/2024', '02/01/2024', '03/02/2024'], 'Date'))).toContain(
      'would fit every cell',
    );
    const told = readCsv(column(['05/03/2024', '02/01/2024'], 'Date'), {
      reading: { dayFirst: true },
    });
    expect(told.rows[0]?.[0]).toBe('2024-03-05');
  });

  test.each([
    ['', ['0', '1', '2']],
    ['Unnamed: 0', ['0', '1', '2']],
    ['id', ['7', '8', '9']],
    ['time', ['1991.5', '1991.6', '1991.7']],
  ])('“%s” over %j counts the rows', (header, cells) => {
    expect(readCsv(column(cells, header)).columns[0]?.type).toBe('index');
  });

  test('a price called index is a price', () => {
    expect(readCsv(column(['100.5', '99.5', '101'], 'index')).columns[0]?.type).toBe('number');
  });
});

describe('lines', () => {
  test('blank lines, comments and lines in quotes are counted', () => {
    const csv = readCsv('# made by hand\n\na,b\n\n1,2\n# a remark, of, four\n"x\ny",3\n;\n4\n');
    expect(csv.columns.map(({ name }) => name)).toStrictEqual(['a', 'b']);
    expect(csv.lines).toStrictEqual([5, 7]);
    expect(csv.problems).toMatchObject([{ line: 9 }, { line: 10 }]);
  });

  test('a separator at the end of every line makes no column', () => {
    for (const text of ['a;b;\n1;2;\n3;4;\n', 'a;b\n1;2;\n3;4;\n', 'a;b;\n1;2\n3;4\n']) {
      const csv = readCsv(text);
      expect(csv.problems).toStrictEqual([]);
      expect(csv.rows).toStrictEqual([
        ['1', '2'],
        ['3', '4'],
      ]);
    }
  });

  test('a file without a header is read from its first line, and that is said', () => {
    const csv = readCsv('2024-01-02,1.5\n2024-01-03,1.6\n');
    expect(csv.totalRows).toBe(2);
    expect(csv.columns.map(({ name, type }) => [name, type])).toStrictEqual([
      ['column 1', 'date'],
      ['column 2', 'number'],
    ]);
    expect(csv.notes[0]?.message).toContain('first line holds numbers');
  });

  test('what Excel writes first, “sep=;”, is no header', () => {
    expect(readCsv('sep=;\r\na;b\r\n1,5;2\r\n')).toMatchObject({
      lines: [3],
      rows: [['1.5', '2']],
    });
  });
});

test('long and wide files are read in time that grows with their length', {
  timeout: 60_000,
}, () => {
  const wide = `${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n${Array.from({ length: 100_000 }, () => '1').join(',')}`;
  const ragged = `a,b\n${'1,2\n'.repeat(10)}${'3\n5,6\n'.repeat(150_000)}`;
  const start = performance.now();
  expect(readCsv(wide).columns).toHaveLength(100_000);
  const csv = readCsv(ragged, { keep: 10 });
  expect(csv.problems).toHaveLength(101);
  expect(csv.problems.at(-1)?.message).toBe('There are 149900 more faults further down.');
  expect(performance.now() - start).toBeLessThan(15_000);
});
