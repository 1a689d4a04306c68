import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import type { Command, Invocation } from '../command.ts';
import { findJobId, followJob } from '../follow-job.ts';
import { formatTable } from '../output.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench jobs …`: what ran, runs and waits. */
export const command: Command = {
  usage: 'jobs list | jobs show|log|pause|resume|cancel ID [--watch]',
  summary: 'List jobs; show, pause, resume or cancel one.',
  help: `ID may be the beginning of an id. “resume” goes on with a paused or interrupted job; where no
window is open it stays with the job and prints its document, like “run”.`,
  arguments: [1, 2],
  options: { watch: { type: 'boolean' } },
  async run(invocation) {
    const [action, id] = invocation.positionals;
    const session = await openSession({ publish: action === 'resume' });
    try {
      if (action === 'list') return await list(session, invocation);
      if (id === undefined) {
        throw new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
      }
      return await act(session, action, await findJobId(session, id), invocation);
    } finally {
      await session.close();
    }
  },
};

async function list(session: Session, invocation: Invocation): Promise<number> {
  const { jobs } = await session.request('jobs.list', { limit: 1000 });
  invocation.print({ jobs }, () =>
    jobs.length === 0
      ? 'There are no jobs yet.'
      : formatTable(jobs.map((job) => [job.jobId, stateOf(job), job.algorithm, job.name])),
  );
  return 0;
}

function stateOf({ status, phase, fraction }: JobSummary): string {
  const done = status === 'running' && fraction !== null ? ` ${Math.round(100 * fraction)} %` : '';
  return `${phase ?? status}${done}`;
}

async function act(
  session: Session,
  action: string | undefined,
  jobId: string,
  invocation: Invocation,
): Promise<number> {
  switch (action) {
    case 'show': {
      const document = await session.request('jobs.get', { jobId });
      invocation.print(document, () => stringifyPlain(document, 2));
      return 0;
    }
    case 'log': {
      const lines = await session.request('jobs.log', { jobId });
      invocation.print({ jobId, log: lines }, () =>
        lines.map(({ at, text }) => `${at}  ${text}`).join('\n'),
      );
      return 0;
    }
    case 'pause':
    case 'cancel': {
      const summary = await session.request(`jobs.${action}`, { jobId });
      invocation.print(summary, () => `${jobId}: ${stateOf(summary)}`);
      return 0;
    }
    case 'resume':
      return followJob(session, jobId, invocation, true);
    default:
      throw new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
  }
}
