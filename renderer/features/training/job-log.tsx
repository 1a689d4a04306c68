import { useState } from 'react';
import type { JobStatus } from '#shared/jobs/job.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';

/** The log, read when it is opened and again when the status changes. */
export function JobLog({ jobId, status }: { jobId: string; status: JobStatus }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="card" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Log</summary>
      {open ? <Lines key={status} jobId={jobId} /> : null}
    </details>
  );
}

function Lines({ jobId }: { jobId: string }) {
  const { data, error, reload } = useRequest('jobs.log', { jobId });
  if (error !== null) return <ErrorState error={error} onRetry={reload} />;
  if (data === null) return <Skeleton lines={4} />;
  if (data.length === 0) return <p className="muted">Nothing was logged.</p>;
  return (
    <ol className="log-lines mono">
      {data.map((line, index) => (
        <li key={index}>
          <time dateTime={line.at}>{line.at.slice(11, 23)}</time> {line.text}
        </li>
      ))}
    </ol>
  );
}
