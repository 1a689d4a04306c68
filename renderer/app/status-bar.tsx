import { useEffect, useMemo, useState } from 'react';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { useConnection } from '#renderer/lib/connection.ts';
import { countOf } from '#renderer/lib/format.ts';
import { isActive, isRunning, useShownJobs } from '#renderer/lib/jobs.ts';
import { goTo, showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { useNotices } from '#renderer/lib/notices.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { hasDrawing, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';

/** One line at the bottom: connection, the open circuit in figures, running jobs, bit order, help. */
export function StatusBar() {
  const lost = useConnection((state) => state.lost);
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const turn = (): void => changeSettings({ bitOrder: bitOrder === 'little' ? 'big' : 'little' });
  return (
    <footer className="status-bar" aria-label="Status">
      <span>
        <span className={`status-dot ${lost ? 'status-dot-off' : ''}`} aria-hidden />
        {lost ? 'Reconnecting' : 'Ready'}
      </span>
      <CircuitFigures />
      <LastWord />
      <JobFigures />
      <button type="button" onClick={turn} title="Turn the bit order of every view">
        {bitOrder === 'little' ? 'q0 rightmost' : 'q0 leftmost'}
      </button>
      <button type="button" onClick={() => showOverlay('palette')}>
        Commands
      </button>
      <button type="button" onClick={() => showOverlay('shortcuts')}>
        Shortcuts
      </button>
    </footer>
  );
}

const wordStaysMs = 10_000;

/** What the last action did, or why it did nothing, for a while: screen readers hear it from the announcer. */
function LastWord() {
  const said = useNotices((state) => state.announcement);
  return <Word key={said} said={said} />;
}

function Word({ said }: { readonly said: string }) {
  const [isOld, setOld] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOld(true), wordStaysMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <span className="status-word" title={said} aria-hidden>
      {isOld ? '' : said}
    </span>
  );
}

/** "2 jobs running, 12 waiting, 1 paused". */
function JobFigures() {
  const active = useShownJobs().filter(({ status }) => isActive(status));
  const running = active.filter(isRunning).length;
  const paused = active.filter(({ phase }) => phase === 'paused').length;
  const waiting = active.length - running - paused;
  const parts = [
    running === 0 ? 'No job running' : `${countOf(running, 'job')} running`,
    ...(waiting === 0 ? [] : [`${waiting} waiting`]),
    ...(paused === 0 ? [] : [`${paused} paused`]),
  ];
  return (
    <button type="button" onClick={() => goTo('training')}>
      {parts.join(', ')}
    </button>
  );
}

function CircuitFigures() {
  const document = useActiveDocument();
  const isSeen = useNavigation((state) => state.workspace === 'circuits');
  return document === null || !isSeen ? null : <FiguresOf document={document} />;
}

function FiguresOf({ document }: { readonly document: OpenDocument }) {
  const { drawn, parsed } = document;
  const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error').length;
  const { operationCount, depth } = useMemo(() => statisticsOf(drawn), [drawn]);
  return (
    <>
      {hasDrawing(document) ? (
        <button
          type="button"
          title="Circuit statistics (Alt+I)"
          onClick={() => showOverlay('statistics')}
        >
          <span>{countOf(qubitCountOf(drawn), 'qubit')}</span>
          <span>{countOf(operationCount, 'operation')}</span>
          <span>depth {depth}</span>
        </button>
      ) : null}
      {errors === 0 ? null : (
        <button type="button" className="status-errors" onClick={() => showOverlay('problems')}>
          {countOf(errors, 'error')}
        </button>
      )}
    </>
  );
}
