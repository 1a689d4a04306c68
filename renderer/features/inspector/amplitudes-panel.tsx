import { Sigma } from 'lucide-react';
import { useSettings } from '#renderer/lib/settings.ts';
import { EmptyState } from '#renderer/ui/states.tsx';
import { type AmplitudeRow, amplitudeRows, formatComplex, formatPhase } from './amplitudes.ts';
import { amplitudeQubits } from './live-simulation.ts';
import { PanelFrame } from './panel-frame.tsx';

/** Every amplitude with its phase, for small circuits. */
export function AmplitudesPanel() {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  return (
    <PanelFrame label="Amplitudes">
      {(result) => {
        const qubits = result.qubits.reduce((sum, [, size]) => sum + size, 0);
        if (result.state === null || result.state === undefined) {
          return <NoAmplitudes qubits={qubits} />;
        }
        return <Amplitudes rows={amplitudeRows(result.state, qubits, bitOrder)} />;
      }}
    </PanelFrame>
  );
}

function NoAmplitudes({ qubits }: { qubits: number }) {
  const text =
    qubits > amplitudeQubits
      ? `Amplitudes are listed for up to ${amplitudeQubits} qubits; this circuit has ${qubits}. See the probabilities instead.`
      : 'Qubits are measured, reset or conditioned on the way, so there is no single state before the end.';
  return <EmptyState icon={Sigma} title="No list of amplitudes" text={text} />;
}

function Amplitudes({ rows }: { rows: readonly AmplitudeRow[] }) {
  return (
    <table className="table amplitudes">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Amplitude</th>
          <th scope="col">Magnitude</th>
          <th scope="col">Phase</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={row.magnitude < 1e-9 ? 'muted' : ''}>
            <td className="mono">|{row.key}⟩</td>
            <td className="mono">{formatComplex(row.re, row.im)}</td>
            <td className="number">
              <span className="hidden-visually">{row.magnitude.toFixed(4)}</span>
              <span className="bars-track">
                <span className="bars-bar" style={{ width: `${100 * row.magnitude}%` }} />
              </span>
            </td>
            <td>
              <PhaseDisk phase={row.phase} magnitude={row.magnitude} />
              <span className="number">{row.magnitude < 1e-9 ? '–' : formatPhase(row.phase)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A clock hand at the phase; the hand's length is the magnitude. */
function PhaseDisk({ phase, magnitude }: { phase: number; magnitude: number }) {
  const length = 7 * Math.min(1, Math.max(magnitude, magnitude > 1e-9 ? 0.25 : 0));
  return (
    <svg className="phase-disk" viewBox="-9 -9 18 18" aria-hidden>
      <circle r="8" className="bloch-sphere" />
      <line className="bloch-vector" x2={length * Math.cos(phase)} y2={-length * Math.sin(phase)} />
    </svg>
  );
}
