import { AppError, exitCodeOf } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { JobDocument, JobStatus } from '#shared/jobs/job.ts';
import type { Invocation } from './command.ts';
import type { Reading } from '#shared/results/reading.ts';
import type { Session } from './session.ts';

/**
 * Waits for a job's end, prints its document and gives the exit code. Ctrl-C cancels the job. One that
 * `rests` is resumed first.
 */
export async function followJob(
  session: Session,
  jobId: string,
  invocation: Invocation,
  rests = false,
): Promise<number> {
  if (rests) await resumed(session, jobId);
  const document = await endedJob(session, jobId, invocation.values.watch === true);
  const { reading } = await session.request('jobs.reading', { jobId });
  invocation.print(document, () => describe(document, reading));
  return exitCodeOfJob(document);
}

/** Waits for a job's end. Where the instance that runs it goes away, the next one goes on with it, or this process. */
export async function endedJob(
  session: Session,
  jobId: string,
  watch: boolean,
): Promise<JobDocument> {
  for (;;) {
    try {
      return await untilEnded(session, jobId, watch);
    } catch (thrown) {
      if (!isGone(thrown)) throw thrown;
    }
    await session.reopen();
    await resumed(session, jobId).catch((thrown: unknown) => {
      // It has ended in the meantime: that is found out above.
      if ((thrown as AppError).code !== 'conflict') throw thrown;
    });
  }
}

/** Resumes a job wherever it is: an instance that goes away before it has answered leaves it to the next. */
async function resumed(session: Session, jobId: string): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      await session.request('jobs.resume', { jobId });
      return;
    } catch (thrown) {
      // Resumed by the instance that went away, it may have ended with it.
      if (!isFirst && thrown instanceof AppError && thrown.code === 'conflict') return;
      if (!isGone(thrown)) throw thrown;
    }
    await session.reopen();
  }
}

/** Whether the instance went away. */
export function isGone(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'unavailable';
}

const endedStatuses: ReadonlySet<JobStatus> = new Set(['completed', 'failed', 'cancelled']);

async function untilEnded(session: Session, jobId: string, watch: boolean): Promise<JobDocument> {
  return cancellable(
    () => session.request('jobs.cancel', { jobId }),
    async () => {
      await untilGone<void>(session, (resolve, reject) => {
        const stop = session.on('jobs.changed', (summary) => {
          if (summary.jobId !== jobId) return;
          if (watch) process.stderr.write(`${stringifyPlain(summary)}\n`);
          if (endedStatuses.has(summary.status)) resolve();
        });
        // It may have ended before anybody listened.
        session.request('jobs.get', { jobId }).then(({ status }) => {
          if (endedStatuses.has(status)) resolve();
        }, reject);
        return stop;
      });
      return session.request('jobs.get', { jobId });
    },
  );
}

/** Ctrl-C and its like cancel what is waited for; the command ends with it. */
export async function cancellable<T>(
  cancel: () => Promise<unknown>,
  wait: () => Promise<T>,
): Promise<T> {
  const stop = (): void => void cancel().catch(() => undefined);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await wait();
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Waits for `listen` to resolve; rejects with `unavailable` where the instance goes away before. */
export async function untilGone<T>(
  session: Session,
  listen: (resolve: (value: T) => void, reject: (thrown: unknown) => void) => () => void,
): Promise<T> {
  let stop = (): void => undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      stop = listen(resolve, reject);
      void session.lost.then(() =>
        reject(new AppError('unavailable', 'The Ketbench that did the work has ended.')),
      );
    });
  } finally {
    stop();
  }
}

/** The exit code of a job that has ended (CONTRACT §1). */
export function exitCodeOfJob(document: JobDocument): number {
  if (document.status === 'completed') return 0;
  if (document.status === 'cancelled') return exitCodeOf('cancelled');
  return exitCodeOf(document.error?.code ?? 'internal');
}

function describe(document: JobDocument, reading: Reading | null): string {
  const lines = [
    `job ${document.jobId}: ${document.status}`,
    `${document.algorithm} on ${document.qpuBackend}, seed ${document.seed}, ${document.measured.executionTime.toFixed(2)} s`,
  ];
  if (document.error !== undefined) {
    lines.push(`error ${document.error.code}: ${document.error.message}`);
  }
  lines.push(...document.warnings.map((warning) => `warning: ${warning}`));
  if (reading !== null) lines.push(headlineText(reading));
  if (document.result !== null) lines.push(stringifyPlain(document.result, 2));
  return lines.join('\n');
}

/** "Best found: -0.25", with its standard error where it has one. */
function headlineText({ headline: { title, value }, chosen = [] }: Reading): string {
  const error =
    value.stderr !== null && value.stderr > 0 ? ` ± ${value.stderr.toPrecision(2)}` : '';
  const names = chosen.length === 0 ? '' : ` (${chosen.join(', ')})`;
  return `${title}: ${value.value}${error}${names}`;
}

/** The id of a job from its beginning, as lists show it. */
export async function findJobId(session: Session, given: string): Promise<string> {
  const { rows } = await session.request('runs.query', { columns: ['jobId'], limit: 100_000 });
  const fitting = rows.map(([jobId]) => String(jobId)).filter((jobId) => jobId.startsWith(given));
  if (fitting.length === 1 && fitting[0] !== undefined) return fitting[0];
  throw new AppError(
    fitting.length === 0 ? 'not-found' : 'bad-input',
    fitting.length === 0
      ? `There is no job “${given}”. “ketbench jobs list” shows them.`
      : `${fitting.length} jobs begin with “${given}”: give more of the id.`,
    { jobId: given },
  );
}
