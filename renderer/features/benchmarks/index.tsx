import './benchmarks.css';
import { ChartNoAxesColumn, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RequestOutput } from '#shared/ipc/contract.ts';
import { client } from '#renderer/lib/client.ts';
import { formatDate } from '#renderer/lib/format.ts';
import { stateOf, toneOfState } from '#renderer/lib/job-words.ts';
import { useRemovals, withoutHidden } from '#renderer/lib/removals.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { BenchmarkDetail } from './benchmark-detail.tsx';
import { NewBenchmarkDialog } from './new-benchmark-dialog.tsx';

type Row = RequestOutput<'benchmarks.list'>[number];

/** The Benchmarks workspace: comparisons at the left, the chosen one at the right. */
export function Benchmarks() {
  const { data: all, error, reload } = useRequest('benchmarks.list', {});
  const hidden = useRemovals((state) => state.hidden);
  const data = all === null ? null : withoutHidden(all, hidden, (row) => row.benchmarkId);
  const [selected, setSelected] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  useEffect(() => client().on('benchmarks.changed', reload), [reload]);
  useEffect(() => client().on('benchmarks.removed', reload), [reload]);
  const newestFirst = data?.toSorted((a, b) => b.executedAt.localeCompare(a.executedAt)) ?? null;
  const shown = newestFirst?.find((row) => row.benchmarkId === selected) ?? newestFirst?.[0];
  const create = (
    <Button
      command="benchmark.new"
      tone="primary"
      icon={<Plus size={15} />}
      onClick={() => setCreating(true)}
    >
      New comparison
    </Button>
  );
  return (
    <div className="page">
      <header className="page-head">
        <h1>Benchmarks</h1>
        <span className="spacer" />
        {create}
      </header>
      {error !== null ? (
        <ErrorState error={error} onRetry={reload} />
      ) : newestFirst === null ? (
        <Skeleton lines={10} label="Loading comparisons" />
      ) : shown === undefined ? (
        <EmptyState
          icon={ChartNoAxesColumn}
          title="No comparison yet"
          text="Compare a quantum method with classical ones on the same problem, over several seeds, with intervals and a verdict."
        >
          <Button onClick={() => setCreating(true)}>Set one up</Button>
        </EmptyState>
      ) : (
        <div className="split">
          <BenchmarkList rows={newestFirst} selected={shown.benchmarkId} onSelect={setSelected} />
          <BenchmarkDetail
            key={shown.benchmarkId}
            benchmarkId={shown.benchmarkId}
            onOpen={(benchmarkId) => {
              setSelected(benchmarkId);
              reload();
            }}
          />
        </div>
      )}
      {creating ? (
        <NewBenchmarkDialog
          onClose={() => setCreating(false)}
          onStarted={(benchmarkId) => {
            setSelected(benchmarkId);
            setCreating(false);
            reload();
          }}
        />
      ) : null}
    </div>
  );
}

interface ListProps {
  readonly rows: readonly Row[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

function BenchmarkList({ rows, selected, onSelect }: ListProps) {
  return (
    <ul className="pick-list" aria-label="Comparisons">
      {rows.map((row) => (
        <li key={row.benchmarkId}>
          <button
            type="button"
            aria-current={row.benchmarkId === selected ? 'true' : undefined}
            onClick={() => onSelect(row.benchmarkId)}
          >
            <span className="pick-title">
              <span className="ellipsis" title={row.name}>
                {row.name}
              </span>
              <Badge tone={toneOfState({ status: row.status, phase: null })}>
                {row.fraction !== null && row.status === 'running'
                  ? `${Math.round(100 * row.fraction)} %`
                  : stateOf({ status: row.status, phase: null })}
              </Badge>
            </span>
            <span className="muted">
              {row.verdict ?? 'no verdict yet'} · {formatDate(row.executedAt)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
