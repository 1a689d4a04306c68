import { lazy, Suspense, useEffect, useState } from 'react';
import {
  type Aim,
  bestSoFar,
  type Direction,
  directionOf,
  stepsOf,
} from '#shared/jobs/direction.ts';
import type { JobStatus, Series } from '#shared/jobs/job.ts';
import { titleOfMetric } from '#shared/jobs/metric-words.ts';
import { client } from '#renderer/lib/client.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { newestOnly } from '#renderer/lib/newest-only.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Skeleton } from '#renderer/ui/states.tsx';
import type { Trace } from './curve.tsx';
import { bestOf, chartsOf, wordOfBest } from './curves.ts';

const Curve = lazy(async () => ({ default: (await import('./curve.tsx')).Curve }));

const points = 2000;
const betweenReadsMs = 400;

interface Props {
  readonly jobId: string;
  readonly status: JobStatus;
  readonly algorithm: string;
  /** What the job is to reach; null until its spec was read. */
  readonly aim: Aim | null;
}

/** The live curves of a job; nothing where it has none. */
export function JobCurves({ jobId, status, algorithm, aim }: Props) {
  const series = useSeries(jobId, status);
  if (series.length === 0 || aim === null) return null;
  const steps = stepsOf(algorithm, aim.kind);
  return (
    <section className="card stack" aria-label="Progress of the training">
      {aim.kind === 'classification' ? (
        <FoldChart series={series} steps={steps} />
      ) : (
        <TrainingChart series={series} steps={steps} aim={aim} />
      )}
    </section>
  );
}

/** Results of the folds beside each other: they follow no course, so no line joins them. */
function FoldChart({ series, steps }: { series: readonly Series[]; steps: string }) {
  const traces = series.map(
    ({ name, y }): Trace => ({ name: titleOfMetric(name), y, mark: 'points' }),
  );
  const x = series[0]?.x ?? new Float64Array(0);
  return (
    <>
      <h3>Accuracy by fold</h3>
      <Chart x={x} traces={traces} steps={steps} title="Accuracy" endOnly={null} />
    </>
  );
}

function TrainingChart(props: { series: readonly Series[]; steps: string; aim: Aim }) {
  const { series, steps, aim } = props;
  const [name, setName] = useState<string | null>(null);
  const [isFocused, setIsFocused] = useState(false);
  const charts = chartsOf(series);
  const shown = charts.find((one) => one.name === name) ?? charts[0];
  const direction = shown === undefined ? null : directionOf(shown.name, aim);
  if (shown === undefined) return null;
  const best = direction === null ? null : bestOf(shown, direction);
  return (
    <>
      <div className="row wrap">
        {charts.length < 2 ? (
          <h3>{titleOfMetric(shown.name)}</h3>
        ) : (
          <Segmented
            label="Curve"
            value={shown.name}
            options={charts.map((one) => ({ value: one.name, title: titleOfMetric(one.name) }))}
            onChange={setName}
          />
        )}
        <span className="muted number">
          {best === null
            ? ''
            : `${wordOfBest(shown.name, aim)} ${formatNumber(best.y, 6)} at ${best.x}, `}
          latest {formatNumber(shown.y.at(-1), 6)}
        </span>
        <span className="spacer" />
        {direction === null || shown.y.length < 10 ? null : (
          <label className="check">
            <input
              type="checkbox"
              checked={isFocused}
              onChange={(event) => setIsFocused(event.target.checked)}
            />
            Focus on the end
          </label>
        )}
      </div>
      <Chart
        x={shown.x}
        traces={tracesOf(shown, direction)}
        steps={steps}
        title={titleOfMetric(shown.name)}
        endOnly={isFocused ? direction : null}
      />
    </>
  );
}

function tracesOf({ name, y }: Series, direction: Direction | null): readonly Trace[] {
  const own: Trace = { name: titleOfMetric(name), y, mark: 'line' };
  // A curve that is the best so far already needs no second line.
  if (direction === null || name === 'best') return [own];
  return [own, { name: 'Best so far', y: bestSoFar(y, direction), mark: 'line' }];
}

function Chart(props: Parameters<typeof Curve>[0]) {
  return (
    <Suspense fallback={<Skeleton lines={6} label="Loading the chart" />}>
      <Curve {...props} />
    </Suspense>
  );
}

function useSeries(jobId: string, status: JobStatus): readonly Series[] {
  const [series, setSeries] = useState<readonly Series[]>([]);
  useEffect(() => {
    let current = true;
    const read = newestOnly<string, readonly Series[]>(
      (id) => client().request('jobs.series', { jobId: id, points }),
      // A curve that cannot be read leaves the last one; the job's own error is shown above.
      ({ output }) => current && output !== null && setSeries(output),
    );
    read(jobId);
    if (status !== 'running') return () => void (current = false);
    let due = false;
    const stop = client().on('jobs.changed', (job) => {
      if (job.jobId === jobId) due = true;
    });
    const timer = setInterval(() => {
      if (due) read(jobId);
      due = false;
    }, betweenReadsMs);
    return () => {
      current = false;
      stop();
      clearInterval(timer);
    };
  }, [jobId, status]);
  return series;
}
