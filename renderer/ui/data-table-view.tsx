import { csvText } from '#shared/base/csv-text.ts';
import {
  type DataTable,
  flatTable,
  isEstimate,
  type TableCell,
  type TableColumn,
} from '#shared/figures/data-table.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { countOf, formatEstimate, formatNumber } from '#renderer/lib/format.ts';
import { turned } from '#renderer/lib/histogram-rows.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { SaveButtons } from './save-buttons.tsx';

const shownRows = 100;

/** A table of a result. Long ones are cut off on the screen and whole in a file. */
export function DataTableView({ table, name }: { table: DataTable; name: string }) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const { title, columns, rows } = table;
  const more = rows.length - shownRows;
  const isNumeric = columns.map((_, c) => rows.every((row) => typeof row[c] !== 'string'));
  const uncertain = uncertainColumns(table);
  const text = (cell: TableCell | undefined, column: TableColumn | undefined): string =>
    typeof cell === 'string' && column?.areBits === true
      ? turned(cell, bitOrder)
      : textOf(cell, column !== undefined && uncertain.has(column.id));
  return (
    <div className="data-table">
      <div className="row">
        <h4>{title}</h4>
        <span className="spacer" />
        <SaveButtons what={title} formats={saversOf(table, name)} />
      </div>
      <div className="table-scroll data-table-scroll" role="region" aria-label={title} tabIndex={0}>
        <table className="table" aria-label={title}>
          <thead>
            <tr>
              {columns.map((column, c) => (
                <th key={column.id} scope="col" className={c > 0 && isNumeric[c] ? 'right' : ''}>
                  {column.unit === undefined || column.unit === ''
                    ? column.title
                    : `${column.title} (${column.unit})`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownRows).map((row, r) => (
              // Rows of a result never move.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={r}>
                <th scope="row" className={columns[0]?.areBits === true ? 'mono' : ''}>
                  {text(row[0], columns[0])}
                </th>
                {columns.slice(1).map((column, c) => (
                  <td key={column.id} className={isNumeric[c + 1] ? 'right' : ''}>
                    {text(row[c + 1], column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 ? (
        <p className="muted">{countOf(more, 'more row')}: save the table to see them.</p>
      ) : null}
    </div>
  );
}

/** Columns that have an error somewhere; what is exact throughout is shown without. */
function uncertainColumns({ columns, rows }: DataTable): ReadonlySet<string> {
  const isUncertain = (cell: TableCell | undefined): boolean =>
    isEstimate(cell) && cell.stderr !== null && cell.stderr > 0;
  return new Set(
    columns.filter((_, c) => rows.some((row) => isUncertain(row[c]))).map(({ id }) => id),
  );
}

/** "0.802 ± 0.014"; the error is left out where there is none. */
function textOf(cell: TableCell | undefined, isUncertain: boolean): string {
  if (cell === undefined || cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (!isEstimate(cell)) return Number.isNaN(cell) ? '–' : formatNumber(cell, 6);
  const { value, stderr } = cell;
  if (Number.isNaN(value)) return '–';
  const hasError = isUncertain && stderr !== null && Number.isFinite(stderr);
  return hasError ? formatEstimate(value, stderr) : formatNumber(value, 6);
}

function saversOf(table: DataTable, name: string) {
  const file = fileNameOf(`${name} ${table.title}`);
  return [
    {
      format: 'CSV',
      save: () => downloadText(`${file}.csv`, 'text/csv', csvText(flatTable(table))),
    },
    {
      format: 'JSON',
      save: () => downloadText(`${file}.json`, 'application/json', `${stringifyPlain(table, 2)}\n`),
    },
  ];
}
