import type { Command } from '../command.ts';
import { followJob } from '../follow-job.ts';
import { readSpecFile } from '../job-input.ts';
import { openSession } from '../session.ts';

/** `ketbench run SPEC.json`: one job from its spec to its document. */
export const command: Command = {
  usage: 'run SPEC.json [--watch]',
  summary: 'Run a job and print its document.',
  help: `Paths in the spec count from the spec's own folder. --watch writes each change to standard
error, one JSON object a line. Ctrl-C cancels the job. A run that was killed goes on with
“ketbench jobs resume ID”, or when the window is opened, and reaches the same result.`,
  arguments: [1, 1],
  options: { watch: { type: 'boolean' } },
  async run(invocation) {
    const session = await openSession({ publish: true });
    try {
      const spec = await readSpecFile(invocation.positionals[0] ?? '', session);
      const { jobId } = await session.request('jobs.submit', { spec });
      if (!invocation.json) process.stderr.write(`job ${jobId}\n`);
      return await followJob(session, jobId, invocation);
    } finally {
      await session.close();
    }
  },
};
