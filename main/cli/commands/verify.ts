import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { type Bundle, type BundledRun, compared, readBundle } from '../../reports/verify.ts';
import type { Command } from '../command.ts';
import type { InstanceSession } from '../session.ts';

interface Verified {
  readonly verdict: 'identical' | 'within-tolerance' | 'different';
  readonly differences: readonly object[];
  /** Runs on vendors' machines, which nothing here can repeat. */
  readonly notReplayed: readonly string[];
  readonly runs: number;
}

/** `ketbench verify BUNDLE`: runs what a bundle holds again, offline, and compares. */
export const command: Command = {
  usage: 'verify BUNDLE',
  summary: 'Check that a bundle is as it was made, and run it again to compare.',
  help: `Every run of the bundle is repeated in a library of its own, which is removed afterwards; nothing is
fetched and nothing bought. Exit code 0: identical, or the same within 1e-9; 1: different, with every
difference listed; 2: the bundle is damaged or was altered. Runs on vendors’ machines are not repeated.`,
  arguments: [1, 1],
  options: {},
  async run(invocation) {
    const path = invocation.positionals[0] ?? '';
    const bundle = readBundle(read(path));
    const verified = await inOwnLibrary(async (session) => verify(bundle, session));
    invocation.print(verified, () => textOf(verified));
    return verified.verdict === 'different' ? 1 : 0;
  },
};

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new AppError('not-found', `There is no file ${path}.`, { path });
  }
}

async function inOwnLibrary<T>(use: (session: InstanceSession) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ketbench-verify-'));
  try {
    const { openOwn } = await import('../own-session.ts');
    const session = await openOwn(folder, {});
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verify(bundle: Bundle, session: InstanceSession): Promise<Verified> {
  await bringData(bundle, session);
  const devices = await session.request('devices.list', { live: false });
  const machines = new Set(devices.filter(({ kind }) => kind === 'qpu').map(({ id }) => id));
  const differences: object[] = [];
  const notReplayed: string[] = [];
  let isIdentical = true;
  for (const run of bundle.runs) {
    const backends = [run.spec['backend'] ?? 'simulator'].flat().map(String);
    if (backends.some((one) => machines.has(one) || one.startsWith('ionq.'))) {
      notReplayed.push(`${run.name} was run on ${backends.join(', ')}.`);
      continue;
    }
    const found = await replayed(run, session);
    isIdentical &&= found.identical;
    differences.push(...found.differences.map((one) => ({ run: run.name, ...one })));
  }
  const verdict =
    differences.length > 0 ? 'different' : isIdentical ? 'identical' : 'within-tolerance';
  return { verdict, differences, notReplayed, runs: bundle.runs.length - notReplayed.length };
}

/** Tables that were copied come in; of the others the ones here must be the same. */
async function bringData(bundle: Bundle, session: InstanceSession): Promise<void> {
  for (const { id, sha256, isCopied } of bundle.data) {
    if (isCopied) {
      await session.request('data.import', {
        name: `${id}.csv`,
        text: bundle.text(`data/${id}.csv`),
      });
      continue;
    }
    const here = (await session.request('data.list', {})).find((set) => set.id === id);
    if (here?.hash !== sha256) {
      throw new AppError(
        'not-found',
        `The table “${id}” (SHA-256 ${sha256}) is not in the bundle, and ${here === undefined ? 'not' : 'another one is'} here.`,
        { id },
      );
    }
  }
}

async function replayed(run: BundledRun, session: InstanceSession) {
  const { jobId } = await session.request('jobs.submit', { spec: run.spec });
  const document = await ended(jobId, session);
  if (document.status !== run.status) {
    return {
      identical: false,
      differences: [{ path: 'status', was: run.status, is: document.status }],
    };
  }
  return compared(run.result, JSON.parse(stringifyPlain(document.result ?? null)));
}

async function ended(jobId: string, session: InstanceSession): Promise<JobDocument> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      session.request('jobs.get', { jobId }).then((document) => {
        if (!['completed', 'failed', 'cancelled'].includes(document.status)) return;
        stop();
        resolve(document);
      }, reject);
    };
    const stop = session.on('jobs.changed', (job) => {
      if (job.jobId === jobId) look();
    });
    look();
  });
}

function textOf({ verdict, differences, notReplayed, runs }: Verified): string {
  const words = {
    identical: 'identical to the last bit',
    'within-tolerance': 'the same within 1e-9',
    different: `different in ${differences.length} places`,
  }[verdict];
  return [
    `${runs} ${runs === 1 ? 'run was' : 'runs were'} repeated: ${words}.`,
    ...notReplayed.map((line) => `Not repeated: ${line}`),
    ...differences.slice(0, 20).map((one) => stringifyPlain(one)),
  ].join('\n');
}
