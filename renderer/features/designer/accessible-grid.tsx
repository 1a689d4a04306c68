import { nameOfIndex } from '#shared/circuit/circuit.ts';
import { useInlineStates } from '#renderer/lib/inline-states.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { displaysOf, type InlineDisplay } from '#renderer/lib/workspace/displays.ts';
import { type Note, notesOf } from '#renderer/lib/workspace/notes.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { contentOf, wordsOf } from './display-content.ts';
import { useDesigner } from './designer-store.ts';
import { glyphTouching } from './hit.ts';
import { nameOfGlyph } from './labels.ts';
import type { Glyph, Layout } from './layout.ts';

const columnsAround = 6;
const rowsAround = 12;

interface Props {
  readonly document: OpenDocument;
  readonly layout: Layout;
}

/**
 * The circuit as a grid that screen readers read and the keyboard walks. It lies over the canvas and
 * holds only the cells around the cursor.
 */
export function AccessibleGrid({ document, layout }: Props) {
  const cursor = useDesigner((state) => state.cursor);
  const rows = around(cursor.row, rowsAround, layout.qubitCount);
  const columnCount = Math.max(layout.columnCount, cursor.column) + 1;
  const columns = around(cursor.column, columnsAround, columnCount);
  const notes = notesOf(document);
  const displays = displaysOf(document);
  // Drawn again when what the displays show has come.
  useInlineStates();
  return (
    <div
      className="designer-grid"
      role="grid"
      tabIndex={0}
      aria-label={`Circuit ${document.name}`}
      aria-rowcount={layout.qubitCount}
      aria-colcount={columnCount}
      aria-activedescendant={cellId(cursor.row, cursor.column)}
    >
      {rows.map((row) => (
        <div key={row} role="row" aria-rowindex={row + 1} className="hidden-visually">
          <span role="rowheader">{nameOfIndex(document.drawn.qubitRegisters, row)}</span>
          {columns.map((column) => {
            const glyph = glyphTouching(document.drawn, layout, { row, column });
            return (
              <span
                key={column}
                id={cellId(row, column)}
                role="gridcell"
                aria-colindex={column + 1}
                aria-selected={glyph !== undefined && document.selection.includes(glyph.index)}
              >
                {nameOfCell(document, glyph, row, column)}
                {notesIn(notes, glyph, row, column)}
                {displaysIn(document.key, displays, row, column)}
              </span>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function cellId(row: number, column: number): string {
  return `circuit-cell-${row}-${column}`;
}

function around(centre: number, reach: number, count: number): readonly number[] {
  const first = Math.max(0, centre - reach);
  const last = Math.min(count - 1, centre + reach);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
}

/** What is written on the gate and, in the first row, on the column. */
function notesIn(
  notes: readonly Note[],
  glyph: Glyph | undefined,
  row: number,
  column: number,
): string {
  const own = notes.filter(({ kind, index }) => kind === 'note' && index === glyph?.index);
  const above = notes.filter((note) => note.kind === 'column-note' && note.column === column);
  return [
    ...own.map(({ text }) => `, note: ${text}`),
    ...(row === 0 ? above.map(({ text }) => `, note on the column: ${text}`) : []),
  ].join('');
}

/** What displays on this wire and column show. */
function displaysIn(
  key: string,
  displays: readonly InlineDisplay[],
  row: number,
  column: number,
): string {
  const own = displays.filter((one) => one.qubit === row && one.column === column);
  const { key: shown, byColumn } = useInlineStates.getState();
  const { bitOrder } = useSettings.getState().settings;
  return own
    .map(({ show, qubit }) => {
      const state = shown === key ? byColumn.get(column) : undefined;
      return `, display, ${wordsOf(show, contentOf(show, qubit, state, bitOrder))}`;
    })
    .join('');
}

function nameOfCell(
  document: OpenDocument,
  glyph: Glyph | undefined,
  row: number,
  column: number,
): string {
  const what =
    glyph === undefined
      ? `Empty, ${nameOfIndex(document.drawn.qubitRegisters, row)}`
      : nameOfGlyph(document.drawn, glyph);
  return `${what}, column ${column + 1}`;
}
