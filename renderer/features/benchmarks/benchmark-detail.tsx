import { Download, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { unreachable } from '#shared/base/assert.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { reportFormats } from '#shared/ipc/library.ts';
import { client } from '#renderer/lib/client.ts';
import { downloadText } from '#renderer/lib/download.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { isActive } from '#renderer/lib/jobs.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Badge, type Tone } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SelectField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { IntervalFigure } from './interval-figure.tsx';
import { metricsOf, titleOfMetric } from './metrics.ts';

/** One comparison: verdict, table, figure, differences, export. */
export function BenchmarkDetail({ benchmarkId }: { benchmarkId: string }) {
  const { data, error, reload } = useRequest('benchmarks.get', { benchmarkId });
  useEffect(
    () =>
      client().on('benchmarks.changed', (changed) => {
        if (changed.benchmarkId === benchmarkId) reload();
      }),
    [benchmarkId, reload],
  );
  if (error !== null && data === null) return <ErrorState error={error} onRetry={reload} />;
  if (data === null) return <Skeleton lines={10} label="Loading the comparison" />;
  return (
    <article className="benchmark" aria-label={data.name}>
      <Head benchmark={data} />
      {data.error === null ? null : (
        <p className="note note-bad" role="alert">
          {data.error.message}
        </p>
      )}
      {data.verdict === null ? null : (
        <div className="verdict">
          <Badge tone={verdictTone(data.verdict.verdict)}>{data.verdict.verdict}</Badge>
          <p>{data.verdict.text}</p>
        </div>
      )}
      {data.warnings.map((warning) => (
        <p key={warning} className="note note-warn">
          {warning}
        </p>
      ))}
      <ComparisonTable benchmark={data} />
      <Figure benchmark={data} />
      <Differences benchmark={data} />
    </article>
  );
}

function Head({ benchmark }: { benchmark: BenchmarkDocument }) {
  const exportAs = async (format: (typeof reportFormats)[number]): Promise<void> => {
    try {
      const id = benchmark.benchmarkId;
      const files = await client().request('reports.make', { id, format });
      for (const file of files) downloadText(file.name, file.mediaType, file.text);
    } catch (thrown) {
      notifyError(thrown);
    }
  };
  const cancel = (): void => {
    const { benchmarkId } = benchmark;
    client().request('benchmarks.cancel', { benchmarkId }).catch(notifyError);
  };
  const active = isActive(benchmark.status);
  return (
    <header className="stack">
      <div className="row">
        <h2 className="ellipsis">{benchmark.name}</h2>
        <span className="spacer" />
        {active ? (
          <Button tone="danger" icon={<Square size={14} />} onClick={cancel}>
            Cancel
          </Button>
        ) : null}
        {reportFormats.map((format) => (
          <Button
            key={format}
            icon={<Download size={14} />}
            aria-label={`Export as ${format.toUpperCase()}`}
            disabled={benchmark.status !== 'completed'}
            onClick={() => void exportAs(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </div>
      {benchmark.task === '' ? null : <p className="muted">{benchmark.task}</p>}
      {active ? (
        <div
          className="meter"
          role="progressbar"
          aria-label="Progress"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * (benchmark.fraction ?? 0))}
        >
          <span style={{ width: `${100 * (benchmark.fraction ?? 0)}%` }} />
        </div>
      ) : null}
    </header>
  );
}

function Figure({ benchmark }: { benchmark: BenchmarkDocument }) {
  const metrics = metricsOf(benchmark);
  const [chosen, setChosen] = useState<string | null>(null);
  const metric = chosen ?? metrics[0];
  if (metric === undefined) return null;
  return (
    <section className="card stack" aria-label="Figure">
      <div style={{ maxWidth: 280 }}>
        <SelectField
          label="Metric"
          value={metric}
          options={metrics.map((id) => ({ value: id, title: titleOfMetric(id) }))}
          onChange={(event) => setChosen(event.target.value)}
        />
      </div>
      <IntervalFigure benchmark={benchmark} metric={metric} />
    </section>
  );
}

function Differences({ benchmark }: { benchmark: BenchmarkDocument }) {
  if (benchmark.comparisons.length === 0) return null;
  return (
    <section className="card stack" aria-label="Differences">
      <h3>Differences, paired by seed (positive favours the challenger)</h3>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col">Challenger</th>
              <th scope="col">Baseline</th>
              <th scope="col" className="right">
                Difference
              </th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {benchmark.comparisons.map((row) => (
              <tr key={`${row.metric} ${row.challenger} ${row.baseline}`}>
                <td>{titleOfMetric(row.metric)}</td>
                <td>{row.challenger}</td>
                <td>{row.baseline}</td>
                <td className="right">
                  {row.difference === null
                    ? '–'
                    : `${formatNumber(row.difference.mean)} [${formatNumber(row.difference.low)}, ${formatNumber(row.difference.high)}]`}
                </td>
                <td>
                  <Badge tone={verdictTone(row.verdict)}>{row.verdict}</Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Verdict = BenchmarkDocument['comparisons'][number]['verdict'];

function verdictTone(verdict: Verdict): Tone {
  switch (verdict) {
    case 'advantage shown':
      return 'good';
    case 'disadvantage shown':
      return 'bad';
    case 'no advantage shown':
      return 'warn';
    case 'undecided':
      return 'plain';
    default:
      return unreachable(verdict);
  }
}
