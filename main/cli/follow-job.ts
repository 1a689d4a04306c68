import { AppError, exitCodeOf } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { JobDocument, JobStatus } from '#shared/jobs/job.ts';
import type { Invocation } from './command.ts';
import { openSession, type Session } from './session.ts';

/** Waits for a job's end, prints its document and gives the exit code. Ctrl-C cancels the job. */
export async function followJob(
  session: Session,
  jobId: string,
  invocation: Invocation,
): Promise<number> {
  const document = await finalDocument(session, jobId, invocation.values.watch === true);
  invocation.print(document, () => describe(document));
  return exitCodeOfJob(document);
}

/** Where the instance that ran the job goes away, this process takes the job over. */
async function finalDocument(
  session: Session,
  jobId: string,
  watch: boolean,
): Promise<JobDocument> {
  try {
    return await untilEnded(session, jobId, watch);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'unavailable') throw thrown;
  }
  const own = await openSession({ publish: true });
  try {
    const { status } = await own.request('jobs.get', { jobId });
    if (!endedStatuses.has(status)) await own.request('jobs.resume', { jobId });
    return await untilEnded(own, jobId, watch);
  } finally {
    await own.close();
  }
}

const endedStatuses: ReadonlySet<JobStatus> = new Set(['completed', 'failed', 'cancelled']);

async function untilEnded(session: Session, jobId: string, watch: boolean): Promise<JobDocument> {
  const cancel = (): void => void session.request('jobs.cancel', { jobId }).catch(() => undefined);
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  try {
    await Promise.race([
      ended(session, jobId, watch),
      session.lost.then(() => {
        throw new AppError('unavailable', 'The Ketbench that ran the job has ended.');
      }),
    ]);
    return await session.request('jobs.get', { jobId });
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

function ended(session: Session, jobId: string, watch: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    session.on('jobs.changed', (summary) => {
      if (summary.jobId !== jobId) return;
      if (watch) process.stderr.write(`${stringifyPlain(summary)}\n`);
      if (endedStatuses.has(summary.status)) resolve();
    });
    // It may have ended before anybody listened.
    session.request('jobs.get', { jobId }).then(({ status }) => {
      if (endedStatuses.has(status)) resolve();
    }, reject);
  });
}

/** The exit code of a job that has ended (CONTRACT §1). */
function exitCodeOfJob(document: JobDocument): number {
  if (document.status === 'completed') return 0;
  if (document.status === 'cancelled') return exitCodeOf('cancelled');
  return exitCodeOf(document.error?.code ?? 'internal');
}

function describe(document: JobDocument): string {
  const lines = [
    `job ${document.jobId}: ${document.status}`,
    `${document.algorithm} on ${document.qpuBackend}, seed ${document.seed}, ${document.measured.executionTime.toFixed(2)} s`,
  ];
  if (document.error !== undefined) {
    lines.push(`error ${document.error.code}: ${document.error.message}`);
  }
  lines.push(...document.warnings.map((warning) => `warning: ${warning}`));
  if (document.result !== null) lines.push(stringifyPlain(document.result, 2));
  return lines.join('\n');
}

/** The id of a job from its beginning, as lists show it. */
export async function findJobId(session: Session, given: string): Promise<string> {
  const { jobs } = await session.request('jobs.list', { limit: 1000 });
  const fitting = jobs.filter(({ jobId }) => jobId.startsWith(given));
  if (fitting.length === 1 && fitting[0] !== undefined) return fitting[0].jobId;
  throw new AppError(
    fitting.length === 0 ? 'not-found' : 'bad-input',
    fitting.length === 0
      ? `There is no job “${given}”. “ketbench jobs list” shows them.`
      : `${fitting.length} jobs begin with “${given}”: give more of the id.`,
    { jobId: given },
  );
}
