import { describe, expect, test } from 'vitest';
import { flatTable } from '#shared/figures/data-table.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import { journals, widths } from '#shared/figures/journals.ts';
import { lintDrawing } from '#shared/figures/lint.ts';
import { paperSheet, screenSheet } from '#shared/figures/sheet.ts';
import type { Figure } from '#shared/figures/figure.ts';
import { tableOfFigure } from '#shared/figures/figure-table.ts';
import type { Mark } from '#shared/figures/mark.ts';
import { svgOfDrawing } from '#shared/figures/svg.ts';

const common = { title: 'A & B', x: { title: 'x', unit: 's' }, y: { title: 'y', unit: '' } };
const figures: readonly Figure[] = [
  {
    ...common,
    kind: 'bars',
    id: 'bars',
    areBits: false,
    bars: [
      { label: 'a', value: 2, stderr: 0.5 },
      { label: 'b', value: -1 },
      { label: 'c', value: Number.NaN },
    ],
  },
  { ...common, kind: 'bars', id: 'no bars', areBits: true, bars: [] },
  {
    ...common,
    kind: 'lines',
    id: 'lines',
    note: 'with a band',
    lines: [
      {
        name: 'one',
        mark: 'line',
        x: [0, 1, 2],
        y: [1, Number.NaN, 3],
        low: [0, 1, 2],
        high: [2, 3, 4],
      },
      { name: 'two', mark: 'points', x: [0, 2], y: [5, 5] },
    ],
  },
  { ...common, kind: 'lines', id: 'a dot', lines: [{ name: 'one', mark: 'line', x: [3], y: [3] }] },
  {
    ...common,
    kind: 'scatter',
    id: 'scatter',
    groups: [
      {
        name: 'one',
        points: [
          { x: 1, y: 2, stderr: 0.1 },
          { x: Number.NaN, y: 1 },
        ],
      },
      { name: 'two', points: [] },
    ],
  },
  {
    ...common,
    kind: 'ranks',
    id: 'ranks',
    rows: [
      { label: 'a', rank: 1.5 },
      { label: 'b', rank: 1.5 },
      { label: 'c', rank: 3 },
    ],
    groups: [[0, 1]],
    criticalDifference: 1.2,
  },
  {
    ...common,
    kind: 'estimates',
    id: 'estimates',
    groups: ['raw', 'mitigated'],
    rows: [
      {
        label: 'Z0',
        estimates: [
          { value: 0.5, stderr: 0.1 },
          { value: 0.7, stderr: Number.NaN },
        ],
      },
      { label: 'Z1', estimates: [null, { value: 1, stderr: null }] },
    ],
  },
  {
    ...common,
    kind: 'histogram',
    id: 'histogram',
    edges: [0, 1, 2],
    groups: [
      { name: 'one', counts: [3, 0] },
      { name: 'two', counts: [1, 4] },
    ],
  },
  {
    ...common,
    kind: 'heat-map',
    id: 'heat map',
    rows: ['a', 'b'],
    columns: ['c', 'd'],
    values: [
      [1, -2],
      [Number.NaN, 0],
    ],
  },
];

const long = 'A gradient boosting machine with monotone constraints and early stopping, number';

/** What a paper must bear: long names, many rows, many groups, numbers of all sizes. */
const nasty: readonly Figure[] = [
  {
    ...common,
    kind: 'estimates',
    id: 'estimates',
    title: 'thirty models with long names',
    groups: ['one', long, 'raw', 'mitigated by zero-noise extrapolation'],
    rows: Array.from({ length: 30 }, (_, k) => ({
      label: `${long} ${k}`,
      estimates: [
        { value: k * 1e-5, stderr: 1e-6 },
        null,
        { value: -k * 1e-5, stderr: null },
        { value: 0, stderr: 0 },
      ],
    })),
  },
  {
    ...common,
    kind: 'ranks',
    id: 'ranks',
    title: 'ranks of thirty models',
    criticalDifference: 6.123456,
    groups: [
      [0, 9],
      [4, 19],
    ],
    rows: Array.from({ length: 30 }, (_, k) => ({ label: `${long} ${k}`, rank: 1 + k * 0.9 })),
  },
  ...[3, 12, 64].map(
    (count): Figure => ({
      ...common,
      kind: 'bars',
      id: 'bars',
      title: `${count} bars`,
      areBits: true,
      bars: Array.from({ length: count }, (_, k) => ({
        label: k.toString(2).padStart(k % 3 === 0 ? 16 : 40, '0'),
        value: (k + 1) * 1234.5678,
        stderr: 100,
      })),
    }),
  ),
  {
    ...common,
    kind: 'lines',
    id: 'lines',
    title: 'lines of eight groups',
    x: { title: `${long}, and on and on across the page`, unit: 'iterations of the optimiser' },
    y: { title: `${long}, and on and on up the page`, unit: 'mHa' },
    lines: Array.from({ length: 8 }, (_, k) => ({
      name: `${long} ${k}`,
      mark: 'line',
      x: [0, 123_456, 1_234_567],
      y: [-1.23456e-7 * k, 0, 9.87654e-7],
    })),
  },
  {
    ...common,
    kind: 'heat-map',
    id: 'heat-map',
    title: 'a matrix of thirty',
    rows: Array.from({ length: 30 }, (_, k) => `${long} ${k}`),
    columns: Array.from({ length: 30 }, (_, k) => `${long} ${k}`),
    values: Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => -0.123_456)),
  },
  {
    ...common,
    kind: 'heat-map',
    id: 'small-heat-map',
    title: 'a small matrix',
    rows: ['a', 'b'],
    columns: ['a', 'b'],
    values: [
      [1, -0.5],
      [0.25, 1e-9],
    ],
  },
  {
    ...common,
    kind: 'histogram',
    id: 'histogram',
    title: 'a histogram of large numbers',
    edges: [-1e9, 0, 1e9],
    groups: [
      { name: long, counts: [1, 2] },
      { name: 'other', counts: [1_000_000, 2] },
    ],
  },
  {
    ...common,
    kind: 'graph',
    id: 'graph',
    title: 'a ring of twelve',
    groups: ['left', 'right'],
    nodes: Array.from({ length: 12 }, (_, k) => ({ label: String(k), group: k % 2, at: null })),
    edges: [{ from: 0, to: 5, standsOut: true }],
  },
  {
    ...common,
    kind: 'scatter',
    id: 'scatter',
    title: 'points far from zero',
    groups: [{ name: 'one', points: [{ x: 1.23456e-9, y: -9.87654e12, stderr: 1e12 }] }],
  },
];

function placesIn(mark: Mark): readonly (readonly [number, number])[] {
  switch (mark.kind) {
    case 'rect':
      return [
        [mark.x, mark.y],
        [mark.x + mark.width, mark.y + mark.height],
      ];
    case 'line':
      return [mark.from, mark.to];
    case 'path':
    case 'area':
      return mark.points;
    case 'dot':
    case 'text':
      return [mark.at];
  }
}

test.each(figures.map((figure) => [figure.id, figure] as const))(
  'the %s are drawn inside their frame, as a file, and as a table',
  (_, figure) => {
    const drawing = drawFigure(figure);
    for (const mark of drawing.marks) {
      for (const [x, y] of placesIn(mark)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(drawing.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(drawing.height);
      }
      if (mark.kind === 'rect') expect(Math.min(mark.width, mark.height)).toBeGreaterThanOrEqual(0);
    }
    const svg = svgOfDrawing(drawing);
    expect(svg).toContain('A &amp; B');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const table = tableOfFigure(figure);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    const [head = [], ...body] = flatTable(table);
    for (const row of body) expect(row).toHaveLength(head.length);
  },
);

test('every value of a figure stands in its table', () => {
  const rows = figures.map((figure) => tableOfFigure(figure).rows.length);
  expect(rows).toEqual([3, 0, 5, 1, 2, 3, 2, 2, 2]);
});

test('values of a bar and of a line lie where the axis has them', () => {
  const heightOf = (value: number): number => {
    const drawn = drawFigure({
      ...common,
      kind: 'bars',
      id: 'b',
      areBits: false,
      bars: [
        { label: 'a', value },
        { label: 'b', value: 10 },
      ],
    });
    const bar = drawn.marks.find((mark) => mark.kind === 'rect');
    return bar?.kind === 'rect' ? bar.height : Number.NaN;
  };
  expect(heightOf(6) / heightOf(3)).toBeCloseTo(2, 10);
});

describe.each(
  journals.flatMap((journal) => widths.map((width) => [journal.title, width, journal] as const)),
)('for %s, %s width', (_, width, journal) => {
  const sheet = paperSheet(journal, width);
  test.each(nasty.map((figure) => [figure.title, figure] as const))('%s', (_title, figure) => {
    expect(lintDrawing(drawFigure(figure, sheet), sheet, journal)).toEqual([]);
  });
});

test('the lint of a journal says what it would send back', () => {
  const [journal] = journals;
  const sheet = paperSheet(journal, 'single');
  const figure = nasty.find(({ kind }) => kind === 'estimates') as Figure;
  const drawn = drawFigure(figure, sheet);
  const broken = (mark: Mark): string[] =>
    lintDrawing({ ...drawn, marks: [...drawn.marks, mark] }, sheet, journal);
  const text = { kind: 'text', text: 'word', anchor: 'start', paint: 'ink' } as const;
  expect(broken({ ...text, at: [drawn.width - 5, 12], size: 12 })).toEqual([
    expect.stringContaining('cut'),
  ]);
  expect(broken({ ...text, at: [1, drawn.height - 2], size: 6 })).toEqual([
    expect.stringContaining('3.3 pt'),
  ]);
  const label = drawn.marks.find((mark) => mark.kind === 'text') as Extract<Mark, { kind: 'text' }>;
  expect(broken({ ...label, text: 'over it' }).join(' ')).toContain('overlap');
  expect(lintDrawing(drawFigure(figure), screenSheet, journal).join(' ')).toContain('201');
});
