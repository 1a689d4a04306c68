import { nameOfIndex, qubitsOf } from '#shared/circuit/circuit.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { useDesigner } from './designer-store.ts';
import { nameOfOperation } from './labels.ts';
import type { Layout } from './layout.ts';

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
  const columns = around(cursor.column, columnsAround, layout.columnCount + 1);
  return (
    <div
      className="designer-grid"
      role="grid"
      tabIndex={0}
      aria-label={`Circuit ${document.name}`}
      aria-rowcount={layout.qubitCount}
      aria-colcount={layout.columnCount + 1}
      aria-activedescendant={cellId(cursor.row, cursor.column)}
    >
      {rows.map((row) => (
        <div key={row} role="row" aria-rowindex={row + 1} className="hidden-visually">
          <span role="rowheader">{nameOfIndex(document.drawn.qubitRegisters, row)}</span>
          {columns.map((column) => {
            const found = operationAt(document, layout, row, column);
            return (
              <span
                key={column}
                id={cellId(row, column)}
                role="gridcell"
                aria-colindex={column + 1}
                aria-selected={found !== null && document.selection.includes(found)}
              >
                {nameOfCell(document, found, row, column)}
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

function operationAt(
  document: OpenDocument,
  layout: Layout,
  row: number,
  column: number,
): number | null {
  const glyph = (layout.byColumn[column] ?? []).find(({ index }) => {
    const operation = document.drawn.operations[index];
    return operation !== undefined && qubitsOf(operation).includes(row);
  });
  return glyph?.index ?? null;
}

function nameOfCell(
  document: OpenDocument,
  index: number | null,
  row: number,
  column: number,
): string {
  const operation = index === null ? undefined : document.drawn.operations[index];
  const what =
    operation === undefined
      ? `Empty, ${nameOfIndex(document.drawn.qubitRegisters, row)}`
      : nameOfOperation(document.drawn, operation);
  return `${what}, column ${column + 1}`;
}
