import { partMembers } from '#shared/circuit/blocks.ts';
import { type Circuit, qubitsOf } from '#shared/circuit/circuit.ts';
import {
  columnAt,
  columnCentre,
  type Glyph,
  type Layout,
  metrics,
  rowAt,
  rowCentre,
} from './layout.ts';
import type { Cell } from './plan.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What lies under a point. */
export interface Hit {
  readonly cell: Cell;
  readonly glyph: Glyph | null;
  /** A single leg that can be taken to another wire; null = the whole glyph is taken. */
  readonly leg: number | null;
  /** What lies there inside an open block; the innermost. */
  readonly inner?: Glyph;
}

/** Finds the topmost glyph at a world point. O(glyphs of the column). */
export function hitAt(layout: Layout, point: Point): Hit {
  const cell = { row: rowAt(layout, point.y), column: columnAt(layout, point.x) };
  const candidates = layout.byColumn[cell.column] ?? [];
  for (const glyph of candidates) {
    const offset = Math.abs(point.x - columnCentre(layout, glyph.column));
    if (offset > Math.max(glyph.width, 20) / 2 + 3) continue;
    const leg = legAt(glyph, cell.row, point.y);
    if (leg === 'none') continue;
    const inner = innerAt(glyph, cell.row, point);
    return inner === null ? { cell, glyph, leg } : { cell, glyph, leg: null, inner };
  }
  return { cell, glyph: null, leg: null };
}

/** The innermost glyph at a point of an open block; null for its frame. */
function innerAt(glyph: Glyph, row: number, point: Point): Glyph | null {
  for (const { inner } of glyph.frame?.ways ?? []) {
    for (const one of inner.glyphs) {
      const offset = Math.abs(point.x - columnCentre(inner, one.column));
      if (offset > Math.max(one.width, 20) / 2 + 3 || legAt(one, row, point.y) === 'none') continue;
      return innerAt(one, row, point) ?? one;
    }
  }
  return null;
}

const near = metrics.boxHeight / 2 + 2;

function legAt(glyph: Glyph, row: number, y: number): number | null | 'none' {
  const isNear = Math.abs(y - rowCentre(row)) <= near;
  const { drawing } = glyph;
  switch (drawing.kind) {
    case 'measure':
      return isNear && row === drawing.row ? null : 'none';
    case 'barrier':
      return drawing.rows.includes(row) ? null : 'none';
    default: {
      if (!isNear) return 'none';
      if (drawing.controls.some((control) => control.row === row)) return row;
      const first = Math.min(...drawing.targets);
      const last = Math.max(...drawing.targets);
      if (drawing.kind === 'sign') {
        if (!drawing.targets.includes(row)) return 'none';
        return drawing.controls.length + drawing.targets.length > 1 ? row : null;
      }
      return row >= first && row <= last ? null : 'none';
    }
  }
}

/** Indices of the glyphs whose body lies in the rectangle between two cells. */
export function indicesBetween(layout: Layout, a: Cell, b: Cell): readonly number[] {
  const [left, right] = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
  const [top, bottom] = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
  const found: number[] = [];
  for (let column = left; column <= Math.min(right, layout.columnCount - 1); column++) {
    for (const glyph of layout.byColumn[column] ?? []) {
      const lowest = glyph.link === null ? glyph.bottom : bottomOfQubits(glyph);
      if (glyph.top < top || lowest > bottom) continue;
      for (let i = 0; i < (glyph.members ?? 1); i++) found.push(glyph.index + i);
    }
  }
  return found.toSorted((x, y) => x - y);
}

function bottomOfQubits(glyph: Glyph): number {
  const { drawing } = glyph;
  switch (drawing.kind) {
    case 'measure':
      return drawing.row;
    case 'barrier':
      return Math.max(...drawing.rows);
    default:
      return Math.max(...drawing.targets, ...drawing.controls.map((control) => control.row));
  }
}

/** The glyph of the operation that acts on the qubit of the cell; wires that it only crosses do not count. */
export function glyphTouching(circuit: Circuit, layout: Layout, cell: Cell): Glyph | undefined {
  return (layout.byColumn[cell.column] ?? []).find((glyph) =>
    partMembers(circuit, glyph.index).some((index) => {
      const operation = circuit.operations[index];
      return operation !== undefined && qubitsOf(operation).includes(cell.row);
    }),
  );
}
