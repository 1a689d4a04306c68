import { formatPercent } from '#renderer/lib/format.ts';
import { type AmplitudeRow, formatPhase } from './amplitudes.ts';
import { project } from '#renderer/lib/bloch.ts';
import { phaseColour } from './phase-colour.ts';
import { sphereNodes } from './sphere-nodes.ts';

const radius = 40;
const centre = 50;
/** Names of more states would lie over each other. */
const mostNames = 16;

/** Basis states on a sphere: size by probability, colour by phase. */
export function QSphere({ rows, qubits }: { rows: readonly AmplitudeRow[]; qubits: number }) {
  const nodes = sphereNodes(rows, qubits)
    .map((node) => ({ ...node, tip: project([node.x, node.y, node.z]) }))
    .toSorted((a, b) => Number(b.tip.behind) - Number(a.tip.behind));
  return (
    <svg className="q-sphere" viewBox="0 0 100 100" role="img" aria-label={labelOf(rows)}>
      <circle className="bloch-sphere" cx={centre} cy={centre} r={radius} />
      {Array.from({ length: Math.max(0, qubits - 1) }, (_, k) => {
        const polar = (Math.PI * (k + 1)) / qubits;
        const width = radius * Math.sin(polar);
        const { y } = project([0, 0, Math.cos(polar)]);
        return (
          <ellipse
            key={polar}
            className="bloch-line"
            cx={centre}
            cy={centre + radius * y}
            rx={width}
            ry={width * 0.31}
          />
        );
      })}
      {nodes.map(({ row, tip }) => {
        const [x, y] = [centre + radius * tip.x, centre + radius * tip.y];
        const colour = phaseColour(row.phase);
        return (
          <g key={row.key} className={tip.behind ? 'q-sphere-behind' : ''}>
            <title>{`|${row.key}⟩ ${formatPercent(row.magnitude ** 2)}, phase ${formatPhase(row.phase)}`}</title>
            <line x1={centre} y1={centre} x2={x} y2={y} stroke={colour} strokeWidth="0.7" />
            <circle cx={x} cy={y} r={1 + 4.5 * row.magnitude} fill={colour} />
            {nodes.length > mostNames ? null : (
              <text className="q-sphere-name" x={x} y={y - 3 - 4.5 * row.magnitude}>
                {row.key}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function labelOf(rows: readonly AmplitudeRow[]): string {
  const parts = rows
    .filter(({ magnitude }) => magnitude > 1e-6)
    .toSorted((a, b) => b.magnitude - a.magnitude)
    .slice(0, 8)
    .map(
      ({ key, magnitude, phase }) =>
        `${key} ${formatPercent(magnitude ** 2)} at phase ${formatPhase(phase)}`,
    );
  return `Q-sphere: ${parts.join('; ')}`;
}
