import type { Device } from '#shared/ipc/hardware.ts';
import { formatCost } from '#renderer/lib/format.ts';
import { progressOf, stateOf, toneOfState } from '#renderer/lib/job-words.ts';
import { cancelJob, isActive, openJob, useShownJobs } from '#renderer/lib/jobs.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CancelButton } from '#renderer/ui/cancel-button.tsx';

const shown = 20;

/** The newest jobs on devices, with where they stand at the vendor. */
export function HardwareJobs({ devices }: { devices: readonly Device[] }) {
  // The exact simulator runs everything that is trained here; its jobs are no hardware runs.
  const ids = new Set(devices.map((device) => device.id).filter((id) => id !== 'simulator'));
  const jobs = useShownJobs();
  const onDevices = jobs.filter((job) => ids.has(job.qpuBackend)).slice(0, shown);
  return (
    <section className="card stack" aria-label="Jobs on devices">
      <h2>Jobs on devices</h2>
      {onDevices.length === 0 ? (
        <p className="muted">Nothing was submitted yet.</p>
      ) : (
        <ul className="hardware-jobs">
          {onDevices.map((job) => (
            <li key={job.jobId}>
              <span className="hardware-job-name">
                <span className="ellipsis">{job.name}</span>
                <span className="muted ellipsis">
                  {job.error === null ? progressOf(job) : job.error.message}
                </span>
              </span>
              <span className="muted number">{formatCost(job.cost)}</span>
              <Badge tone={toneOfState(job)}>{stateOf(job)}</Badge>
              <Button onClick={() => openJob(job.jobId)}>Open</Button>
              {isActive(job.status) ? (
                <CancelButton
                  onCancel={() => cancelJob(job.jobId)}
                  isCancelling={job.phase === 'cancelling'}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
