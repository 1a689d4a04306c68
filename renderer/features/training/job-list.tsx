import { ListChecks, Plus } from 'lucide-react';
import { useRef } from 'react';
import type { JobSummary } from '#shared/jobs/job.ts';
import { formatDay } from '#renderer/lib/format.ts';
import { progressOf, stateOf, toneOfState } from '#renderer/lib/job-words.ts';
import { isActive, loadJobs, useJobs } from '#renderer/lib/jobs.ts';
import { useRowWindow } from '#renderer/lib/virtual-rows.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';

const rowHeight = 64;

/** All jobs, newest first; only the rows that are seen are in the page. */
export function JobList() {
  const { jobs, loaded, error, selected } = useJobs();
  return (
    <section className="job-list" aria-label="Jobs">
      <header className="job-list-head">
        <h1>Jobs</h1>
        <Button
          tone={selected === null ? 'plain' : 'primary'}
          icon={<Plus size={15} />}
          onClick={() => useJobs.setState({ selected: null })}
        >
          New job
        </Button>
      </header>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void loadJobs()} />
      ) : !loaded ? (
        <Skeleton lines={8} label="Loading jobs" />
      ) : jobs.length === 0 ? (
        <EmptyState
          icon={ListChecks}
          title="No jobs yet"
          text="Fill in the form and start one. It goes on while you work elsewhere in the window."
        />
      ) : (
        <Rows jobs={jobs} selected={selected} />
      )}
    </section>
  );
}

function Rows({ jobs, selected }: { jobs: readonly JobSummary[]; selected: string | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const { first, end } = useRowWindow(frame, jobs.length, rowHeight);
  const step = (delta: number): void => {
    const index = jobs.findIndex((job) => job.jobId === selected);
    const next = jobs[Math.min(Math.max(index + delta, 0), jobs.length - 1)];
    if (next === undefined) return;
    useJobs.setState({ selected: next.jobId });
    frame.current?.querySelector<HTMLElement>(`[data-job="${next.jobId}"]`)?.focus();
  };
  return (
    <div
      ref={frame}
      className="job-rows"
      role="listbox"
      aria-label="Jobs, newest first"
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') step(1);
        else if (event.key === 'ArrowUp') step(-1);
        else return;
        event.preventDefault();
      }}
    >
      <div role="presentation" style={{ height: jobs.length * rowHeight, position: 'relative' }}>
        {jobs.slice(first, end).map((job, offset) => (
          <Row
            key={job.jobId}
            job={job}
            isSelected={job.jobId === selected}
            isEntry={job.jobId === selected || (selected === null && first + offset === 0)}
            top={(first + offset) * rowHeight}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly job: JobSummary;
  readonly isSelected: boolean;
  /** Whether Tab stops here. */
  readonly isEntry: boolean;
  readonly top: number;
}

function Row({ job, isSelected, isEntry, top }: RowProps) {
  const open = (): void => useJobs.setState({ selected: job.jobId });
  return (
    <div
      className="job-row"
      role="option"
      data-job={job.jobId}
      aria-selected={isSelected}
      tabIndex={isEntry ? 0 : -1}
      style={{ top, height: rowHeight }}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') open();
      }}
    >
      <span className="job-row-name ellipsis" title={job.name}>
        {job.name}
      </span>
      <Badge tone={toneOfState(job)}>{stateOf(job)}</Badge>
      <span className="muted ellipsis">
        {isActive(job.status)
          ? progressOf(job) || job.algorithm
          : `${job.algorithm} on ${job.qpuBackend}`}
      </span>
      <span className="muted number">{formatDay(job.submittedAt)}</span>
      {job.status === 'running' && job.fraction !== null ? (
        <span className="meter">
          <span style={{ width: `${100 * job.fraction}%` }} />
        </span>
      ) : null}
    </div>
  );
}
