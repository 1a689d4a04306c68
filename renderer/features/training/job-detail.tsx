import { CopyPlus, Dices, Flag, Pause, Play, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { anglesTable } from '#shared/results/angles.ts';
import { titleOfMetric } from '#shared/results/metrics.ts';
import type { JobDocument, JobSummary } from '#shared/jobs/job.ts';
import { formatCost, formatDate, formatNumber, formatSeconds } from '#renderer/lib/format.ts';
import { progressOf, stateOf, toneOfState } from '#renderer/lib/job-words.ts';
import { cloneJob, restartJob } from '#renderer/lib/job-draft-store.ts';
import {
  actOnJob,
  cancelJob,
  canFinishNow,
  isActive,
  removeJob,
  useJobs,
} from '#renderer/lib/jobs.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CancelButton } from '#renderer/ui/cancel-button.tsx';
import { stepsIn } from '#shared/results/steps.ts';
import { DataTableView } from '#renderer/ui/data-table-view.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { JobCurves } from './job-curves.tsx';
import { JobLog } from './job-log.tsx';
import { JobResult } from './job-result.tsx';
import { soFarOf } from './result.ts';

/** Everything about one job: where it stands, its curves, result, provenance and log. */
export function JobDetail({ jobId }: { jobId: string }) {
  const summary = useJobs((state) => state.jobs.find((job) => job.jobId === jobId) ?? null);
  const { data, error, reload } = useRequest('jobs.get', { jobId });
  const { data: read, reload: readAgain } = useRequest('jobs.reading', { jobId });
  const catalog = useRequest('catalog.list', { kind: 'algorithm' });
  const status = summary?.status;
  // The document is read again when the status changes; figures on the way come with the summary.
  useEffect(() => {
    if (status === undefined) return;
    reload();
    readAgain();
  }, [status, reload, readAgain]);
  if (error !== null && data === null) return <ErrorState error={error} onRetry={reload} />;
  if (data === null) return <Skeleton lines={10} label="Loading the job" />;
  const name = summary?.name ?? data.jobId;
  const steps = stepsIn(catalog.data ?? [], data.algorithm);
  const reading = read?.reading ?? null;
  const hasEnded = data.status === 'completed';
  return (
    <article className="job-detail" aria-label={name}>
      {summary === null ? null : (
        <JobHead
          job={summary}
          caveat={(hasEnded ? reading?.caveat : undefined) ?? null}
          hasCourse={steps.areCourse}
        />
      )}
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
      {hasEnded && !steps.areCourse ? <JobResult job={data} name={name} reading={reading} /> : null}
      {read === null || catalog.data === null ? null : (
        <JobCurves jobId={jobId} status={data.status} steps={steps} objective={read.objective} />
      )}
      {hasEnded && steps.areCourse ? <JobResult job={data} name={name} reading={reading} /> : null}
      <SoFar job={data} />
      <Provenance job={data} />
      <JobLog jobId={jobId} status={data.status} />
    </article>
  );
}

interface HeadProps {
  readonly job: JobSummary;
  readonly caveat: string | null;
  readonly hasCourse: boolean;
}

function JobHead({ job, caveat, hasCourse }: HeadProps) {
  const active = isActive(job.status);
  const isPaused = job.phase === 'paused';
  return (
    <header className="job-head">
      <div className="job-head-line">
        <h2 className="ellipsis" title={job.name}>
          {job.name}
        </h2>
        <Badge tone={caveat === null ? toneOfState(job) : 'warn'}>
          {caveat === null ? stateOf(job) : `completed, ${caveat}`}
        </Badge>
        <span className="spacer" />
        {active && isPaused ? (
          <Button
            command="job.resume"
            icon={<Play size={14} />}
            onClick={() => actOnJob('resume', job.jobId)}
          >
            Resume
          </Button>
        ) : null}
        {active && job.phase === null && job.canPause ? (
          <Button
            command="job.pause"
            icon={<Pause size={14} />}
            onClick={() => actOnJob('pause', job.jobId)}
          >
            Pause
          </Button>
        ) : null}
        {canFinishNow(job) ? (
          <Button
            icon={<Flag size={14} />}
            title="Stops where it is, evaluates once more with ten times the shots, and completes"
            onClick={() => actOnJob('finish', job.jobId)}
          >
            Finish now
          </Button>
        ) : null}
        {active ? (
          <CancelButton
            onCancel={() => cancelJob(job.jobId)}
            isCancelling={job.phase === 'cancelling'}
          />
        ) : null}
      </div>
      {/* Far from where Cancel was: a second click on that must find nothing. */}
      <div className="job-head-line muted">
        <span className="ellipsis">
          {job.algorithm} on {job.qpuBackend}, {formatDate(job.submittedAt)}
        </span>
        <span className="spacer" />
        <Button tone="quiet" icon={<CopyPlus size={14} />} onClick={() => void cloneJob(job)}>
          Clone and edit
        </Button>
        <Button
          tone="quiet"
          icon={<Dices size={14} />}
          title="Runs the same spec with the next seed"
          onClick={() => void restartJob(job)}
        >
          Another seed
        </Button>
        {active ? null : (
          <Button
            command="job.remove"
            tone="quiet"
            icon={<Trash2 size={14} />}
            onClick={() => removeJob(job)}
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
      {active && hasCourse ? <Metrics metrics={job.metrics} /> : null}
    </header>
  );
}

/** What a job without figures is doing. */
function idleWords(job: JobSummary): string {
  if (job.phase === 'paused') return 'Paused';
  return job.status === 'queued' ? 'Waiting for its turn' : 'Computing the first step…';
}

/** The latest figures. The best so far stands at the curve, with where it was reached. */
function Metrics({ metrics }: { metrics: Readonly<Record<string, number>> }) {
  const entries = Object.entries(metrics).filter(
    ([name]) => name !== 'best' || !('expectation' in metrics),
  );
  if (entries.length === 0) return null;
  return (
    <dl className="figures">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name === 'best' ? 'Best so far' : `${titleOfMetric(name)}, latest`}</dt>
          <dd className="number">{formatNumber(value, 6)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a run that was stopped had reached: its work is not lost with it. */
function SoFar({ job }: { job: JobDocument }) {
  const soFar = soFarOf(job.error?.details);
  const angles = soFar === null ? null : anglesTable(soFar.parameters);
  if (soFar === null) return null;
  return (
    <section className="card stack" aria-label="Reached before the end">
      <h3>Reached before it was stopped</h3>
      <p className="number">
        Best expectation so far: <strong>{formatNumber(soFar.value, 6)}</strong>, with these angles.
        They can be given to another run as its initial parameters.
      </p>
      {angles === null ? null : <DataTableView table={angles} name={job.jobId} />}
    </section>
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
        <dt>Computing time</dt>
        <dd>
          {formatSeconds(job.measured.executionTime)}
          {job.measured.completedAt === null ? null : (
            <span className="muted">
              {' '}
              of {formatSeconds(wallSeconds(job))} from submission to the end, with waiting, loading
              and pauses
            </span>
          )}
        </dd>
        <dt>Cost</dt>
        <dd>{formatCost(job.cost)}</dd>
        {Object.entries(job.provenance).map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
    </details>
  );
}

/** By the clock, as the times in the log are. */
function wallSeconds({ measured }: JobDocument): number {
  return (Date.parse(measured.completedAt ?? '') - Date.parse(measured.submittedAt)) / 1000;
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
