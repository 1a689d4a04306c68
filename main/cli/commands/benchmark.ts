import { exitCodeOf, isErrorCode } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { BenchmarkDocument, BenchmarkSpec } from '#shared/jobs/benchmark.ts';
import type { Command } from '../command.ts';
import { cancellable, isGone, untilGone } from '../follow-job.ts';
import { readSpecFile } from '../job-input.ts';
import { formatTable } from '../output.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench benchmark SPEC.json`: methods compared over seeds, with intervals and a verdict. */
export const command: Command = {
  usage: 'benchmark SPEC.json [--watch]',
  summary: 'Compare methods on one problem and print the verdict with its intervals.',
  help: 'The exit code is 0 whatever the verdict. Ctrl-C cancels all of its jobs.',
  arguments: [1, 1],
  options: { watch: { type: 'boolean' } },
  async run(invocation) {
    const session = await openSession({ publish: true });
    try {
      const spec = await readSpecFile(invocation.positionals[0] ?? '', session);
      // The handler checks it and tells every fault.
      const { benchmarkId } = await session.request('benchmarks.run', {
        spec: spec as unknown as BenchmarkSpec,
      });
      if (!invocation.json) process.stderr.write(`benchmark ${benchmarkId}\n`);
      const document = await follow(session, benchmarkId, invocation.values.watch === true);
      invocation.print(document, () => describe(document));
      return exitCode(document);
    } finally {
      await session.close();
    }
  },
};

/** Where the instance that compares goes away, the next one goes on with it, or this process. */
async function follow(
  session: Session,
  benchmarkId: string,
  watch: boolean,
): Promise<BenchmarkDocument> {
  for (;;) {
    try {
      return await cancellable(
        () => session.request('benchmarks.cancel', { benchmarkId }),
        () => untilEnded(session, benchmarkId, watch),
      );
    } catch (thrown) {
      if (!isGone(thrown)) throw thrown;
    }
    await session.reopen();
    await session.request('benchmarks.resume', { benchmarkId }).catch((thrown: unknown) => {
      if (!isGone(thrown)) throw thrown;
    });
  }
}

async function untilEnded(
  session: Session,
  benchmarkId: string,
  watch: boolean,
): Promise<BenchmarkDocument> {
  return untilGone(session, (resolve, reject) => {
    const look = async (): Promise<void> => {
      const document = await session.request('benchmarks.get', { benchmarkId });
      const { status, fraction } = document;
      if (watch) process.stderr.write(`${stringifyPlain({ benchmarkId, status, fraction })}\n`);
      if (status !== 'queued' && status !== 'running') resolve(document);
    };
    const stop = session.on('benchmarks.changed', (changed) => {
      if (changed.benchmarkId === benchmarkId) look().catch(reject);
    });
    look().catch(reject);
    return stop;
  });
}

function exitCode({ status, error }: BenchmarkDocument): number {
  if (status === 'completed') return 0;
  if (status === 'cancelled') return exitCodeOf('cancelled');
  return error !== null && isErrorCode(error.code) ? exitCodeOf(error.code) : 1;
}

function describe(document: BenchmarkDocument): string {
  const rows = document.contenders.flatMap(({ label, metrics }) =>
    Object.entries(metrics).map(([metric, { mean, low, high }]) => [
      label,
      metric,
      `${short(mean)} [${short(low)}, ${short(high)}]`,
    ]),
  );
  const lines = [`${document.name}: ${document.status}`];
  if (rows.length > 0) lines.push(formatTable(rows));
  for (const { metric, challenger, baseline, verdict } of document.comparisons) {
    lines.push(`${challenger} against ${baseline} by ${metric}: ${verdict}`);
  }
  if (document.verdict !== null) lines.push(document.verdict.text);
  if (document.error !== null)
    lines.push(`error ${document.error.code}: ${document.error.message}`);
  return lines.join('\n');
}

function short(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(5)));
}
