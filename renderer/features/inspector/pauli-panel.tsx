import { Tally5 } from 'lucide-react';
import { useRef } from 'react';
import { EmptyState } from '#renderer/ui/states.tsx';
import { Averages } from './averages.tsx';
import { useDemandWhileShown } from './demand.ts';
import { PanelFrame } from './panel-frame.tsx';
import { type PauliRow, pauliRows } from './paulis.ts';

const shown = 128;

/** Expectations of Pauli strings as bars from −1 to 1. */
export function PauliPanel() {
  const element = useRef<HTMLDivElement>(null);
  useDemandWhileShown('pairs', element);
  return (
    <div ref={element} className="panel-fill">
      <PanelFrame label="Pauli expectations">
        {(result) => {
          const qubits = result.qubits.reduce((sum, [, size]) => sum + size, 0);
          const rows = pauliRows(result, qubits);
          return rows.length === 0 ? (
            <EmptyState
              icon={Tally5}
              title="All expectations vanish"
              text="No Pauli string that is looked at has an expectation other than 0."
            />
          ) : (
            <>
              <Averages result={result} />
              <List rows={rows} />
            </>
          );
        }}
      </PanelFrame>
    </div>
  );
}

function List({ rows }: { rows: readonly PauliRow[] }) {
  return (
    <>
      <ol className="paulis" aria-label="Pauli expectations, largest first">
        {rows.slice(0, shown).map(({ name, value }) => (
          <li key={name} aria-label={`${name}: ${value.toFixed(4)}`}>
            <span className="mono">{name}</span>
            <span className="pauli-track">
              <span
                className={value < 0 ? 'pauli-bar pauli-bar-negative' : 'pauli-bar'}
                style={{ width: `${50 * Math.min(1, Math.abs(value))}%` }}
              />
            </span>
            <span className="number">{value.toFixed(4).replace('-', '−')}</span>
          </li>
        ))}
      </ol>
      {rows.length > shown ? (
        <p className="inspector-note">{rows.length - shown} more have smaller expectations.</p>
      ) : null}
    </>
  );
}
