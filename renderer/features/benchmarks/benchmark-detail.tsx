import { useEffect, useState } from 'react';
import { unreachable } from '#shared/base/assert.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { titleOfMetric, unitOfMetric } from '#shared/results/metrics.ts';
import { client } from '#renderer/lib/client.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import type { Tone } from '#renderer/lib/tone.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { SelectField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { BenchmarkHead } from './benchmark-head.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { IntervalFigure } from './interval-figure.tsx';
import { metricsOf } from './metrics.ts';
import { Setup } from './setup.tsx';

interface Props {
  readonly benchmarkId: string;
  /** Goes to another comparison. */
  readonly onOpen: (benchmarkId: string) => void;
}

/** One comparison: verdict, table, figure, differences, what was run and on what, export. */
export function BenchmarkDetail({ benchmarkId, onOpen }: Props) {
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
      <BenchmarkHead benchmark={data} onOpen={onOpen} />
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
      <Setup benchmark={data} />
    </article>
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

const meaningOfP =
  'Wilcoxon’s signed-rank test, two-sided, corrected after Holm unless the spec says otherwise';

/** Of the test of this row; a dash in comparisons of older versions. */
function pOf(
  { tests = [] }: BenchmarkDocument,
  { metric, baseline }: BenchmarkDocument['comparisons'][number],
): string {
  const test = tests.find((one) => one.metric === metric && one.b === baseline);
  return test === undefined ? '–' : String(Number(test.pCorrected.toPrecision(2)));
}

function Differences({ benchmark }: { benchmark: BenchmarkDocument }) {
  if (benchmark.comparisons.length === 0) return null;
  return (
    <section className="card stack" aria-label="Differences">
      <h3>Differences, paired by seed (positive favours the challenger)</h3>
      <div className="table-scroll" role="region" aria-label="Table of differences" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col">Challenger</th>
              <th scope="col">Baseline</th>
              <th scope="col" className="right">
                Difference
              </th>
              <th scope="col" className="right" title={meaningOfP}>
                p
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
                    : `${formatNumber(row.difference.mean)} [${formatNumber(row.difference.low)}, ${formatNumber(row.difference.high)}] ${unitOfMetric(row.metric)}`}
                </td>
                <td className="right">{pOf(benchmark, row)}</td>
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
