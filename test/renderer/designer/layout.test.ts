import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import { hitAt, indicesBetween } from '#renderer/features/designer/hit.ts';
import {
  columnAt,
  columnCentre,
  columnLeft,
  layoutOf,
  rowCentre,
} from '#renderer/features/designer/layout.ts';

const bell = circuitOf(2, [gate('h', [0]), gate('cx', [0, 1]), measure(0, 0)], 2);

describe('the layout', () => {
  test('puts operations into the leftmost free column', () => {
    const layout = layoutOf(bell);
    expect(layout.glyphs.map((glyph) => glyph.column)).toEqual([0, 1, 2]);
    expect(layout.rows.map((row) => row.label)).toEqual(['q[0]', 'q[1]', 'c']);
  });

  test('finds the column at every column centre, beyond the last as well', () => {
    const layout = layoutOf(circuitOf(1, [gate('rz', [0], [0.123456789]), gate('h', [0])]));
    for (let column = 0; column < 8; column++) {
      expect(columnAt(layout, columnCentre(layout, column))).toBe(column);
    }
    expect(columnAt(layout, -100)).toBe(0);
  });

  test('a column is as wide as its widest gate', () => {
    const layout = layoutOf(circuitOf(1, [gate('h', [0]), gate('u', [0], [0.123, 4.567, 8.901])]));
    const width = (column: number) => columnLeft(layout, column + 1) - columnLeft(layout, column);
    expect(width(1)).toBeGreaterThan(width(0));
  });

  test('draws a control as a dot and X under it as a plus', () => {
    const { drawing } = layoutOf(bell).glyphs[1] ?? {};
    expect(drawing).toMatchObject({
      kind: 'sign',
      sign: 'plus',
      targets: [1],
      controls: [{ row: 0, value: 1 }],
    });
  });

  test('an if with one gate draws that gate with a link to the bits', () => {
    const circuit = circuitOf(
      1,
      [
        {
          kind: 'if',
          condition: { bits: [0], value: 1 },
          body: [gate('x', [0])],
          otherwise: [],
        },
      ],
      1,
    );
    const [glyph] = layoutOf(circuit).glyphs;
    expect(glyph?.drawing).toMatchObject({ kind: 'box', symbol: 'X' });
    expect(glyph?.link).toEqual({ row: 1, text: '= 1', reads: true });
  });

  test('lays 10,000 gates out', () => {
    const operations = Array.from({ length: 10_000 }, (_, i) => gate('h', [i % 100]));
    const circuit = circuitOf(100, operations);
    expect(layoutOf(circuit).columnCount).toBe(100);
  });
});

describe('hit testing', () => {
  const layout = layoutOf(bell);
  const at = (row: number, column: number) => ({
    x: columnCentre(layout, column),
    y: rowCentre(row),
  });

  test('finds the gate under the pointer, and nothing on a bare wire', () => {
    expect(hitAt(layout, at(0, 0)).glyph?.index).toBe(0);
    expect(hitAt(layout, at(1, 0)).glyph).toBeNull();
  });

  test('a control and a target are legs of their own, a plain gate is not', () => {
    expect(hitAt(layout, at(0, 1)).leg).toBe(0);
    expect(hitAt(layout, at(1, 1)).leg).toBe(1);
    expect(hitAt(layout, at(0, 0)).leg).toBeNull();
  });

  test('a rubber band takes what lies wholly inside', () => {
    expect(indicesBetween(layout, { row: 0, column: 0 }, { row: 0, column: 9 })).toEqual([0, 2]);
    expect(indicesBetween(layout, { row: 1, column: 9 }, { row: 0, column: 0 })).toEqual([0, 1, 2]);
  });
});
