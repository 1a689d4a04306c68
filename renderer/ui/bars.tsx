import { formatPercent } from '#renderer/lib/format.ts';
import type { Histogram } from '#renderer/lib/histogram-rows.ts';
import { countOf } from '#renderer/lib/format.ts';

interface BarsProps {
  readonly histogram: Histogram;
  /** Shares of the outcomes among shots, drawn as marks over the bars. */
  readonly samples?: ReadonlyMap<
    string,
    { readonly share: number; readonly stderr: number }
  > | null;
}

/** Outcomes with their shares, one bar a row. */
export function Bars({ histogram, samples = null }: BarsProps) {
  const { rows, others } = histogram;
  const largest = rows.reduce(
    (most, { key }) => Math.max(most, samples?.get(key)?.share ?? 0),
    histogram.largest,
  );
  const digits = Math.min(rows[0]?.key.length ?? 1, 24);
  return (
    <ol
      className="bars"
      style={{ '--key-width': `${digits + 1}ch` } as React.CSSProperties}
      data-testid="histogram"
    >
      {rows.map((row, place) => (
        // By place, not by outcome: while a slider moves the outcomes come and go, the rows stay.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={place} aria-label={labelOf(row, samples)}>
          <span className="bars-key mono ellipsis" title={row.key}>
            {row.key}
          </span>
          <span className="bars-track">
            <span
              className="bars-bar"
              data-key={row.key}
              style={{ width: `${(100 * row.probability) / Math.max(largest, 1e-12)}%` }}
            />
            {samples === null ? null : (
              <span
                className="bars-mark"
                style={{
                  left: `${(100 * (samples.get(row.key)?.share ?? 0)) / Math.max(largest, 1e-12)}%`,
                }}
              />
            )}
          </span>
          <span className="bars-value number">
            {formatPercent(row.probability)}
            {samples === null ? '' : ` · ${formatPercent(samples.get(row.key)?.share ?? 0)}`}
          </span>
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

function labelOf(
  { key, probability }: Histogram['rows'][number],
  samples: BarsProps['samples'],
): string {
  const exact = `${key}: ${formatPercent(probability)}`;
  if (samples === null || samples === undefined) return exact;
  const { share, stderr } = samples.get(key) ?? { share: 0, stderr: 0 };
  return `${exact}, sampled ${formatPercent(share)} ± ${formatPercent(stderr)}`;
}
