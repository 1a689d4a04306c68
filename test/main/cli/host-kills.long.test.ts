import { afterEach, beforeEach, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { type ConnectedClient, connectWebSocket } from '#shared/ipc/client.ts';
import { readHostFile } from '#main/host/host-file.ts';
import { finish, Ketbench, waitFor } from '#test/support/ketbench.ts';
import { temporaryFolder, type TemporaryFolder } from '#test/support/temporary-app.ts';

/** Full figure: KETBENCH_KILLS=300. */
const kills = Number(process.env.KETBENCH_KILLS ?? 15);
let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function open(): ConnectedClient {
  const { address, token } = readHostFile(folder.path) ?? { address: '', token: '' };
  return connectWebSocket(`${address.replace('http', 'ws')}/api/socket`, {
    createSocket: (url) =>
      new WebSocket(url, { headers: { authorization: `Bearer ${token}` } } as never) as never,
    later: () => undefined,
  });
}

/** What was acknowledged must be there, whatever was on its way when the host died. */
interface Known {
  readonly documents: Map<string, number>;
  readonly gates: Set<string>;
  readonly data: Set<string>;
  readonly jobs: Set<string>;
  settings: number;
}

test(`no acknowledged write is lost in ${kills} kills of the host`, {
  timeout: 3_600_000,
}, async () => {
  const ketbench = new Ketbench(folder.path);
  const rng = rngOf(300);
  const known: Known = {
    documents: new Map(),
    gates: new Set(),
    data: new Set(),
    jobs: new Set(),
    settings: 0,
  };
  let acknowledged = 0;
  for (let round = 0; round < kills; round++) {
    const host = ketbench.start('serve');
    await waitFor(host.stdout, /token=/);
    const client = open();
    await check(client, known);
    const writers = [documents, gatesAndData, settingsAndJobs].map(async (write) => {
      try {
        for (let n = 0; ; n++) {
          await write(client, known, round * 1000 + n);
          acknowledged++;
        }
      } catch {
        // The host is dead.
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 20 + rng.below(800)));
    host.kill('SIGKILL');
    await finish(host);
    await Promise.all(writers);
    client.dispose();
  }
  const host = ketbench.start('serve');
  await waitFor(host.stdout, /token=/);
  const client = open();
  await check(client, known);
  for (const jobId of known.jobs) {
    await expect
      .poll(async () => (await client.request('jobs.get', { jobId })).status, { timeout: 300_000 })
      .toBe('completed');
  }
  client.dispose();
  host.kill('SIGTERM');
  await finish(host);
  process.stdout.write(
    `${kills} kills, ${acknowledged} acknowledged writes, ${known.jobs.size} jobs, nothing lost\n`,
  );
});

async function documents(
  client: ConnectedClient,
  { documents: all }: Known,
  n: number,
): Promise<void> {
  const [id] = [...all.keys()].slice(-1);
  const isNew = id === undefined || n % 7 === 0;
  const text = String(n);
  const written = await client.request('documents.write', {
    ...(isNew ? {} : { id }),
    name: 'd',
    text,
  });
  all.set(written.id, written.revision);
}

async function gatesAndData(
  client: ConnectedClient,
  { gates, data }: Known,
  n: number,
): Promise<void> {
  const name = `g${n}`;
  await client.request('gates.write', { source: `gate ${name} a { h a; }` });
  gates.add(name);
  const set = await client.request('data.import', { name, text: `a,b\n${n},1\n` });
  data.add(set.id);
}

async function settingsAndJobs(client: ConnectedClient, known: Known, n: number): Promise<void> {
  await client.request('settings.set', { monthlyBudget: n });
  known.settings = n;
  if (known.jobs.size > n / 300) return;
  const spec = {
    algorithm: 'exact',
    problem: {
      kind: 'maxcut',
      nodes: 3,
      edges: [
        [0, 1],
        [1, 2],
      ],
    },
  };
  known.jobs.add((await client.request('jobs.submit', { spec })).jobId);
}

async function check(client: ConnectedClient, known: Known): Promise<void> {
  const documents = new Map(
    (await client.request('documents.list', {})).map(({ id, revision }) => [id, revision]),
  );
  for (const [id, revision] of known.documents)
    expect(documents.get(id)).toBeGreaterThanOrEqual(revision);
  const gates = new Set((await client.request('gates.list', {})).map(({ name }) => name));
  expect([...known.gates].filter((name) => !gates.has(name))).toStrictEqual([]);
  const data = new Set((await client.request('data.list', {})).map(({ id }) => id));
  expect([...known.data].filter((id) => !data.has(id))).toStrictEqual([]);
  const budget = (await client.request('settings.get', {})).monthlyBudget ?? 0;
  expect(budget).toBeGreaterThanOrEqual(known.settings);
  const { jobs } = await client.request('jobs.list', { limit: 1000 });
  const ids = jobs.map(({ jobId }) => jobId);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...known.jobs].filter((id) => !ids.includes(id))).toStrictEqual([]);
}
