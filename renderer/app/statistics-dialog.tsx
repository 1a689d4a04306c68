import { Hash } from 'lucide-react';
import type { ReactNode } from 'react';
import { type CircuitStatistics, statisticsOf } from '#shared/circuit/statistics.ts';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { hasDrawing, isStale } from '#renderer/lib/workspace/open-document.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';

const figures: readonly (readonly [keyof Omit<CircuitStatistics, 'gateCounts'>, string, string])[] =
  [
    ['width', 'Qubits', ''],
    ['bits', 'Classical bits', ''],
    ['operationCount', 'Operations', 'as drawn, a gate of your own as one'],
    ['depth', 'Depth', 'longest chain of operations on shared wires'],
    ['twoQubitDepth', 'Two-qubit depth', 'the same, gates on two or more qubits alone'],
    ['twoQubitGates', 'Two-qubit gates', 'gates on two or more qubits'],
    ['tCount', 'T count', 'T and T†'],
  ];

/** The figures of the open circuit, own gates looked into, and how often each gate is drawn. */
export function StatisticsDialog() {
  const open = useNavigation((state) => state.overlay === 'statistics');
  const document = useActiveDocument();
  if (!open || document === null) return null;
  const statistics = statisticsOf(document.drawn);
  const counts = Object.entries(statistics.gateCounts).toSorted(([, a], [, b]) => b - a);
  return (
    <Dialog title="Circuit statistics" onClose={() => showOverlay('none')}>
      {isStale(document) ? (
        <p className="muted">
          The text has errors.{' '}
          {hasDrawing(document) ? 'These are the figures of the last good circuit.' : ''}
        </p>
      ) : null}
      <Figures label="Figures of the circuit">
        {figures.map(([key, title, note]) => (
          <tr key={key}>
            <th scope="row">
              {title}
              {note === '' ? null : <span className="figure-note">{note}</span>}
            </th>
            <td className="right">{statistics[key].toLocaleString('en-US')}</td>
          </tr>
        ))}
      </Figures>
      <h3 className="figures-title">Operations by name</h3>
      {counts.length === 0 ? (
        <EmptyState
          icon={Hash}
          title="Nothing to count"
          text="The circuit has no operations yet."
        />
      ) : (
        <Figures label="Operations by name">
          {counts.map(([name, count]) => (
            <tr key={name}>
              <th scope="row" className="figure-gate">
                {name}
              </th>
              <td className="right">{count.toLocaleString('en-US')}</td>
            </tr>
          ))}
        </Figures>
      )}
    </Dialog>
  );
}

function Figures({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <table className="table figures" aria-label={label}>
      <tbody>{children}</tbody>
    </table>
  );
}
