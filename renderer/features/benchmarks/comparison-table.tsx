import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { countOf, formatNumber } from '#renderer/lib/format.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { labelOfMetric } from '#shared/results/metrics.ts';
import { type Interval, metricsOf } from './metrics.ts';

/** The contenders side by side: mean and interval of every metric. */
export function ComparisonTable({ benchmark }: { benchmark: BenchmarkDocument }) {
  const metrics = metricsOf(benchmark);
  const confidence = Math.round(100 * benchmark.spec.confidence);
  return (
    <section className="card" aria-label="Side by side">
      <div className="table-scroll" role="region" aria-label="Table of the methods" tabIndex={0}>
        <table className="table">
          <caption className="table-caption">
            Mean over {countOf(benchmark.spec.seeds.length, 'seed')} with a {confidence} % bootstrap
            interval
          </caption>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              {benchmark.contenders.map((contender) => (
                <th key={contender.label} scope="col" className="right">
                  {contender.label}{' '}
                  <Badge tone={contender.kind === 'quantum' ? 'accent' : 'plain'}>
                    {contender.kind}
                  </Badge>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => (
              <tr key={metric}>
                <th scope="row">{labelOfMetric(metric)}</th>
                {benchmark.contenders.map((contender) => (
                  <td key={contender.label} className="right">
                    <Figure interval={contender.metrics[metric]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {metrics.length === 0 ? <p className="muted">No figures yet.</p> : null}
    </section>
  );
}

function Figure({ interval }: { interval: Interval | undefined }) {
  if (interval === undefined) return <>–</>;
  return (
    <>
      {formatNumber(interval.mean)}{' '}
      <span className="muted interval">
        {interval.low === null || interval.high === null
          ? ''
          : `[${formatNumber(interval.low)}, ${formatNumber(interval.high)}]`}
      </span>
    </>
  );
}
