import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, describe, expect, test } from 'vitest';
import { startHost } from '#main/host/start.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { type Answer, answerSchema } from '#main/mcp/answer.ts';
import type { App } from '#main/app.ts';
import { Purse } from '#main/mcp/purse.ts';
import type { Requester } from '#main/mcp/tool.ts';
import { submitJob } from '#main/mcp/tools/jobs.ts';
import { IonqEmulator } from '#test/support/ionq-emulator.ts';
import { openRealApp, type TemporaryFolder, temporaryFolder } from '../support/temporary-app.ts';

const commandLine = fileURLToPath(new URL('../../main/cli/main.ts', import.meta.url));
const bell =
  'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;';
const maxcut = {
  algorithm: 'qaoa',
  problem: {
    kind: 'maxcut',
    nodes: 4,
    edges: [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ],
  },
  settings: { layers: 1 },
  seed: 3,
};

const open: { close(): Promise<void> }[] = [];
const folders: TemporaryFolder[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const folder of folders.splice(0)) folder.remove();
});

async function agent(...options: string[]): Promise<Client> {
  const folder = temporaryFolder();
  folders.push(folder);
  return connected(folder.path, ...options);
}

async function connected(home: string, ...options: string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [commandLine, 'mcp', ...options],
      env: { ...(process.env as Record<string, string>), KETBENCH_HOME: home },
    }),
  );
  open.push(client);
  return client;
}

type Reply = Awaited<ReturnType<Client['callTool']>>;

async function ask(client: Client, name: string, input: object = {}): Promise<Answer> {
  const reply = await client.callTool({ name, arguments: input as Record<string, unknown> });
  if (reply.isError === true) throw new Error(textOf(reply));
  return answerSchema.parse(reply.structuredContent);
}

async function refusal(client: Client, name: string, input: object): Promise<string> {
  const reply = await client.callTool({ name, arguments: input as Record<string, unknown> });
  expect(reply.isError).toBe(true);
  return textOf(reply);
}

function textOf({ content }: Reply): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

describe('an agent', () => {
  test('finds its way from a question to a verdict, and says no more than it knows', async () => {
    const client = await agent();
    const members = await ask(client, 'list_members', { kind: 'algorithm' });
    expect(members.result).toContainEqual(expect.objectContaining({ id: 'qaoa' }));
    const told = await ask(client, 'explain_member', { kind: 'problem', id: 'maxcut' });
    expect(JSON.stringify(told.result)).toContain('edges');

    const checked = await ask(client, 'check_job', { spec: maxcut });
    expect(checked.cost.toCome).toEqual([0, 0]);
    const started = await ask(client, 'submit_job', { spec: maxcut, key: 'once' });
    const { jobId } = started.result as { jobId: string };
    const again = await ask(client, 'submit_job', { spec: maxcut, key: 'once' });
    expect(again.result).toMatchObject({ jobId });

    const heard: string[] = [];
    const reply = await client.callTool(
      { name: 'follow_job', arguments: { jobId, waitSeconds: 120 } },
      { onprogress: ({ message }) => void heard.push(message ?? '') },
    );
    expect(reply.structuredContent).toMatchObject({ result: { status: 'completed' } });
    expect(heard.length).toBeGreaterThan(0);
    const read = await ask(client, 'read_result', { jobId });
    expect(read.result).toMatchObject({ status: 'completed', reading: { headline: {} } });
    expect(read.uncertainty.note).toContain('run_benchmark');

    const spec = {
      name: 'Ring of four',
      problem: maxcut.problem,
      contenders: [
        { label: 'QAOA', kind: 'quantum', algorithm: 'qaoa', settings: { layers: 1 } },
        { label: 'exact', kind: 'classical', algorithm: 'exact' },
      ],
      seeds: [1, 2, 3, 4, 5],
    };
    expect(await refusal(client, 'run_benchmark', { spec: { ...spec, seeds: 0 } })).toContain(
      'seeds',
    );
    const { result } = await ask(client, 'run_benchmark', { spec });
    const verdict = await ask(client, 'read_benchmark', {
      ...(result as object),
      waitSeconds: 200,
    });
    expect(verdict.result).toMatchObject({ status: 'completed', verdict: { text: /.+/ } });
    const jobs = await ask(client, 'list_jobs', { mine: true });
    expect((jobs.result as { jobs: object[] }).jobs).toHaveLength(1);
  });

  test('hears every fault with its path, and what to change', async () => {
    const client = await agent();
    const faults = await refusal(client, 'submit_job', {
      spec: { ...maxcut, problem: { kind: 'maxcut', nodes: 4 }, settings: { layrs: 1 } },
    });
    expect(faults).toContain('problem.edges');
    expect(faults).toContain('layrs');
    expect(await refusal(client, 'explain_member', { kind: 'algorithm', id: 'qaao' })).toContain(
      'qaoa',
    );
    expect(await refusal(client, 'simulate_circuit', { source: 'OPENQASM 3.0; foo q;' })).toContain(
      'foo',
    );
    expect(await refusal(client, 'follow_job', { jobId: 'none' })).toContain('list_jobs');
    expect(
      await refusal(client, 'check_job', {
        spec: {
          algorithm: 'qaoa',
          problem: { kind: 'portfolio', prices: '/etc/passwd', riskAversion: 1, budget: 1 },
        },
      }),
    ).not.toContain('root:');
  });

  test('counts a Bell pair, and knows how sure it is', async () => {
    const client = await agent('--read-only');
    const exact = await ask(client, 'simulate_circuit', { source: bell });
    expect(exact.uncertainty.kind).toBe('exact');
    expect((exact.result as { probabilities: object }).probabilities).toEqual({
      '00': expect.closeTo(0.5, 12),
      '11': expect.closeTo(0.5, 12),
    });
    const sampled = await ask(client, 'simulate_circuit', { source: bell, shots: 1000 });
    expect(sampled.uncertainty.kind).toBe('statistical');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain('submit_job');
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain('ketbench://catalog');
    const { prompts } = await client.listPrompts();
    expect(prompts.length).toBeGreaterThan(0);
  });

  test('buys nothing without a budget, and is told the price first', async () => {
    const client = await agent();
    const devices = (await ask(client, 'list_devices')).result as { id: string; kind: string }[];
    const machine = devices.find(({ kind }) => kind === 'qpu')?.id ?? '';
    const spec = { ...sampled, backend: machine };
    const dry = await ask(client, 'submit_job', { spec });
    expect(dry.result).toMatchObject({ dryRun: true, jobId: null });
    expect(dry.cost.budgetLeft).toBe(0);
    expect(await refusal(client, 'submit_job', { spec, buy: true })).toContain('--budget');
  });
});

const sampled = {
  algorithm: 'sample',
  problem: { kind: 'circuit', qasm: bell },
  shots: 100,
};

test('an agent keeps to its budget with jobs at once, and after a restart', async () => {
  const folder = temporaryFolder();
  folders.push(folder);
  const emulator = await IonqEmulator.start({ pollsBeforeStart: 2, pollsBeforeEnd: 4 });
  const environment = { IONQ_API_URL: emulator.url, KETBENCH_POLL_MS: '5' };
  const spec = { ...sampled, backend: 'ionq.qpu.forte-1', shots: 500 };
  const buyer = async (app: App) => {
    const call = createCall(createHandlers(app));
    await call('vault.unlock', { passphrase: 'plain walnut river' });
    const purse = new Purse({ agent: 'buyer', budget: 3 }, { request: call } as Requester);
    const context = {
      request: call as Requester['request'],
      purse,
      signal: new AbortController().signal,
      progress: async () => undefined,
    };
    return { call, purse, buy: async () => submitJob.run({ spec, buy: true }, context) };
  };
  let app = await openRealApp(folder.path, environment);
  try {
    const first = await buyer(app);
    const fields = { apiKey: emulator.key };
    await first.call('credentials.add', { provider: 'ionq', name: 'test', fields });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, first.buy));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(3);
    const started = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    for (const { result } of started) await app.jobs.whenEnded((result as { jobId: string }).jobId);
    await app.close();
    app = await openRealApp(folder.path, environment);
    const second = await buyer(app);
    let bought = started.length;
    for (
      ;
      await second.buy().then(
        () => true,
        () => false,
      );
      bought++
    );
    expect(bought).toBe(3);
    expect(await second.purse.left()).toBe(0);
    await expect.poll(() => emulator.jobs.length).toBe(3);
  } finally {
    await app.close();
    await emulator.stop();
  }
});

test('the host serves the same tools to whoever has its token', async () => {
  const folder = temporaryFolder();
  folders.push(folder);
  const app = await openRealApp(folder.path);
  const host = await startHost({ app, call: createCall(createHandlers(app)) });
  try {
    const url = new URL(`${host.address}/mcp`);
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(url, {
        requestInit: { headers: { authorization: `Bearer ${host.token}` } },
      }),
    );
    const answer = await ask(client, 'list_members');
    expect(answer.result).toMatchObject({ algorithm: expect.any(Number) });
    await client.close();

    const configure = async (body: object) => {
      const answered = await fetch(`${host.address}/api/v1/quantum/algorithms/configure`, {
        method: 'POST',
        headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answered.status, body: await answered.json() };
    };
    const { problem, settings } = maxcut;
    const whole = await configure({ algorithm: 'qaoa', settings, problem, shots: 100 });
    expect(whole).toMatchObject({
      status: 200,
      body: { settings: { layers: 1 }, forecast: { cost: 0, circuits: expect.any(Number) } },
    });
    expect(await configure({ algorithm: 'qaoa', settings })).toMatchObject({
      body: { forecast: { cost: 0 } },
    });
    const faulty = await configure({ algorithm: 'qaoa', settings, problem: { kind: 'maxcut' } });
    expect(faulty).toMatchObject({
      status: 400,
      body: { error: { details: { errors: [{}, {}] } } },
    });
  } finally {
    await host.close();
    await app.close();
  }
});
