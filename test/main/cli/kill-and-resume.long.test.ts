import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finish, Ketbench, waitFor } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ketbench: Ketbench;

beforeEach(() => {
  folder = temporaryFolder();
  ketbench = new Ketbench(join(folder.path, 'home'));
  const spec = {
    algorithm: 'qaoa',
    problem: {
      kind: 'maxcut',
      nodes: 12,
      edges: Array.from({ length: 12 }, (_, i) => [i, (i + 1) % 12, 1 + i / 10]),
    },
    settings: { layers: 8, mixer: 'x', optimizer: { id: 'cobyla' } },
    seed: 11,
  };
  writeFileSync(join(folder.path, 'spec.json'), JSON.stringify(spec));
});
afterEach(() => folder.remove());

const spec = (): string => join(folder.path, 'spec.json');

interface Document {
  readonly status: string;
  readonly result: unknown;
}

describe('a run that is killed', () => {
  test('goes on from its log to the bytes of a run that was not', async () => {
    const child = ketbench.start('run', spec(), '--watch');
    // Half way: it has told of some progress, and nobody closes anything.
    await waitFor(child.stderr, /"fraction":0\.[1-9]/);
    child.kill('SIGKILL');
    await finish(child);
    const { value } = await ketbench.json('jobs', 'list');
    const [job] = (value as { jobs: { jobId: string; status: string }[] }).jobs;
    expect(job?.status).toBe('queued');
    const resumed = await ketbench.json('jobs', 'resume', job?.jobId.slice(0, 8) ?? '');
    expect(resumed.code).toBe(0);
    const log = await ketbench.run('jobs', 'log', job?.jobId ?? '');
    expect(log.stdout).toMatch(/resumes after \d+ recorded steps/);
    const whole = await ketbench.json('run', spec());
    const bytesOf = (document: never): string => JSON.stringify((document as Document).result);
    expect(bytesOf(resumed.value)).toBe(bytesOf(whole.value));
  });

  test('is cancelled by Ctrl-C with exit code 130', async () => {
    const child = ketbench.start('run', spec(), '--watch', '--json');
    const ended = finish(child);
    await waitFor(child.stderr, /"fraction":0\.[0-9]/);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
  });
});

describe('two commands at once', () => {
  test('share the library: the second finishes what the first runs, and says so of what it cannot', async () => {
    const child = ketbench.start('run', spec(), '--watch', '--json');
    const ended = finish(child);
    const [, jobId = ''] = await waitFor(
      child.stderr,
      /"jobId":"([0-9a-f-]+)".*"fraction":0\.[0-9]/,
    );
    expect((await ketbench.json('jobs', 'finish', jobId)).code).toBe(0);
    expect(JSON.parse((await ended).stdout)).toMatchObject({
      status: 'completed',
      result: { stopped: { reason: 'finish', shots: null }, optimizer: { converged: false } },
    });
    const again = await ketbench.json('jobs', 'finish', jobId);
    expect(again).toMatchObject({ code: 1, value: { error: { code: 'conflict' } } });
  });

  test('share the library: the second pauses and resumes what the first runs', async () => {
    const child = ketbench.start('run', spec(), '--watch', '--json');
    const ended = finish(child);
    const [, jobId = ''] = await waitFor(
      child.stderr,
      /"jobId":"([0-9a-f-]+)".*"fraction":0\.[0-9]/,
    );
    const host = JSON.parse(readFileSync(join(folder.path, 'home', 'host.json'), 'utf8')) as object;
    expect(host).toMatchObject({ pid: child.pid });
    expect((await ketbench.json('jobs', 'pause', jobId)).code).toBe(0);
    const listed = await ketbench.json('jobs', 'list');
    const [job] = (listed.value as { jobs: { phase: string }[] }).jobs;
    expect(['paused', 'pausing']).toContain(job?.phase);
    const resumed = await ketbench.json('jobs', 'resume', jobId);
    expect(resumed.value).toMatchObject({ status: 'completed' });
    expect(JSON.parse((await ended).stdout)).toMatchObject({ status: 'completed' });
  });
});
