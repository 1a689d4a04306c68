import { lazy, Suspense, useEffect, useState } from 'react';
import type { Objective } from '#shared/problems/objective.ts';
import { bestSoFar, type Steps, stepsOfCurve } from '#shared/results/curve.ts';
import type { Direction } from '#shared/results/metric.ts';
import { type Series, seriesOf } from '#shared/jobs/curve.ts';
import type { JobStatus } from '#shared/jobs/job.ts';
import { directionOf, titleOfMetric } from '#shared/results/metrics.ts';
import { client } from '#renderer/lib/client.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { newestOnly } from '#renderer/lib/newest-only.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Skeleton } from '#renderer/ui/states.tsx';
import type { Trace } from './curve.tsx';
import { bestOf, chartsOf, withPoints, wordOfBest } from './curves.ts';

const Curve = lazy(async () => ({ default: (await import('./curve.tsx')).Curve }));

/** Blocks that a curve is read as, and points after which it is read anew. */
const pixels = 1000;
const mostPoints = 4 * pixels;

interface Props {
  readonly jobId: string;
  readonly status: JobStatus;
  readonly steps: Steps;
  /** What the job is to reach; null where its problem has no objective. */
  readonly objective: Objective | null;
}

/** The live curves of a job; nothing where it has none. */
export function JobCurves({ jobId, status, steps, objective }: Props) {
  const series = useSeries(jobId, status);
  if (series.length === 0) return null;
  const isCourse = ({ name }: Series): boolean => stepsOfCurve(name, steps).areCourse;
  // A single result stands in the table; a chart of it has nothing to compare.
  const points = series.filter((one) => !isCourse(one) && one.x.length > 1);
  const [course] = series.filter(isCourse);
  if (points.length === 0 && course === undefined) return null;
  return (
    <section className="card stack" aria-label="Progress of the training">
      {points.length === 0 ? null : <PointsChart series={points} steps={steps.name} />}
      {course === undefined ? null : (
        <TrainingChart
          series={series.filter(isCourse)}
          steps={stepsOfCurve(course.name, steps).name}
          objective={objective}
        />
      )}
    </section>
  );
}

/** Results beside each other that follow no course, such as those of folds: no line joins them. */
function PointsChart({ series, steps }: { series: readonly Series[]; steps: string }) {
  const traces = series.map(
    ({ name, y }): Trace => ({ name: titleOfMetric(name), y, mark: 'points' }),
  );
  const x = series[0]?.x ?? new Float64Array(0);
  return (
    <>
      <h3>Results of the {steps}</h3>
      <Chart
        x={x}
        traces={traces}
        steps={steps}
        title={titleOfMetric(series[0]?.name ?? '')}
        endOnly={null}
      />
    </>
  );
}

interface TrainingProps {
  readonly series: readonly Series[];
  readonly steps: string;
  readonly objective: Objective | null;
}

function TrainingChart({ series, steps, objective }: TrainingProps) {
  const [name, setName] = useState<string | null>(null);
  const [isFocused, setIsFocused] = useState(false);
  const charts = chartsOf(series);
  const shown = charts.find((one) => one.name === name) ?? charts[0];
  const direction = shown === undefined ? null : directionOf(shown.name, objective);
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
            : `${wordOfBest(shown.name, objective)} ${formatNumber(best.y, 6)} at ${best.x}, `}
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

/** The curves as they were read, with what is pushed while the job runs. */
function useSeries(jobId: string, status: JobStatus): readonly Series[] {
  const [series, setSeries] = useState<readonly Series[]>([]);
  useEffect(() => {
    let current = true;
    const { ask: read } = newestOnly<string, readonly Series[]>(
      async (id) => (await client().request('runs.curves', { runs: [id], pixels })).map(seriesOf),
      // A curve that cannot be read leaves the last one; the job's own error is shown above.
      ({ output }) => current && output !== null && setSeries(output),
    );
    read(jobId);
    const stopPoints = client().on('runs.points', ({ run, curves }) => {
      if (run !== jobId) return;
      setSeries((before) => {
        const grown = withPoints(before, curves);
        // Long ones are read as blocks again.
        if (grown.some(({ x }) => x.length > mostPoints)) read(jobId);
        return grown;
      });
    });
    const stopConnection = client().onConnection((connected) => connected && read(jobId));
    return () => {
      current = false;
      stopPoints();
      stopConnection();
    };
  }, [jobId, status]);
  return series;
}
