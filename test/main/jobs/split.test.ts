import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { type Call, createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { IonqEmulator } from '#test/support/ionq-emulator.ts';
import { openRealApp, temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let emulator: IonqEmulator;
let app: App;
let call: Call;

async function openLocked(): Promise<void> {
  app = await openRealApp(folder.path, { IONQ_API_URL: emulator.url, KETBENCH_POLL_MS: '5' });
  call = createCall(createHandlers(app));
}

async function open(): Promise<void> {
  await openLocked();
  await call('vault.unlock', { passphrase: 'plain walnut river' });
}

beforeEach(async () => {
  folder = temporaryFolder();
  emulator = await IonqEmulator.start();
  await open();
  const fields = { apiKey: emulator.key };
  await call('credentials.add', { provider: 'ionq', name: 'test', fields });
});
afterEach(async () => {
  await app.close();
  await emulator.stop();
  folder.remove();
});

const problem = {
  kind: 'circuit',
  qasm: 'include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];',
  observables: ['Z0*Z1', 'X0*X1', 'Y0*Y1', 'Z0'],
};

async function run(more: object): Promise<JobDocument> {
  const { jobId } = await app.jobs.submit({
    algorithm: 'expectation',
    problem,
    shots: 400,
    seed: 2,
    ...more,
  });
  return app.jobs.whenEnded(jobId);
}

interface Share {
  readonly backend: string;
  readonly circuits: number;
  readonly shots: number;
}

function sharesIn({ provenance }: JobDocument): readonly Share[] {
  return (provenance['answeredBy'] ?? []) as readonly Share[];
}

test('simulators, a device model and a vendor’s machine share a job, and provenance says who answered what', async () => {
  const backend = ['simulator', 'mps', 'ibm-torino', 'ionq.qpu.forte-1'];
  const document = await run({ backend, split: 'fidelity' });
  expect(document.error).toBeUndefined();
  const { observables, circuits, shots } = document.result as {
    observables: { mitigated: { value: number } }[];
    circuits: number;
    shots: number;
  };
  const values = observables.map(({ mitigated }) => mitigated.value);
  [1, 1, -1, 0].forEach((value, k) => expect(values[k]).toBeGreaterThan(value - 0.4));
  const shares = sharesIn(document);
  expect(shares.reduce((sum, one) => sum + one.circuits, 0)).toBe(circuits);
  expect(shares.reduce((sum, one) => sum + one.shots, 0)).toBe(shots);
  expect(shares.length).toBeGreaterThan(1);
  const booked = app.library.tables.utilization.all().map(({ qpuBackend }) => qpuBackend);
  expect(booked).toEqual(shares.map((one) => one.backend));
});

test('a part that its machine loses moves to another backend', async () => {
  emulator.failNext = { code: 'QuantumComputerError', message: 'Out of ions.' };
  const document = await run({ backend: ['ionq.qpu.forte-1', 'simulator'], split: 'fidelity' });
  expect(document.error).toBeUndefined();
  expect(sharesIn(document).map(({ backend }) => backend)).toEqual(['simulator']);
  expect(document.warnings.join(' ')).toMatch(/ionq\.qpu\.forte-1 was left out.*Out of ions/);
});

test('a run that is closed on the way buys nothing twice', async () => {
  const spec = { algorithm: 'expectation', problem, shots: 400, seed: 2 };
  const backend = ['ionq.qpu.forte-1', 'simulator'];
  const { jobId } = await app.jobs.submit({ ...spec, backend, split: 'fidelity' });
  await expect.poll(() => emulator.jobs.length).toBeGreaterThan(0);
  await app.close();
  const bought = emulator.jobs.length;
  // It goes on by itself, and waits for the vault.
  await openLocked();
  const message = () =>
    app.jobs.list({ limit: 10 }).jobs.find((job) => job.jobId === jobId)?.message;
  await expect.poll(message).toMatch(/waits for the key vault/);
  await call('vault.unlock', { passphrase: 'plain walnut river' });
  const document = await app.jobs.whenEnded(jobId);
  expect(document.error).toBeUndefined();
  expect(emulator.jobs.length).toBe(bought);
  expect(sharesIn(document).map((share) => share.backend)).toEqual([
    'ionq.qpu.forte-1',
    'simulator',
  ]);
});

test('the same seed gives the same bits with or without company of the same law', async () => {
  const alone = await run({ backend: 'simulator', shots: null });
  const shared = await run({ backend: ['simulator', 'statevector'], shots: null });
  const values = (document: JobDocument) =>
    (document.result as { observables: { mitigated: unknown }[] }).observables.map(
      ({ mitigated }) => mitigated,
    );
  expect(values(shared)).toEqual(values(alone));
});

test('what cannot be spread is told before anything runs', async () => {
  const spec = { algorithm: 'expectation', problem, shots: 10 };
  const errorsOf = async (more: object) =>
    (await app.forecaster.validate({ ...spec, ...more })).errors;
  expect(await errorsOf({ backend: ['simulator', 'simulator', 'sumulator'] })).toMatchObject([
    { path: 'backend[1]', message: '“simulator” is named twice.' },
    { path: 'backend[2]', message: expect.stringMatching(/no device “sumulator”/) as string },
  ]);
  expect(await errorsOf({ backend: 'simulator', split: 'price' })).toMatchObject([
    { path: 'split' },
  ]);
  expect(await errorsOf({ backend: ['simulator', 'ionq.qpu.forte-1'], shots: null })).toMatchObject(
    [{ path: 'shots' }],
  );
  const { forecast } = await app.forecaster.validate({ ...spec, backend: ['simulator', 'mps'] });
  expect(forecast?.basis).toMatch(
    /Spread: simulator 50 %, mps 50 %; what one loses the others take/,
  );
});
