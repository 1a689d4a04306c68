import { formatNumber, formatPercent } from '#renderer/lib/format.ts';
import { niceCeiling } from '#renderer/lib/scale.ts';
import { type AmplitudeRow, formatPhase } from './amplitudes.ts';
import { phaseColour } from './phase-colour.ts';

/** Figures over more bars would not be read. */
const mostFigures = 16;

interface StateBarsProps {
  readonly rows: readonly AmplitudeRow[];
  /** Whether the axis ends at the largest bar, and not at 1. */
  readonly fits: boolean;
}

/** Magnitudes as upright bars on an axis, coloured by phase. */
export function StateBars({ rows, fits }: StateBarsProps) {
  const largest = Math.max(1e-9, ...rows.map(({ magnitude }) => magnitude));
  const top = fits ? niceCeiling(largest) : 1;
  return (
    <div
      className="state-bars"
      style={{ '--key-room': `${(rows[0]?.key.length ?? 1) + 1}ch` } as React.CSSProperties}
    >
      <div className="state-bars-axis" role="img" aria-label={`Magnitude from 0 to ${top}`}>
        <span>{formatNumber(top)}</span>
        <span>{formatNumber(top / 2)}</span>
        <span>0</span>
      </div>
      <ol className="state-bars-plot" aria-label="Amplitudes by basis state">
        {rows.map(({ key, magnitude, phase }) => {
          const text = `|${key}⟩ magnitude ${magnitude.toFixed(4)} (${formatPercent(magnitude ** 2)}), phase ${formatPhase(phase)}`;
          return (
            <li key={key} title={text} aria-label={text}>
              <span className="state-bar-track">
                {rows.length > mostFigures || magnitude < 1e-9 ? null : (
                  <span className="state-bar-figure">{formatNumber(magnitude, 3)}</span>
                )}
                <span
                  className="state-bar"
                  style={{
                    height: `${(100 * magnitude) / top}%`,
                    background: phaseColour(phase),
                  }}
                />
              </span>
              <span className="state-bar-key mono">{key}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
