import { formatPercent } from '#renderer/lib/format.ts';
import { type AmplitudeRow, formatPhase } from './amplitudes.ts';
import { phaseColour } from './phase-colour.ts';

/** Magnitudes as upright bars, coloured by phase. */
export function StateBars({ rows }: { rows: readonly AmplitudeRow[] }) {
  const largest = Math.max(1e-9, ...rows.map(({ magnitude }) => magnitude));
  return (
    <ol className="state-bars" aria-label="Amplitudes by basis state">
      {rows.map(({ key, magnitude, phase }) => {
        const text = `|${key}⟩ magnitude ${magnitude.toFixed(4)} (${formatPercent(magnitude ** 2)}), phase ${formatPhase(phase)}`;
        return (
          <li key={key} title={text} aria-label={text}>
            <span className="state-bar-track">
              <span
                className="state-bar"
                style={{
                  height: `${(100 * magnitude) / largest}%`,
                  background: phaseColour(phase),
                }}
              />
            </span>
            <span className="state-bar-key mono">{key}</span>
          </li>
        );
      })}
    </ol>
  );
}
