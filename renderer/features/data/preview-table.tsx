import { type DataPreview, distinctLimit } from '#shared/data/data-set.ts';
import { countOf, formatNumber } from '#renderer/lib/format.ts';

type Column = DataPreview['columns'][number];

/** A browser lays out more columns only slowly. */
const shownColumns = 300;

/** The first rows under typed columns, with what each column holds. */
export function PreviewTable({ preview }: { preview: DataPreview }) {
  const shown = preview.columns.slice(0, shownColumns);
  const hidden = preview.columns.length - shown.length;
  return (
    <figure className="preview">
      <div className="table-scroll" role="region" aria-label="Rows" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column.name} scope="col" className={isNumeric(column) ? 'right' : ''}>
                  {column.name}
                  <span className="preview-type">{describe(column)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, index) => (
              <tr key={index}>
                {shown.map((column, position) => (
                  <td key={column.name} className={isNumeric(column) ? 'right' : ''}>
                    {row[position] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className="muted">
        The first {preview.rows.length} of {preview.understood.isWhole ? '' : 'more than '}
        {countOf(preview.totalRows, 'row')}
        {hidden === 0 ? '' : `, the first ${shownColumns} of ${preview.columns.length} columns`}.
      </figcaption>
    </figure>
  );
}

function isNumeric(column: Column): boolean {
  return column.type === 'number' || column.type === 'integer';
}

function describe(column: Column): string {
  const parts: string[] = [column.type];
  if (isNumeric(column) && column.min !== null && column.max !== null) {
    parts.push(`${formatNumber(column.min)} to ${formatNumber(column.max)}`);
  } else {
    parts.push(
      `${column.distinct.toLocaleString('en')}${column.distinct >= distinctLimit ? ' or more' : ''} distinct`,
    );
  }
  if (column.missing > 0) parts.push(`${column.missing} missing`);
  return parts.join(' · ');
}
