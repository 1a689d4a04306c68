import { AppError, exitCodeOf } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { JobDocument, JobSummary } from '#shared/jobs/job.ts';
import type { Invocation } from './command.ts';
import type { Session } from './session.ts';

/** Waits for a job's end, prints its document and gives the exit code. Ctrl-C cancels the job. */
export async function followJob(
  session: Session,
  jobId: string,
  invocation: Invocation,
): Promise<number> {
  const cancel = (): void => void session.request('jobs.cancel', { jobId }).catch(() => undefined);
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  try {
    await untilEnded(session, jobId, invocation.values.watch === true);
    const document = await session.request('jobs.get', { jobId });
    invocation.print(document, () => describe(document));
    return exitCodeOfJob(document);
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

function untilEnded(session: Session, jobId: string, watch: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (summary: JobSummary): void => {
      if (summary.jobId !== jobId) return;
      if (watch) process.stderr.write(`${stringifyPlain(summary)}\n`);
      if (['completed', 'failed', 'cancelled'].includes(summary.status)) resolve();
    };
    session.on('jobs.changed', look);
    // It may have ended before anybody listened.
    session.request('jobs.get', { jobId }).then((document) => {
      if (['completed', 'failed', 'cancelled'].includes(document.status)) resolve();
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
