import { expect, test } from 'vitest';
import { flatTable } from '#shared/figures/data-table.ts';
import { drawFigure, figureSize } from '#shared/figures/draw.ts';
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
        expect(x).toBeLessThanOrEqual(figureSize.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(figureSize.height);
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
