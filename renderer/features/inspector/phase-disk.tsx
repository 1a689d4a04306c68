import { shortName } from '#renderer/lib/wire-name.ts';
import { diskOf } from '#renderer/lib/bloch.ts';
import { formatPhase } from './amplitudes.ts';
import { formatPercent } from '#renderer/lib/format.ts';

const radius = 40;

/** The share of |1⟩ as a filled disk, its phase to |0⟩ as a hand, and the purity as the ring's length. */
export function PhaseDisk({
  vector,
  name,
}: {
  vector: readonly [number, number, number];
  name: string;
}) {
  const { one, phase, purity } = diskOf(vector);
  const text = `${name}: 1 with ${formatPercent(one)}, ${phase === null ? 'no phase' : `phase ${formatPhase(phase)}`}, purity ${purity.toFixed(3)}`;
  const round = 2 * Math.PI * (radius + 5);
  return (
    <figure className="bloch" aria-label={text} title={text}>
      <svg viewBox="-50 -50 100 100" role="img" aria-label={text}>
        <circle className="bloch-sphere" r={radius} />
        <circle className="disk-fill" r={radius * Math.sqrt(one)} />
        <circle className="disk-ring-ground" r={radius + 5} />
        <circle
          className="disk-ring"
          r={radius + 5}
          strokeDasharray={`${round * purity} ${round}`}
          transform="rotate(-90)"
        />
        {phase === null ? null : (
          <line
            className="disk-hand"
            x2={radius * Math.cos(phase)}
            y2={-radius * Math.sin(phase)}
          />
        )}
      </svg>
      <figcaption>
        <span className="mono">{shortName(name, '[')}</span>
        <span className="number muted">tr ρ² {purity.toFixed(2)}</span>
      </figcaption>
    </figure>
  );
}
