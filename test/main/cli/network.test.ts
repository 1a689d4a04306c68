import { existsSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectWebSocket, type SocketLike } from '#shared/ipc/client.ts';
import { finish, Ketbench, waitFor } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const watcher = fileURLToPath(new URL('../../support/watch-network.mjs', import.meta.url));
let folder: ReturnType<typeof temporaryFolder>;
let log: string;

beforeEach(() => {
  folder = temporaryFolder();
  log = join(folder.path, 'network.log');
  process.env.KETBENCH_NETWORK_LOG = log;
});
afterEach(() => folder.remove());

const attempts = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');

test('the watcher sees an attempt to leave this machine', () => {
  const code = 'fetch("http://ketbench.invalid/").catch(() => 0)';
  spawnSync(process.execPath, ['--import', watcher, '-e', code]);
  expect(attempts()).toContain('ketbench.invalid');
});

test('the host listens on loopback only, and nothing leaves this machine while it works', async () => {
  const ketbench = new Ketbench(join(folder.path, 'home'), ['--import', watcher]);
  const child = ketbench.start('serve');
  const ended = finish(child);
  const [, address = '', token = ''] = await waitFor(
    child.stdout,
    /^Ketbench: (http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)\n$/,
  );
  const client = connectWebSocket(`${address.replace('http', 'ws')}/api/socket`, {
    createSocket: (url) =>
      new (WebSocket as unknown as new (url: string, options: object) => SocketLike)(url, {
        headers: { authorization: `Bearer ${token}` },
      }),
    later: (ms, call) => void setTimeout(call, ms),
  });
  const source = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\nh q[0];\n';
  await client.request('circuit.simulate', { source });
  await client.request('catalog.list', {});
  await client.request('data.list', {});
  await client.request('devices.list', {});
  const spec = { algorithm: 'exact', problem: { kind: 'maxcut', nodes: 2, edges: [[0, 1]] } };
  const { jobId } = await client.request('jobs.submit', { spec });
  await new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      if ((await client.request('jobs.get', { jobId })).status === 'completed') resolve();
    };
    client.on('jobs.changed', () => void look());
    void look();
  });
  client.dispose();
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect(attempts()).toBe('');
});
