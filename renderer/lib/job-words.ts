import type { JobSummary } from '#shared/jobs/job.ts';
import type { Tone } from './tone.ts';
import { formatSeconds } from './format.ts';

/** The state of a job in one word; its phase where that says more. */
export function stateOf(job: Pick<JobSummary, 'status' | 'phase'>): string {
  return job.phase ?? job.status;
}

export function toneOfState(job: Pick<JobSummary, 'status' | 'phase'>): Tone {
  switch (job.status) {
    case 'completed':
      return 'good';
    case 'failed':
      return 'bad';
    case 'cancelled':
      return 'plain';
    case 'running':
      return job.phase === 'paused' ? 'warn' : 'accent';
    case 'queued':
      return 'plain';
  }
}

/** "40 %, about 2 min left". Empty where nothing is known. */
export function progressOf(job: Pick<JobSummary, 'fraction' | 'secondsLeft' | 'message'>): string {
  const parts = [
    job.message,
    job.fraction === null ? '' : `${Math.round(100 * job.fraction)} %`,
    job.secondsLeft === null ? '' : `about ${formatSeconds(job.secondsLeft)} left`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
