import { Activity, CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { countOf, formatSeconds } from '#renderer/lib/format.ts';
import { showOverlay } from '#renderer/lib/navigation.ts';
import { runOf, useRun } from '#renderer/lib/run.ts';
import { columnCountOf, columnsShown, placeName, useStepping } from '#renderer/lib/stepping.ts';
import { isStale, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { inWindowWords } from '#renderer/lib/window-words.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { cancelSimulation, simulateAgain, useLive } from './live-simulation.ts';

interface Props {
  readonly label: string;
  readonly tools?: ReactNode;
  readonly children: (result: SimulationResult) => ReactNode;
}

/** What every inspector panel shares: loading, error, and the line that says how it was computed. */
export function PanelFrame({ label, tools, children }: Props) {
  const result = useLive((state) => state.result);
  const error = useLive((state) => state.error);
  const document = useActiveDocument();
  const stale = document !== null && isStale(document) ? document : null;
  const isShown = result !== null && error === null;
  return (
    // A group, because the dock makes a landmark of the same name around it.
    <section className="inspector" role="group" aria-label={label}>
      {tools === undefined ? null : <div className="inspector-tools">{tools}</div>}
      <LongRun />
      <div className="inspector-body" data-stale={(stale !== null && isShown) || undefined}>
        {stale !== null && !isShown ? (
          <Unreadable document={stale} />
        ) : error !== null ? (
          <ErrorState
            error={new AppError(error.code, inWindowWords(error.message))}
            onRetry={simulateAgain}
          />
        ) : result !== null ? (
          children(result)
        ) : (
          <Waiting />
        )}
      </div>
      {isShown ? <Foot result={result} isStale={stale !== null} /> : null}
    </section>
  );
}

/** How the figures were computed, and what is to be known of them. */
function Foot({ result, isStale: stale }: { result: SimulationResult; isStale: boolean }) {
  const hasAmplitudes = ['statevector', 'density', 'trajectories', 'mps'].includes(result.method);
  const warnings = result.warnings.map(inWindowWords).filter((warning) => warning !== '');
  return (
    <footer className="inspector-foot">
      {stale ? (
        <span className="inspector-warning" role="status">
          The text has errors. Shown is the last good circuit.
        </span>
      ) : null}
      <Place />
      <span title={result.methodReason}>{result.method}</span>
      {hasAmplitudes ? (
        <span>{result.precision === 'f64' ? 'complex128' : 'complex64'}</span>
      ) : null}
      <span className="number">{formatSeconds(result.measured.seconds)}</span>
      {warnings.map((warning) => (
        <span key={warning} className="inspector-warning">
          {warning}
        </span>
      ))}
    </footer>
  );
}

/** In place of figures that would be those of another circuit. */
function Unreadable({ document }: { readonly document: OpenDocument }) {
  const count = document.parsed.diagnostics.filter(({ severity }) => severity === 'error').length;
  return (
    <EmptyState
      icon={CircleAlert}
      title={countOf(count, 'error')}
      text="The text cannot be read as a circuit. The views follow as soon as it can."
    >
      <Button onClick={() => showOverlay('problems')}>Show the problems</Button>
    </EmptyState>
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
        {run.at === 0
          ? 'Before the first step of the run'
          : `After ${countOf(run.at, 'step')} of the run`}
        , seed {run.seed}
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

/** What takes longer is said to be on its way. */
const quietMs = 300;

/** Whether a run has gone on for so long that its waiting is to be explained. */
function useIsLong(since: number | null): boolean {
  const [long, setLong] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return undefined;
    const timer = setTimeout(() => setLong(since), since + quietMs - performance.now());
    return () => clearTimeout(timer);
  }, [since]);
  return since !== null && long === since;
}

/** Says what runs, how far it is where that is known, and ends it on request. */
function LongRun() {
  const since = useLive((state) => state.since);
  const progress = useLive((state) => state.progress);
  const document = useActiveDocument();
  if (!useIsLong(since) || document === null) return null;
  const share = progress?.share ?? null;
  const words = `Simulating ${countOf(qubitCountOf(document.drawn), 'qubit')}`;
  const method = progress === null ? '' : ` by ${progress.method}`;
  const done = share === null ? '' : `, ${Math.floor(100 * share)} %`;
  return (
    <div className="inspector-run">
      <span title={progress === null ? undefined : inWindowWords(progress.methodReason)}>
        {words}
        {method}
        <span className="number">{done}</span>
      </span>
      <progress aria-label={words} {...(share === null ? {} : { value: share })} />
      <Button onClick={cancelSimulation}>Cancel</Button>
    </div>
  );
}
