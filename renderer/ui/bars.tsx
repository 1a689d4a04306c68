import { formatPercent } from '#renderer/lib/format.ts';
import type { Histogram } from '#renderer/lib/histogram-rows.ts';
import { countOf } from '#renderer/lib/format.ts';

/** Outcomes with their shares, one bar a row. */
export function Bars({ histogram }: { histogram: Histogram }) {
  const { rows, others, largest } = histogram;
  const digits = Math.min(rows[0]?.key.length ?? 1, 24);
  return (
    <ol
      className="bars"
      style={{ '--key-width': `${digits + 1}ch` } as React.CSSProperties}
      data-testid="histogram"
    >
      {rows.map((row) => (
        <li key={row.key} aria-label={`${row.key}: ${formatPercent(row.probability)}`}>
          <span className="bars-key mono ellipsis" title={row.key}>
            {row.key}
          </span>
          <span className="bars-track">
            <span
              className="bars-bar"
              data-key={row.key}
              style={{ width: `${(100 * row.probability) / Math.max(largest, 1e-12)}%` }}
            />
          </span>
          <span className="bars-value number">{formatPercent(row.probability)}</span>
        </li>
      ))}
      {others === null ? null : (
        <li className="bars-others">
          {countOf(others.count, 'other outcome')}: {formatPercent(others.probability)}
        </li>
      )}
    </ol>
  );
}
