import { useMemo } from 'react';
import { create } from 'zustand';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { JobStatus, JobSummary } from '#shared/jobs/job.ts';
import { client } from './client.ts';
import { goTo, useNavigation } from './navigation.ts';
import { announce, notify, notifyError } from './notices.ts';
import { removeUndoably, useRemovals, withoutHidden } from './removals.ts';
import { markTitle } from './window-title.ts';

interface JobsState {
  /** Newest first. */
  readonly jobs: readonly JobSummary[];
  readonly loaded: boolean;
  readonly error: AppError | null;
  /** The job whose detail is open; null = the form for a new one. */
  readonly selected: string | null;
}

/** Every job of the library, kept up to date by events. */
export const useJobs = create<JobsState>(() => ({
  jobs: [],
  loaded: false,
  error: null,
  selected: null,
}));

const pageSize = 1000;

/** Reads the list and follows its changes. */
export function followJobs(): void {
  client().on('jobs.changed', (job) => {
    tellEnd(job);
    useJobs.setState(({ jobs }) => ({ jobs: withJob(jobs, job) }));
  });
  client().on('jobs.removed', ({ jobId }) => {
    useJobs.setState(({ jobs, selected }) => ({
      jobs: jobs.filter((job) => job.jobId !== jobId),
      selected: selected === jobId ? null : selected,
    }));
  });
  // A reconnection may come with a gap in the events, so the list is read anew.
  client().onConnection((connected) => connected && void loadJobs());
  if (client().connected) void loadJobs();
}

export async function loadJobs(): Promise<void> {
  try {
    const { jobs } = await client().request('jobs.list', { limit: pageSize });
    useJobs.setState({ jobs: jobs.toSorted(newestFirst), loaded: true, error: null });
  } catch (thrown) {
    useJobs.setState({ error: asAppError(thrown), loaded: true });
  }
}

/** The list with the job changed or added. */
function withJob(jobs: readonly JobSummary[], job: JobSummary): readonly JobSummary[] {
  const index = jobs.findIndex((other) => other.jobId === job.jobId);
  if (index === -1) return [...jobs, job].toSorted(newestFirst);
  return jobs.with(index, job);
}

function newestFirst(a: JobSummary, b: JobSummary): number {
  return b.submittedAt.localeCompare(a.submittedAt) || a.jobId.localeCompare(b.jobId);
}

export function isActive(status: JobStatus): boolean {
  return status === 'queued' || status === 'running';
}

/** Computes now: neither waits for its turn nor is paused. */
export function isRunning({ status, phase }: Pick<JobSummary, 'status' | 'phase'>): boolean {
  return status === 'running' && phase !== 'paused' && phase !== 'waiting';
}

/** Whether it can end where it is with a result: it was asked neither for that nor to stop. */
export function canFinishNow({ status, phase, canFinish }: JobSummary): boolean {
  return canFinish && isActive(status) && phase !== 'finishing' && phase !== 'cancelling';
}

/** Says that a job has ended, wherever the user is; a part of a comparison ends with it. */
function tellEnd(job: JobSummary): void {
  const before = useJobs.getState().jobs.find(({ jobId }) => jobId === job.jobId);
  if (before === undefined || !isActive(before.status) || isActive(job.status)) return;
  if (job.benchmarkId !== null || job.status === 'cancelled') return;
  const text = `“${job.name}” ${job.status === 'failed' ? 'has failed' : 'is completed'}.`;
  markTitle(job.status === 'failed' ? 'Job failed' : 'Job completed');
  const { workspace } = useNavigation.getState();
  // Whoever looks at it sees it anyway, but does not hear it.
  if (workspace === 'training' && useJobs.getState().selected === job.jobId) announce(text);
  else notify(job.status === 'failed' ? 'warning' : 'info', text);
}

/** The jobs that are not being removed. */
export function useShownJobs(): readonly JobSummary[] {
  const jobs = useJobs((state) => state.jobs);
  const hidden = useRemovals((state) => state.hidden);
  return useMemo(() => {
    const shown = withoutHidden(jobs, hidden, ({ jobId }) => jobId);
    // The runs of a comparison go with it.
    return withoutHidden(shown, hidden, ({ benchmarkId }) => benchmarkId ?? '');
  }, [jobs, hidden]);
}

/** Takes a job that has ended away; for a while it can be taken back. */
export function removeJob({ jobId, name }: Pick<JobSummary, 'jobId' | 'name'>): void {
  removeUndoably({ key: jobId, label: name }, () => client().request('jobs.remove', { jobId }));
  useJobs.setState(({ selected }) => (selected === jobId ? { selected: null } : {}));
}

/** Opens a job's detail, wherever the user is. */
export function openJob(jobId: string | null): void {
  useJobs.setState({ selected: jobId });
  goTo('training');
}

/** Sends a spec to the queue and opens its job. Errors are the caller's to show. */
export async function submitJob(spec: unknown, priority = 0): Promise<string> {
  const { jobId } = await client().request('jobs.submit', { spec, priority });
  return jobId;
}

/** Stops a job; the list follows by event. */
export function cancelJob(jobId: string): Promise<unknown> {
  return client().request('jobs.cancel', { jobId });
}

/** Pauses, resumes, or ends with a result of what there is; the list follows by event. */
export function actOnJob(verb: 'pause' | 'resume' | 'finish', jobId: string): void {
  client().request(`jobs.${verb}`, { jobId }).catch(notifyError);
}
