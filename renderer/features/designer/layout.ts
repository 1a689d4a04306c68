import { columnsOf, type Part, partsOf } from '#shared/circuit/blocks.ts';
import {
  type Circuit,
  type GateOperation,
  type InsidePlace,
  nameOfIndex,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { type Drawing, gateDrawingOf, type Tone } from './gate-drawing.ts';
import { bitRowOf, conditionRows, type LinkedRow } from '#shared/circuit/condition-rows.ts';
import { formatParameters } from './labels.ts';

/** Sizes in world units; at zoom 1 a unit is a CSS pixel. */
export const metrics = {
  rowHeight: 46,
  boxHeight: 32,
  columnWidth: 52,
  columnGap: 14,
  /** Above the first wire: numbers of columns, and below them notes on columns. */
  top: 32,
  numbers: 13,
  bottom: 18,
  left: 88,
  characterWidth: 7,
  /** Of a letter beside a classical wire. */
  signWidth: 5.8,
} as const;

/** A block that is drawn open: the ways through it side by side, each with a layout of its own. */
export interface Frame {
  readonly label: string;
  /** World units. */
  readonly left: number;
  readonly labelWidth: number;
  readonly ways: readonly {
    readonly label: string;
    readonly left: number;
    readonly labelWidth: number;
    readonly inner: Layout;
  }[];
}

/** A stretch of the text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What is drawn for one top-level operation, or for all that came out of one block. Rows count qubits from the top, then one row a classical register. */
export interface Glyph {
  /** In `circuit.operations`. */
  readonly index: number;
  readonly column: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly drawing: Drawing;
  /** The lowest classical row that it reads or writes with the sign beside it, and those above. */
  readonly link:
    | (LinkedRow & { readonly reads: boolean; readonly others?: readonly LinkedRow[] })
    | null;
  /** How many operations of the circuit, from `index` on, it stands for; left out = 1. */
  readonly members?: number;
  /** Of a block: what it is drawn from, as `circuit.operations` has it, and whether it is open. */
  readonly block?: BlockFacts;
  readonly frame?: Frame;
  /** Where its statement begins in the text. */
  readonly start?: number;
  /** Inside a frame: its statement in the text and the blocks around that. */
  readonly place?: InsidePlace;
}

export interface BlockFacts extends Stretch {
  readonly label: string;
  /** How many operations it stands for. */
  readonly count: number;
  readonly isOpen: boolean;
}

/** Draws parts of a circuit as blocks; null for a part that is none. */
export type BlockDrawer = (part: Part, bodyOf: (operation: Operation) => Body) => Body | null;

export interface Row {
  readonly kind: 'qubit' | 'bits';
  readonly label: string;
  /** Of a classical register: how many bits. */
  readonly size: number;
}

/** Where everything stands. Columns have the width of their widest glyph. */
export interface Layout {
  readonly rows: readonly Row[];
  readonly qubitCount: number;
  readonly columnCount: number;
  /** columnStart[c] is the left edge of column c; one more entry for the right edge of the last. */
  readonly columnStart: Float64Array;
  readonly glyphs: readonly Glyph[];
  /** Width that displays take at the right end of a column; its gates stand left of it. */
  readonly room?: ReadonlyMap<number, number>;
  /** First columns of the layers, where the drawing has layers. */
  readonly layerStarts?: readonly number[];
  /** Glyphs of each column. */
  readonly byColumn: readonly (readonly Glyph[])[];
}

/** Lays the circuit out, left-aligned. O(operations). */
export function layoutOf(
  circuit: Circuit,
  drawBlock: BlockDrawer = () => null,
  columns: readonly number[] = columnsOf(circuit),
  room: ReadonlyMap<number, number> = new Map(),
): Layout {
  const qubitCount = qubitCountOf(circuit);
  const bodyOf = (operation: Operation): Body => operationBody(circuit, operation, qubitCount);
  const glyphs: Glyph[] = [];
  const drawn: Glyph[] = [];
  for (const part of partsOf(circuit.operations, 0)) {
    const index = part.first;
    const count = part.kind === 'block' ? part.operations.length : 1;
    const body = drawBlock(part, bodyOf) ?? bodyOf(firstOf(part));
    const place = { index, column: columns[index] ?? 0 };
    const start = firstOf(part).origin?.start;
    const glyph = {
      ...body,
      ...place,
      ...(count === 1 ? {} : { members: count }),
      ...(start === undefined ? {} : { start }),
    };
    drawn.push(glyph);
    for (let i = 0; i < count; i++) glyphs.push(glyph);
  }
  const columnCount = columns.reduce((most, column) => Math.max(most, column + 1), 0);
  return layColumns(
    { rows: rowsOf(circuit, qubitCount), qubitCount, columnCount, room },
    glyphs,
    drawn,
    metrics.left,
  );
}

function firstOf(part: Part): Operation {
  return part.kind === 'operation' ? part.operation : (part.operations[0] as Operation);
}

/** Puts glyphs, whose columns are known, side by side from `left` on. */
export function layColumns(
  facts: Pick<Layout, 'rows' | 'qubitCount' | 'columnCount' | 'room'>,
  glyphs: readonly Glyph[],
  drawn: readonly Glyph[],
  left: number,
): Layout {
  const { columnCount } = facts;
  const byColumn: Glyph[][] = Array.from({ length: columnCount }, () => []);
  for (const glyph of drawn) byColumn[glyph.column]?.push(glyph);
  const columnStart = new Float64Array(columnCount + 1);
  columnStart[0] = left;
  byColumn.forEach((column, c) => {
    const widest = column.reduce((width, glyph) => Math.max(width, glyph.width), 0);
    const width =
      Math.max(metrics.columnWidth, widest + metrics.columnGap) + (facts.room?.get(c) ?? 0);
    columnStart[c + 1] = (columnStart[c] as number) + width;
  });
  const layout = { ...facts, columnStart, glyphs, byColumn };
  for (const glyph of drawn) {
    const centre = columnCentre(layout, glyph.column);
    if (glyph.frame !== undefined) moveFrame(glyph.frame, centre - glyph.width / 2);
  }
  return layout;
}

/** Moves a layout that was just made, frames included, to the place that turned out to be its own. */
export function moveLayout({ columnStart, glyphs }: Layout, by: number): void {
  for (let i = 0; i < columnStart.length; i++) {
    columnStart[i] = (columnStart[i] as number) + by;
  }
  for (const { frame } of glyphs) if (frame !== undefined) moveFrame(frame, by);
}

function moveFrame(frame: Frame, by: number): void {
  const moved = frame as { -readonly [Key in keyof Frame]: Frame[Key] };
  moved.left += by;
  moved.ways = frame.ways.map((way) => ({ ...way, left: way.left + by }));
  for (const { inner } of frame.ways) moveLayout(inner, by);
}

function rowsOf(circuit: Circuit, qubitCount: number): Row[] {
  const qubits = Array.from(
    { length: qubitCount },
    (_, index): Row => ({
      kind: 'qubit',
      label: nameOfIndex(circuit.qubitRegisters, index),
      size: 1,
    }),
  );
  const registers = circuit.bitRegisters.map(
    ({ name, size }): Row => ({
      kind: 'bits',
      label: name,
      size,
    }),
  );
  return [...qubits, ...registers];
}

/** What an operation by itself looks like. */
function operationBody(circuit: Circuit, operation: Operation, qubitCount: number): Body {
  switch (operation.kind) {
    case 'if':
      return conditional(circuit, operation);
    case 'measure': {
      const row = operation.bit === null ? null : bitRowOf(circuit, operation.bit, qubitCount);
      const link = row === null ? null : { row: row.row, text: String(row.bit), reads: false };
      return {
        top: operation.qubit,
        bottom: row?.row ?? operation.qubit,
        width: metrics.boxHeight,
        drawing: { kind: 'measure', row: operation.qubit },
        link,
      };
    }
    default:
      return unlinked(circuit, operation);
  }
}

/** A glyph whose place is not known yet. */
export type Body = Omit<Glyph, 'index' | 'column'>;

function unlinked(
  circuit: Circuit,
  operation: Exclude<Operation, { kind: 'if' | 'measure' }>,
): Body {
  const rows = qubitsOf(operation);
  const span = { top: Math.min(...rows), bottom: Math.max(...rows), link: null };
  switch (operation.kind) {
    case 'gate':
      return { ...span, ...gateBody(circuit, operation) };
    case 'reset':
      return {
        ...span,
        width: metrics.boxHeight,
        drawing: {
          kind: 'box',
          symbol: '|0⟩',
          label: '',
          targets: rows,
          controls: [],
          tone: 'other',
        },
      };
    case 'barrier':
      return { ...span, width: 12, drawing: { kind: 'barrier', rows } };
    case 'opaque':
      return { ...span, ...block(operation.label, rows) };
  }
}

function gateBody(circuit: Circuit, operation: GateOperation): Pick<Body, 'width' | 'drawing'> {
  const label = formatParameters(operation.parameters);
  const drawing = gateDrawingOf(circuit, operation, label);
  return { drawing, width: widthOf(drawing) };
}

function widthOf(drawing: Drawing): number {
  if (drawing.kind !== 'box') return metrics.boxHeight;
  const characters = Math.max(drawing.symbol.length * 1.25, drawing.label.length * 0.9);
  // The numbers of its ports stand beside the words.
  const room = drawing.targets.length > 1 ? 32 : 14;
  return Math.max(metrics.boxHeight + 4, Math.ceil(characters * metrics.characterWidth) + room);
}

/** A box over these rows with a word in it. */
export function block(symbol: string, rows: readonly number[], tone: Tone = 'other') {
  const drawing: Drawing = { kind: 'box', symbol, label: '', targets: rows, controls: [], tone };
  return { drawing, width: widthOf(drawing) };
}

/** A condition around a gate, or a box for more than that. */
function conditional(circuit: Circuit, operation: Extract<Operation, { kind: 'if' }>): Body {
  const rows = qubitsOf(operation);
  const only = operation.body.length === 1 ? operation.body[0] : undefined;
  const body =
    only?.kind === 'gate' && operation.otherwise.length === 0
      ? gateBody(circuit, only)
      : block('if', rows);
  const read = conditionRows(circuit, operation.condition);
  const lowest = read.at(-1);
  const others = read.slice(0, -1);
  const longest = read.reduce((most, { text }) => Math.max(most, text.length), 0);
  return {
    ...body,
    top: Math.min(...rows),
    bottom: Math.max(...rows, lowest?.row ?? 0),
    width: Math.max(body.width, longest * metrics.signWidth + 12),
    link:
      lowest === undefined
        ? null
        : { ...lowest, reads: true, ...(others.length === 0 ? {} : { others }) },
  };
}

/** Left edge of a column; columns beyond the last have the usual width. */
export function columnLeft(layout: Layout, column: number): number {
  if (column <= layout.columnCount) return layout.columnStart[Math.max(0, column)] as number;
  const end = layout.columnStart[layout.columnCount] as number;
  return end + (column - layout.columnCount) * metrics.columnWidth;
}

export function columnCentre(layout: Layout, column: number): number {
  const room = layout.room?.get(column) ?? 0;
  return (columnLeft(layout, column) + columnLeft(layout, column + 1) - room) / 2;
}

export function rowCentre(row: number): number {
  return metrics.top + (row + 0.5) * metrics.rowHeight;
}

/** The column at a world x; never less than 0. O(log columns). */
export function columnAt(layout: Layout, x: number): number {
  const end = layout.columnStart[layout.columnCount] as number;
  if (x >= end) return layout.columnCount + Math.floor((x - end) / metrics.columnWidth);
  let low = 0;
  let high = layout.columnCount;
  while (low < high - 1) {
    const middle = (low + high) >> 1;
    if ((layout.columnStart[middle] as number) <= x) low = middle;
    else high = middle;
  }
  return low;
}

/** The row at a world y, clamped to the rows that there are. */
export function rowAt(layout: Layout, y: number): number {
  const row = Math.floor((y - metrics.top) / metrics.rowHeight);
  return Math.min(Math.max(row, 0), Math.max(layout.rows.length - 1, 0));
}

/** Size of the whole drawing in world units, with room for one more column. */
export function sizeOf(layout: Layout): { readonly width: number; readonly height: number } {
  return {
    width: columnLeft(layout, layout.columnCount + 1) + metrics.columnGap,
    height: metrics.top + layout.rows.length * metrics.rowHeight + metrics.bottom,
  };
}
