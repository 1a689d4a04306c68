import { Activity } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { formatSeconds } from '#renderer/lib/format.ts';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { simulateAgain, useLive } from './live-simulation.ts';

interface Props {
  readonly label: string;
  readonly tools?: ReactNode;
  readonly children: (result: SimulationResult) => ReactNode;
}

/** What every inspector panel shares: loading, error, and the line that says how it was computed. */
export function PanelFrame({ label, tools, children }: Props) {
  const { result, error, pending } = useLive();
  return (
    <section className="inspector" aria-label={label} aria-busy={pending}>
      {tools === undefined ? null : <div className="inspector-tools">{tools}</div>}
      <div className="inspector-body">
        {error !== null ? (
          <ErrorState error={error} onRetry={simulateAgain} />
        ) : result !== null ? (
          children(result)
        ) : pending ? (
          <Skeleton label="Simulating" />
        ) : (
          <EmptyState
            icon={Activity}
            title="Nothing to show yet"
            text="The views follow the circuit as soon as it can be read."
          />
        )}
      </div>
      {result === null || error !== null ? null : (
        <footer className="inspector-foot">
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
