import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSession } from '#main/cli/session.ts';
import { publishHost } from '#main/host/host-file.ts';
import { startHost } from '#main/host/start.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { finish, Ketbench, waitFor } from '#test/support/ketbench.ts';
import { openTestApp, temporaryFolder, type TemporaryFolder } from '#test/support/temporary-app.ts';

let folder: TemporaryFolder;
let ketbench: Ketbench;

beforeEach(() => {
  folder = temporaryFolder();
  ketbench = new Ketbench(folder.path);
});
afterEach(() => folder.remove());

const portfolio = 'assets/examples/portfolio-qaoa.json';

test('of three runs at once all end well, five times', { timeout: 300_000 }, async () => {
  for (let round = 0; round < 5; round++) {
    const outcomes = await Promise.all([1, 2, 3].map(() => ketbench.run('run', portfolio)));
    expect(
      outcomes.map(({ code, stderr }) => [code, stderr.replace(/job \S+\n/, '')]),
    ).toStrictEqual([0, 0, 0].map((code) => [code, '']));
  }
});

test.each([300, 900, 1500, 2000])(
  'a comparison that joins a run %i ms later ends well',
  { timeout: 200_000 },
  async (ms) => {
    const contender = { algorithm: 'exact', settings: {} };
    const spec = folder.write(
      'benchmark.json',
      JSON.stringify({
        name: 'Two exact ones',
        problem: {
          kind: 'maxcut',
          nodes: 3,
          edges: [
            [0, 1],
            [1, 2],
          ],
        },
        contenders: [
          { ...contender, label: 'a', kind: 'quantum' },
          { ...contender, label: 'b', kind: 'classical' },
        ],
        seeds: [1, 2],
      }),
    );
    const run = ketbench.run('run', portfolio);
    await new Promise((resolve) => setTimeout(resolve, ms));
    const compared = await ketbench.run('benchmark', spec);
    expect([compared.code, compared.stderr.replace(/benchmark \S+\n/, '')]).toStrictEqual([0, '']);
    expect((await run).code).toBe(0);
  },
);

test('a command says so where the instance that has the library is stopped', {
  timeout: 60_000,
}, async () => {
  const host = ketbench.start('serve');
  await waitFor(host.stdout, /token=/);
  host.kill('SIGSTOP');
  const listed = await ketbench.run('jobs', 'list');
  expect([listed.code, listed.stderr]).toStrictEqual([
    1,
    expect.stringContaining('does not answer'),
  ]);
  host.kill('SIGCONT');
  expect((await ketbench.run('jobs', 'list')).code).toBe(0);
  host.kill('SIGTERM');
  await finish(host);
});

test('a host that is killed comes back at its address, with what let in', {
  timeout: 60_000,
}, async () => {
  const first = ketbench.start('serve');
  const [url] = await waitFor(first.stdout, /http\S+/);
  first.kill('SIGKILL');
  await finish(first);
  const second = ketbench.start('serve');
  const [again] = await waitFor(second.stdout, /http\S+/);
  expect(again).toBe(url);
  second.kill('SIGTERM');
  await finish(second);
  const elsewhere = ketbench.start('serve', '--port', '0');
  expect((await waitFor(elsewhere.stdout, /http\S+/))[0]).toBe(url);
  elsewhere.kill('SIGTERM');
  await finish(elsewhere);
});

test('what only reads is asked again where the instance goes away before it answers', async () => {
  const app = await openTestApp(folder.path);
  const call = createCall(createHandlers(app));
  const silent: typeof call = (name, input, signal) => {
    if (name !== 'jobs.list') return call(name, input, signal);
    file.dispose();
    void host.close().then(() => app.close());
    return new Promise(() => undefined);
  };
  const host = await startHost({ app, call: silent });
  const file = await publishHost(folder.path, host);
  vi.stubEnv('KETBENCH_HOME', folder.path);
  const session = await openSession();
  try {
    expect(await session.request('jobs.list', { limit: 1 })).toStrictEqual({
      jobs: [],
      next: null,
    });
  } finally {
    await session.close();
    vi.unstubAllEnvs();
  }
});
