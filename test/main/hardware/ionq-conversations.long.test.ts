import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { createCall, type Call } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import type { DeviceEstimate } from '#shared/ipc/hardware.ts';
import { IonqEmulator } from '#test/support/ionq-emulator.ts';
import { openRealApp, temporaryFolder } from '#test/support/temporary-app.ts';

const bell =
  'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0],q[1];\nmeasure q -> c;\n';

/** For machines that have much else to do. */
const patience = { timeout: 20_000 };

let folder: ReturnType<typeof temporaryFolder>;
let emulator: IonqEmulator;
let app: App;
let call: Call;

async function open(): Promise<void> {
  app = await openRealApp(folder.path, { IONQ_API_URL: emulator.url, KETBENCH_POLL_MS: '5' });
  call = createCall(createHandlers(app));
}

beforeEach(async () => {
  folder = temporaryFolder();
  emulator = await IonqEmulator.start();
  await open();
  await call('vault.unlock', { passphrase: 'plain walnut river' });
});
afterEach(async () => {
  await app.close();
  await emulator.stop();
  folder.remove();
});

async function addKey(apiKey = emulator.key): Promise<string> {
  return (
    (await call('credentials.add', { provider: 'ionq', name: 'test', fields: { apiKey } })) as {
      id: string;
    }
  ).id;
}

function spec(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    algorithm: 'sample',
    problem: { kind: 'circuit', qasm: bell },
    backend: 'ionq.qpu.forte-1',
    shots: 500,
    seed: 1,
    ...more,
  };
}

async function submit(more: Record<string, unknown> = {}): Promise<string> {
  return ((await call('jobs.submit', { spec: spec(more) })) as { jobId: string }).jobId;
}

async function run(more: Record<string, unknown> = {}): Promise<JobDocument> {
  const jobId = await submit(more);
  await app.jobs.whenEnded(jobId);
  return app.jobs.document(jobId);
}

function submissions(): number {
  return emulator.requests.filter((line) => line === 'POST /jobs').length;
}

test('a Bell pair goes through every state and comes back as counts and cost', async () => {
  await addKey();
  const document = await run();
  expect(document.status).toBe('completed');
  const { counts } = document.result as { counts: Record<string, number> };
  expect(Object.keys(counts).sort()).toEqual(['00', '11']);
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(500);
  expect(document.cost).toBe(1);
  expect(document.provenance).toMatchObject({ device: 'ionq.qpu.forte-1' });
  expect(document.provenance).not.toHaveProperty('method');
  const log = app.jobs
    .log(document.jobId)
    .map(({ text }) => text)
    .join('\n');
  expect(log).toMatch(/submitted to IonQ Forte-1/);
  expect(log).toMatch(/queued at IonQ Forte-1, about 3 s to wait/);
});

test('the exact simulator is sampled here, with the seed of the job', async () => {
  await addKey();
  const first = await run({ backend: 'ionq.simulator' });
  const second = await run({ backend: 'ionq.simulator' });
  expect(first.result).toEqual(second.result);
  expect(first.cost).toBe(0);
});

test('expectations are measured in their bases, with standard errors', async () => {
  await addKey();
  const document = await run({
    algorithm: 'expectation',
    problem: {
      kind: 'circuit',
      qasm: bell.replace('measure q -> c;', ''),
      observables: ['Z0*Z1', 'X0*X1', 'Y0*Y1', '3'],
    },
    shots: 400,
  });
  const { observables } = document.result as {
    observables: { raw: { value: number; stderr: number } }[];
  };
  expect(observables.map(({ raw }) => raw.value)).toEqual([1, 1, -1, 3]);
  expect(observables[0]?.raw.stderr).toBe(0);
});

test('QAOA trains on the machine by shots', async () => {
  await addKey();
  const document = await run({
    algorithm: 'qaoa',
    problem: {
      kind: 'maxcut',
      nodes: 3,
      edges: [
        [0, 1],
        [1, 2],
      ],
    },
    settings: { layers: 1, optimizer: { id: 'spsa', maxIterations: 3 } },
    shots: 200,
  });
  expect(document.status).toBe('completed');
  expect(document.result).toMatchObject({ exact: { value: 2 }, best: { value: 2 } });
  // One batch for each of its questions: where it begins, three pairs of points, the last samples.
  expect(submissions()).toBe(5);
});

test('an estimate names cost, waiting time and what stands in the way', async () => {
  await addKey();
  const estimate = (source: string, deviceId = 'ionq.qpu.forte-1') =>
    call('devices.estimate', { deviceId, source, shots: 1000 }) as Promise<DeviceEstimate>;
  expect(await estimate(bell)).toMatchObject({
    cost: 1.2,
    queueSeconds: 60,
    obstacles: [],
    oneQubitGates: 1,
    twoQubitGates: 1,
  });
  const conditional = bell.replace('measure q -> c;', 'measure q -> c;\nif(c==1) x q[0];');
  expect((await estimate(conditional)).obstacles.join(' ')).toMatch(/no classical conditions/);
  expect((await estimate(bell, 'ionq-forte-enterprise-1')).fidelity).toBeCloseTo(
    (1 - 1e-4) * (1 - 0.0075) * (1 - 0.0045) ** 2,
    10,
  );
});

test('devices are listed live with a key and from the book without one', async () => {
  const names = async () => (await call('devices.list', {})) as { id: string; status: string }[];
  expect(await names()).toContainEqual(
    expect.objectContaining({ id: 'ionq.qpu.forte-1', status: 'needs-credential' }),
  );
  await addKey();
  expect(await names()).toContainEqual(
    expect.objectContaining({ id: 'ionq.qpu.forte-1', status: 'available' }),
  );
  expect(await names()).toContainEqual(
    expect.objectContaining({ id: 'ionq.qpu.aria-1', status: 'retired' }),
  );
});

test('a wrong key is refused with a sentence, by the test and by a job', async () => {
  const id = await addKey('wrong-key-that-must-not-appear');
  expect(await call('credentials.test', { id })).toMatchObject({
    ok: false,
    message: expect.stringMatching(/refused the key/),
  });
  const document = await run();
  expect(document.status).toBe('failed');
  expect(document.error).toMatchObject({ code: 'unauthorised', details: { status: 401 } });
  expect(JSON.stringify(document)).not.toContain('wrong-key-that-must-not-appear');
});

test('a right key is tested in one sentence', async () => {
  const id = await addKey();
  expect(await call('credentials.test', { id })).toEqual({
    ok: true,
    message: 'IonQ accepts the key “emulated key”.',
  });
  expect(app.vault.list()[0]?.lastUsedAt).not.toBeNull();
});

test('too many requests are repeated after the time the vendor asks for', async () => {
  await addKey();
  emulator.faults.push({
    on: /^POST \/jobs$/,
    status: 429,
    headers: { 'retry-after': '0' },
    times: 2,
  });
  emulator.faults.push({
    on: /^GET \/jobs\/[^/]+$/,
    status: 429,
    headers: { 'retry-after': '0' },
    times: 1,
  });
  expect((await run()).status).toBe('completed');
  expect(emulator.jobs).toHaveLength(1);
});

test('a server fault while polling is ridden out', async () => {
  await addKey();
  emulator.faults.push({
    on: /^GET \/jobs\/[^/]+$/,
    status: 503,
    headers: { 'retry-after': '0' },
    times: 3,
  });
  expect((await run()).status).toBe('completed');
});

test('a submission whose answer was lost is found again and not bought twice', async () => {
  await addKey();
  emulator.faults.push({ on: /^POST \/jobs$/, status: 502, times: 1, afterwards: true });
  expect((await run()).status).toBe('completed');
  expect(emulator.jobs).toHaveLength(1);
});

test('a submission that did not arrive is made again', async () => {
  await addKey();
  emulator.faults.push({ on: /^POST \/jobs$/, status: 502, times: 1 });
  expect((await run()).status).toBe('completed');
  expect(emulator.jobs).toHaveLength(1);
});

test('a job that fails at the vendor says why, in its words', async () => {
  await addKey();
  emulator.failNext = { code: 'QuantumComputerError', message: 'The trap lost an ion' };
  const document = await run();
  expect(document.status).toBe('failed');
  expect(document.error).toMatchObject({
    code: 'vendor',
    details: { vendorCode: 'QuantumComputerError' },
  });
  expect(document.error?.message).toMatch(/The trap lost an ion/);
});

test('cancelling cancels at the vendor, too', async () => {
  await app.close();
  await emulator.stop();
  emulator = await IonqEmulator.start({ pollsBeforeStart: 1e9 });
  await open();
  await call('vault.unlock', { passphrase: 'plain walnut river' });
  await addKey();
  const jobId = await submit();
  await new Promise<void>((resolve) => {
    const subscription = app.hub.onNew(() => {
      if (
        emulator.jobs.length === 0 ||
        !app.jobs.log(jobId).some(({ text }) => /queued/.test(text))
      )
        return;
      subscription.dispose();
      resolve();
    });
  });
  await call('jobs.cancel', { jobId });
  await app.jobs.whenEnded(jobId);
  await expect.poll(() => emulator.jobs[0]?.status, patience).toBe('canceled');
  expect((await app.jobs.document(jobId)).status).toBe('cancelled');
});

test('a closed application finds its job at the vendor again', async () => {
  await app.close();
  await emulator.stop();
  emulator = await IonqEmulator.start({ pollsBeforeStart: 7, pollsBeforeEnd: 9 });
  await open();
  await call('vault.unlock', { passphrase: 'plain walnut river' });
  await addKey();
  const jobId = await submit();
  await expect.poll(() => emulator.jobs.length, patience).toBe(1);
  await app.close();
  app = await openRealApp(folder.path, {
    IONQ_API_URL: emulator.url,
    KETBENCH_POLL_MS: '5',
    KETBENCH_PASSPHRASE_FILE: folder.write('passphrase', 'plain walnut river'),
  });
  await app.jobs.whenEnded(jobId);
  expect((await app.jobs.document(jobId)).status).toBe('completed');
  expect(submissions()).toBe(1);
});

test('limits are kept: a circuit that costs more is refused before it is bought', async () => {
  await addKey();
  const document = await run({ limits: { cost: 0.5 } });
  expect(document.status).toBe('failed');
  expect(document.error?.code).toBe('budget');
  expect(document.error?.message).toMatch(/1\.00 USD.*0\.50 USD/);
  await call('settings.set', { monthlyBudget: 0.2 });
  expect((await run()).error?.code).toBe('budget');
  expect(emulator.jobs).toHaveLength(0);
});

test('a job that is started again keeps to its limit with what it had bought before', async () => {
  await app.close();
  await emulator.stop();
  emulator = await IonqEmulator.start({ pollsBeforeStart: 8, pollsBeforeEnd: 12 });
  await open();
  await call('vault.unlock', { passphrase: 'plain walnut river' });
  await addKey();
  const problem = {
    kind: 'maxcut',
    nodes: 2,
    edges: [[0, 1]],
  };
  const settings = { layers: 1, optimizer: { id: 'cobyla', maxIterations: 30 } };
  const jobId = await submit({ algorithm: 'qaoa', problem, settings, limits: { cost: 5.5 } });
  const passphrase = folder.write('passphrase', 'plain walnut river');
  // Three circuits at first and one at a time then, 1 USD each; it is stopped after every purchase.
  for (let bought = 1; bought <= 3; bought++) {
    await expect.poll(() => emulator.jobs.length, patience).toBe(bought);
    await app.close();
    app = await openRealApp(folder.path, {
      IONQ_API_URL: emulator.url,
      KETBENCH_POLL_MS: '5',
      KETBENCH_PASSPHRASE_FILE: passphrase,
    });
  }
  await app.jobs.whenEnded(jobId);
  const document = await app.jobs.document(jobId);
  expect(document.error?.message).toMatch(/1\.00 USD after 5\.00 USD so far.*5\.50 USD/);
  expect(document.cost).toBe(5);
  expect(emulator.jobs).toHaveLength(3);
});

test('jobs that run at the same time keep to the month’s budget together', async () => {
  await addKey();
  await call('settings.set', { monthlyBudget: 5 });
  const ids = await Promise.all(Array.from({ length: 16 }, (_, seed) => submit({ seed })));
  const documents = await Promise.all(ids.map((id) => app.jobs.whenEnded(id)));
  const done = documents.filter(({ status }) => status === 'completed');
  expect(done).toHaveLength(5);
  const refused = documents.filter(({ error }) => error?.code === 'budget');
  expect(refused).toHaveLength(11);
  expect(emulator.jobs).toHaveLength(5);
});

test('a kernel of many circuits goes in batches of a hundred', async () => {
  await addKey();
  const rows = Array.from({ length: 20 }, (_, k) =>
    [Math.sin(k), Math.cos(3 * k), k % 2 === 0 ? 'up' : 'down'].join(','),
  );
  const text = `a,b,side\n${rows.join('\n')}\n`;
  const { id } = (await call('data.import', { name: 'moves.csv', text })) as { id: string };
  const split = { kind: 'holdout', testFraction: 0.25, seed: 1 };
  const document = await run({
    algorithm: 'qsvm',
    problem: { kind: 'classification', data: id, target: 'side', split },
    settings: { featureMap: { id: 'zz' } },
    backend: 'ionq.simulator',
    shots: 100,
  });
  expect(document.status).toBe('completed');
  // Each of 14 rows with each other one, and 6 rows with each of these.
  expect(document.result).toMatchObject({ circuits: 91 + 84 });
  expect(submissions()).toBe(2);
});

test('a spec for a machine needs shots, and its device must exist', async () => {
  await expect(
    submit({
      algorithm: 'expectation',
      problem: { kind: 'circuit', qasm: bell, observables: ['Z0'] },
      shots: null,
    }),
  ).rejects.toMatchObject({ details: { errors: [{ path: 'shots' }] } });
  await expect(submit({ backend: 'ionq.qpu.atlantis' })).resolves.toBeDefined();
  await expect(submit({ backend: 'atlantis' })).rejects.toMatchObject({
    details: { errors: [{ path: 'backend' }] },
  });
});

test('the key is in no answer, log, export or file of the library', async () => {
  await addKey();
  const document = await run();
  const id = document.jobId;
  const exports = ['csv', 'json', 'svg'].map((format) => call('reports.make', { id, format }));
  const answers = JSON.stringify([
    document,
    await Promise.all(exports),
    await call('credentials.list', {}),
    await call('devices.list', {}),
    app.jobs.log(document.jobId),
  ]);
  // What the exports do hold is found, so the search can fail.
  expect(answers).toContain('result.csv');
  expect(answers).not.toContain(emulator.key);
  await app.close();
  for (const path of filesBelow(folder.path))
    expect(readFileSync(path).includes(emulator.key), path).toBe(false);
  await open();
});

function filesBelow(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const child = join(path, name);
    return statSync(child).isDirectory() ? filesBelow(child) : [child];
  });
}
