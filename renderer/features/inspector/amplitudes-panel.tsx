import { Sigma } from 'lucide-react';
import { useState } from 'react';
import { formatPercent } from '#renderer/lib/format.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { type AmplitudeRow, amplitudeRows, formatComplex, formatPhase } from './amplitudes.ts';
import { hasOneState } from './averages.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { PhaseLegend } from './phase-legend.tsx';
import { QSphere } from './q-sphere.tsx';
import { StateBars } from './state-bars.tsx';

type Form = 'list' | 'bars' | 'sphere';

/** The amplitudes with their phases: all for small circuits, the largest for others. */
export function AmplitudesPanel() {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const [form, setForm] = useState<Form>('list');
  const [fits, setFits] = useState(false);
  return (
    <PanelFrame
      label="Amplitudes"
      tools={
        <>
          <Segmented
            label="Form of the amplitudes"
            value={form}
            options={[
              { value: 'list', title: 'List' },
              { value: 'bars', title: 'Bars' },
              { value: 'sphere', title: 'Q-sphere' },
            ]}
            onChange={setForm}
          />
          {form === 'bars' ? (
            <Segmented
              label="Scale of the bars"
              value={fits ? 'fit' : 'whole'}
              options={[
                { value: 'whole', title: '0–1' },
                { value: 'fit', title: 'Stretch' },
              ]}
              onChange={(value) => setFits(value === 'fit')}
            />
          ) : null}
          {form === 'list' ? null : <PhaseLegend />}
        </>
      }
    >
      {(result) => {
        const qubits = result.qubits.reduce((sum, [, size]) => sum + size, 0);
        const amplitudes = result.view?.amplitudes;
        if (amplitudes === null || amplitudes === undefined) {
          return <NoAmplitudes isOneState={hasOneState(result)} />;
        }
        const rows = amplitudeRows(amplitudes, qubits, bitOrder);
        return (
          <>
            {form === 'list' ? <List rows={rows} /> : null}
            {form === 'bars' ? <StateBars rows={rows} fits={fits} /> : null}
            {form === 'sphere' ? <QSphere rows={rows} qubits={qubits} /> : null}
            {amplitudes.rest < 1e-9 ? null : (
              <p className="inspector-note">
                The {amplitudes.entries.length} largest amplitudes; all others have{' '}
                {formatPercent(amplitudes.rest)} together.
              </p>
            )}
          </>
        );
      }}
    </PanelFrame>
  );
}

function NoAmplitudes({ isOneState }: { isOneState: boolean }) {
  const text = isOneState
    ? 'The method that was used here holds no list of amplitudes. Small circuits and pure states have one.'
    : 'Qubits are measured, reset or conditioned on the way, so there is no single state before the end.';
  return <EmptyState icon={Sigma} title="No list of amplitudes" text={text} />;
}

function List({ rows }: { rows: readonly AmplitudeRow[] }) {
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
              <PhaseHand phase={row.phase} magnitude={row.magnitude} />
              <span className="number">{row.magnitude < 1e-9 ? '–' : formatPhase(row.phase)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A clock hand at the phase; the hand's length is the magnitude. */
function PhaseHand({ phase, magnitude }: { phase: number; magnitude: number }) {
  const length = 7 * Math.min(1, Math.max(magnitude, magnitude > 1e-9 ? 0.25 : 0));
  return (
    <svg className="phase-disk" viewBox="-9 -9 18 18" aria-hidden>
      <circle r="8" className="bloch-sphere" />
      <line className="bloch-vector" x2={length * Math.cos(phase)} y2={-length * Math.sin(phase)} />
    </svg>
  );
}
