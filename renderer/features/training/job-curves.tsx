import { lazy, Suspense, useEffect, useState } from 'react';
import type { JobStatus, Series } from '#shared/jobs/job.ts';
import { client } from '#renderer/lib/client.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { newestOnly } from '#renderer/lib/newest-only.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Skeleton } from '#renderer/ui/states.tsx';
import { bestOf } from './curves.ts';

const Curve = lazy(async () => ({ default: (await import('./curve.tsx')).Curve }));

const points = 2000;
const betweenReadsMs = 400;

/** The live curves of a job; nothing where it has none. */
export function JobCurves({ jobId, status }: { jobId: string; status: JobStatus }) {
  const series = useSeries(jobId, status);
  const [name, setName] = useState<string | null>(null);
  const shown = series.find((one) => one.name === name) ?? series[0];
  if (shown === undefined) return null;
  const best = bestOf(shown);
  return (
    <section className="card stack" aria-label="Progress of the training">
      <div className="row">
        {series.length < 2 ? (
          <h3>{shown.name}</h3>
        ) : (
          <Segmented
            label="Curve"
            value={shown.name}
            options={series.map((one) => ({ value: one.name, title: one.name }))}
            onChange={setName}
          />
        )}
        {best === null ? null : (
          <span className="muted number">
            lowest {formatNumber(best.y, 6)} at {best.x}, latest {formatNumber(shown.y.at(-1), 6)}
          </span>
        )}
      </div>
      <Suspense fallback={<Skeleton lines={6} label="Loading the chart" />}>
        <Curve series={shown} />
      </Suspense>
    </section>
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
