import { Pause, Play, Square, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import type { JobDocument, JobSummary } from '#shared/jobs/job.ts';
import { formatCost, formatDate, formatNumber, formatSeconds } from '#renderer/lib/format.ts';
import { progressOf, stateOf, toneOfState } from '#renderer/lib/job-words.ts';
import { actOnJob, isActive, useJobs } from '#renderer/lib/jobs.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { JobCurves } from './job-curves.tsx';
import { JobLog } from './job-log.tsx';
import { JobResult } from './job-result.tsx';

/** Everything about one job: where it stands, its curves, result, provenance and log. */
export function JobDetail({ jobId }: { jobId: string }) {
  const summary = useJobs((state) => state.jobs.find((job) => job.jobId === jobId) ?? null);
  const { data, error, reload } = useRequest('jobs.get', { jobId });
  const status = summary?.status;
  // The document is read again when the status changes; figures on the way come with the summary.
  useEffect(() => {
    if (status !== undefined) reload();
  }, [status, reload]);
  if (error !== null && data === null) return <ErrorState error={error} onRetry={reload} />;
  if (data === null) return <Skeleton lines={10} label="Loading the job" />;
  return (
    <article className="job-detail" aria-label={summary?.name ?? data.jobId}>
      {summary === null ? null : <JobHead job={summary} />}
      {data.error === undefined || data.error.code === 'cancelled' ? null : (
        <div className="note note-bad" role="alert">
          <strong>{data.error.code}</strong>: {data.error.message}
        </div>
      )}
      {data.warnings.map((warning) => (
        <p key={warning} className="note note-warn">
          {warning}
        </p>
      ))}
      <JobCurves jobId={jobId} status={data.status} />
      {data.status === 'completed' ? <JobResult result={data.result} /> : null}
      <Provenance job={data} />
      <JobLog jobId={jobId} status={data.status} />
    </article>
  );
}

function JobHead({ job }: { job: JobSummary }) {
  const active = isActive(job.status);
  const isPaused = job.phase === 'paused';
  return (
    <header className="job-head">
      <div className="job-head-line">
        <h2 className="ellipsis" title={job.name}>
          {job.name}
        </h2>
        <Badge tone={toneOfState(job)}>{stateOf(job)}</Badge>
        <span className="spacer" />
        {active && isPaused ? (
          <Button icon={<Play size={14} />} onClick={() => actOnJob('resume', job.jobId)}>
            Resume
          </Button>
        ) : null}
        {active && job.phase === null && job.canPause ? (
          <Button icon={<Pause size={14} />} onClick={() => actOnJob('pause', job.jobId)}>
            Pause
          </Button>
        ) : null}
        {active ? (
          <Button
            tone="danger"
            icon={<Square size={14} />}
            onClick={() => actOnJob('cancel', job.jobId)}
          >
            Cancel
          </Button>
        ) : (
          <Button
            tone="danger"
            icon={<Trash2 size={14} />}
            onClick={() => actOnJob('remove', job.jobId)}
          >
            Remove
          </Button>
        )}
      </div>
      {active ? (
        <>
          <div
            className="meter"
            role="progressbar"
            aria-label="Progress"
            aria-valuemin={0}
            aria-valuemax={100}
            {...(job.fraction === null ? {} : { 'aria-valuenow': Math.round(100 * job.fraction) })}
          >
            <span style={{ width: `${100 * (job.fraction ?? 0)}%` }} />
          </div>
          <p className="muted number">{progressOf(job) || idleWords(job)}</p>
        </>
      ) : null}
      <Metrics metrics={job.metrics} />
    </header>
  );
}

/** What a job without figures is doing. */
function idleWords(job: JobSummary): string {
  if (job.phase === 'paused') return 'Paused';
  return job.status === 'queued' ? 'Waiting for its turn' : 'Computing the first step…';
}

function Metrics({ metrics }: { metrics: Readonly<Record<string, number>> }) {
  const entries = Object.entries(metrics);
  if (entries.length === 0) return null;
  return (
    <dl className="figures">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number">{formatNumber(value, 6)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Provenance({ job }: { job: JobDocument }) {
  return (
    <details className="card">
      <summary>Provenance</summary>
      <dl className="facts">
        <dt>Job</dt>
        <dd className="mono">{job.jobId}</dd>
        <dt>Algorithm</dt>
        <dd>{job.algorithm}</dd>
        <dt>Backend</dt>
        <dd>{job.qpuBackend}</dd>
        <dt>Seed</dt>
        <dd>{job.seed}</dd>
        <dt>Submitted</dt>
        <dd>{formatDate(job.measured.submittedAt)}</dd>
        <dt>Completed</dt>
        <dd>{formatDate(job.measured.completedAt)}</dd>
        <dt>Running time</dt>
        <dd>{formatSeconds(job.measured.executionTime)}</dd>
        <dt>Cost</dt>
        <dd>{formatCost(job.cost)}</dd>
        {Object.entries(job.provenance).map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
    </details>
  );
}

function Fact({ name, value }: { name: string; value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  return (
    <>
      <dt>{name}</dt>
      <dd className="mono">{text}</dd>
    </>
  );
}
