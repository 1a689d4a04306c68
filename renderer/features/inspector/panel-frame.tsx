import { Activity } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { formatSeconds } from '#renderer/lib/format.ts';
import { runOf, useRun } from '#renderer/lib/run.ts';
import { columnCountOf, columnsShown, placeName, useStepping } from '#renderer/lib/stepping.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { simulateAgain, useLive } from './live-simulation.ts';

interface Props {
  readonly label: string;
  readonly tools?: ReactNode;
  readonly children: (result: SimulationResult) => ReactNode;
}

/** What every inspector panel shares: loading, error, and the line that says how it was computed. */
export function PanelFrame({ label, tools, children }: Props) {
  const result = useLive((state) => state.result);
  const error = useLive((state) => state.error);
  return (
    <section className="inspector" aria-label={label}>
      {tools === undefined ? null : <div className="inspector-tools">{tools}</div>}
      <div className="inspector-body">
        {error !== null ? (
          <ErrorState error={error} onRetry={simulateAgain} />
        ) : result !== null ? (
          children(result)
        ) : (
          <Waiting />
        )}
      </div>
      {result === null || error !== null ? null : (
        <footer className="inspector-foot">
          <Place />
          <span title={result.methodReason}>{result.method}</span>
          <span>{result.precision === 'f64' ? 'complex128' : 'complex64'}</span>
          <span className="number">{formatSeconds(result.measured.seconds)}</span>
          {result.warnings.map((warning) => (
            <span key={warning} className="inspector-warning" title={warning}>
              {warning}
            </span>
          ))}
        </footer>
      )}
    </section>
  );
}

/** Says that the views show only the beginning of the circuit. */
function Place() {
  const document = useActiveDocument();
  const columns = useStepping((state) =>
    document === null ? null : columnsShown(document, state),
  );
  const run = useRun((state) => (document === null ? null : runOf(document, state)));
  if (document !== null && run !== null) {
    return (
      <span className="inspector-place">
        After {run.at} of the run’s steps, seed {run.seed}
      </span>
    );
  }
  if (document === null || columns === null) return null;
  return <span className="inspector-place">{placeName(columns, columnCountOf(document))}</span>;
}

/** Apart from the views, so that they are not drawn again when only the waiting begins or ends. */
function Waiting() {
  const pending = useLive((state) => state.pending);
  if (pending) return <Skeleton label="Simulating" />;
  return (
    <EmptyState
      icon={Activity}
      title="Nothing to show yet"
      text="The views follow the circuit as soon as it can be read."
    />
  );
}
