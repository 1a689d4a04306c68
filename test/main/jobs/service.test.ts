import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import { hoards } from '#test/support/small-engine.ts';
import { openTestApp, temporaryFolder, walkSpec } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let app: App;

beforeEach(async () => {
  folder = temporaryFolder();
  app = await openTestApp(folder.path);
});

afterEach(async () => {
  await app.close();
  folder.remove();
});

async function finish(spec: object, priority = 0): Promise<string> {
  const { jobId } = await app.jobs.submit(spec, priority);
  await app.jobs.whenEnded(jobId);
  return jobId;
}

/** Resolves at the first summary of this job that fits. */
function until(jobId: string, fits: (summary: JobSummary) => boolean): Promise<JobSummary> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = app.jobs.list({ limit: 1000 }).jobs.find((job) => job.jobId === jobId);
      if (found === undefined || !fits(found)) return;
      subscription.dispose();
      resolve(found);
    };
    const subscription = app.hub.onNew(look);
    look();
  });
}

describe('a job', () => {
  test('runs to its end and leaves its result as plain JSON', async () => {
    const jobId = await finish(walkSpec({ steps: 5 }, { seed: 3, name: 'Walk' }));
    const document = await app.jobs.document(jobId);
    expect(document.status).toBe('completed');
    expect(document.result).toMatchObject({ circuits: 5, shots: 50, odd: 'NaN' });
    expect(document.measured.completedAt).not.toBeNull();
    expect(document.cost).toBe(0);
  });

  test('gives the same bytes for the same spec and seed, and others for another seed', async () => {
    const results = [];
    for (const seed of [1, 1, 2]) {
      const document = await app.jobs.document(await finish(walkSpec({ steps: 20 }, { seed })));
      results.push(JSON.stringify(document.result));
    }
    expect(results[0]).toBe(results[1]);
    expect(results[0]).not.toBe(results[2]);
  });

  test('keeps its curves and its log', async () => {
    const jobId = await finish(walkSpec({ steps: 300 }));
    const [curve] = app.jobs.curves(jobId, { pixels: 2000 });
    expect(curve).toMatchObject({ run: jobId, name: 'sum', total: 300 });
    expect(Array.from(curve?.x ?? []).slice(0, 3)).toStrictEqual([0, 1, 2]);
    expect(app.jobs.curves(jobId, { pixels: 50 })[0]?.x.length).toBeLessThanOrEqual(50);
    expect(app.jobs.log(jobId).map(({ text }) => text)).toStrictEqual([
      'submitted',
      'started',
      'completed',
    ]);
  });

  test('is refused with every fault of its spec', async () => {
    const spec = { algorithm: 'walk', problem: { kind: 'maxcut' }, seed: -1, extra: 1 };
    await expect(app.jobs.submit(spec)).rejects.toMatchObject({
      code: 'bad-input',
      details: { errors: expect.arrayContaining([expect.objectContaining({ path: 'seed' })]) },
    });
    expect(app.jobs.rows()).toStrictEqual([]);
  });

  test('is refused where its data set is not there or lies outside the library', async () => {
    const problem = { kind: 'portfolio', prices: 'nothing', riskAversion: 1, budget: 1 };
    const spec = { ...walkSpec({}), problem };
    await expect(app.jobs.submit(spec)).rejects.toMatchObject({ code: 'not-found' });
    for (const prices of ['/etc/passwd', '../x.csv', 'a/../../x', 'C:\\x.csv']) {
      await expect(
        app.jobs.submit({ ...spec, problem: { ...problem, prices } }),
      ).rejects.toMatchObject({ code: 'bad-input' });
    }
  });

  test('that needs more than its own memory limit fails with needed and available', async () => {
    const jobId = await finish(walkSpec({}, { limits: { memoryBytes: 10 } }));
    expect((await app.jobs.document(jobId)).error).toMatchObject({
      code: 'too-large',
      details: { needed: 1000, available: 10 },
    });
  });

  test('ends at its own limit of seconds', async () => {
    const jobId = await finish(
      walkSpec({ steps: 10_000, stepMs: 5 }, { limits: { seconds: 0.3 } }),
    );
    expect(await app.jobs.document(jobId)).toMatchObject({
      status: 'failed',
      error: { code: 'limit' },
    });
  });
});

describe('control', () => {
  test('a cancelled job ends while it computes', async () => {
    const { jobId } = await app.jobs.submit(walkSpec({ steps: 100_000, stepMs: 5 }));
    await until(jobId, (job) => job.message.startsWith('step'));
    await app.jobs.cancel(jobId);
    expect((await app.jobs.whenEnded(jobId)).status).toBe('cancelled');
  });

  test('a job stuck inside a library ends with its thread', async () => {
    const { jobId } = await app.jobs.submit({ ...walkSpec({}), algorithm: 'stuck' });
    await until(jobId, (job) => !job.canPause);
    await expect(app.jobs.pause(jobId)).rejects.toMatchObject({ code: 'unsupported' });
    await app.jobs.cancel(jobId);
    expect((await app.jobs.whenEnded(jobId)).status).toBe('cancelled');
  });

  test('a thread that dies fails its own job only', async () => {
    const { jobId } = await app.jobs.submit({ ...walkSpec({}), algorithm: 'crash' });
    const other = await finish(walkSpec({ steps: 3 }));
    expect(await app.jobs.whenEnded(jobId)).toMatchObject({
      status: 'failed',
      error: { code: 'internal' },
    });
    expect((await app.jobs.document(other)).status).toBe('completed');
  });

  test.each(Object.keys(hoards))(
    'a thread that exhausts its memory (%s) fails its own job only, and says so',
    async (algorithm) => {
      const hoard = { ...walkSpec({}, { limits: { memoryBytes: 2 ** 26 } }), algorithm };
      const { jobId } = await app.jobs.submit(hoard);
      const other = await finish(walkSpec({ steps: 3 }));
      const document = await app.jobs.whenEnded(jobId);
      expect(document).toMatchObject({ status: 'failed', error: { code: 'too-large' } });
      expect(document.error?.message).toMatch(/memory: it held .* may hold 352 MiB/);
      expect((await app.jobs.document(other)).status).toBe('completed');
      const later = await finish(walkSpec({ steps: 3 }));
      expect((await app.jobs.document(later)).status).toBe('completed');
    },
  );

  test('a paused job leaves its thread to others and reaches the same bits afterwards', async () => {
    const spec = walkSpec({ steps: 60, stepMs: 5 }, { seed: 9 });
    const { jobId } = await app.jobs.submit(spec);
    await until(jobId, (job) => job.message.startsWith('step'));
    await app.jobs.pause(jobId);
    await until(jobId, (job) => job.phase === 'paused');
    const other = await finish(spec);
    expect((await app.jobs.document(jobId)).phase).toBe('paused');
    await app.jobs.resume(jobId);
    const document = await app.jobs.whenEnded(jobId);
    expect(document.result).toStrictEqual((await app.jobs.document(other)).result);
  });

  test('a job that is asked to finish is completed with what it has', async () => {
    const { jobId } = await app.jobs.submit(walkSpec({ steps: 100_000, stepMs: 5 }));
    await until(jobId, (job) => job.message.startsWith('step'));
    await app.jobs.finish(jobId);
    const { status, result } = await app.jobs.whenEnded(jobId);
    expect([status, (result as { stopped: string }).stopped]).toEqual(['completed', 'finish']);
    expect((result as { circuits: number }).circuits).toBeLessThan(100_000);
    await expect(app.jobs.finish(jobId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a paused job that is asked to finish goes on to do so', async () => {
    const { jobId } = await app.jobs.submit(walkSpec({ steps: 100_000, stepMs: 5 }));
    await until(jobId, (job) => job.message.startsWith('step'));
    await app.jobs.pause(jobId);
    await until(jobId, (job) => job.phase === 'paused');
    await app.jobs.finish(jobId);
    expect(await app.jobs.whenEnded(jobId)).toMatchObject({ status: 'completed' });
  });

  test('one that has nothing to finish with says why, and so does one that has not begun', async () => {
    const { jobId } = await app.jobs.submit({ ...walkSpec({}), algorithm: 'stuck' });
    const ahead = Array.from({ length: app.jobs.concurrency }, () =>
      app.jobs.submit(walkSpec({ steps: 100_000, stepMs: 5 })),
    );
    const running = await Promise.all(ahead);
    const waiting = await app.jobs.submit(walkSpec({}), -1);
    await until(jobId, (job) => !job.canPause);
    await expect(app.jobs.finish(jobId)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('library that cannot be interrupted'),
    });
    await expect(app.jobs.finish(waiting.jobId)).rejects.toMatchObject({ code: 'conflict' });
    for (const one of [waiting, ...running, { jobId }]) await app.jobs.cancel(one.jobId);
  });

  test('a higher priority goes first', async () => {
    const blocker = await app.jobs.submit(walkSpec({ steps: 200, stepMs: 5 }), 10);
    const names = [
      ['low', -1],
      ['high', 5],
      ['middle', 0],
    ] as const;
    const jobs: { readonly name: string; readonly jobId: string }[] = [];
    for (const [name, priority] of names) {
      const { jobId } = await app.jobs.submit(walkSpec({ steps: 1 }, { name }), priority);
      jobs.push({ name, jobId });
    }
    await app.jobs.whenEnded(blocker.jobId);
    for (const { jobId } of jobs) await app.jobs.whenEnded(jobId);
    // Ends are written while the next job runs, so they may come in another order.
    const begun = (jobId: string) =>
      app.jobs.log(jobId).find(({ text }) => text === 'started')?.at ?? '';
    const order = jobs.toSorted((a, b) => (begun(a.jobId) < begun(b.jobId) ? -1 : 1));
    expect(order.map(({ name }) => name)).toStrictEqual(['high', 'middle', 'low']);
  });

  test('progress is told at most about 20 times a second, with the time left', async () => {
    const { jobId } = await app.jobs.submit(walkSpec({ steps: 400, stepMs: 3 }));
    const told = { 'jobs.changed': 0, 'runs.points': 0 };
    const subscription = app.hub.onNew(() => {
      const name = app.hub.at(app.hub.lastNumber)?.name;
      if (name === 'jobs.changed' || name === 'runs.points') told[name]++;
    });
    const estimated = until(jobId, (job) => job.secondsLeft !== null);
    const document = await app.jobs.whenEnded(jobId);
    subscription.dispose();
    expect((await estimated).secondsLeft).toBeGreaterThan(0);
    const most = document.measured.executionTime * 20 + 10;
    expect(told['runs.points']).toBeGreaterThan(0);
    for (const count of Object.values(told)) expect(count).toBeLessThan(most);
  });
});

describe('a restart', () => {
  test('resumes what was running, from its log, to the same bits', async () => {
    const spec = walkSpec({ steps: 80, stepMs: 5 }, { seed: 4 });
    const { jobId } = await app.jobs.submit(spec);
    await until(jobId, (job) => (job.metrics.sum ?? 0) !== 0 && (job.fraction ?? 0) > 0.2);
    await app.close();
    // The last record was cut off in the middle of a write.
    appendFileSync(join(folder.path, 'jobs', jobId, 'run.log'), Uint8Array.of(9, 0, 0, 0, 1, 2));
    app = await openTestApp(folder.path);
    const resumed = await app.jobs.whenEnded(jobId);
    const texts = app.jobs.log(jobId).map(({ text }) => text);
    expect(texts.some((text) => /resumes after \d+ recorded steps/.test(text))).toBe(true);
    expect(texts).toContain('a torn record at the end of the log was dropped');
    const whole = await app.jobs.document(await finish(spec));
    expect(JSON.stringify(resumed.result)).toBe(JSON.stringify(whole.result));
  });

  test('asks again to finish what was asked before, and does not count what it had', async () => {
    const { jobId } = await app.jobs.submit(walkSpec({ steps: 100_000, stepMs: 5 }));
    await until(jobId, (job) => (job.executionTime ?? 0) > 0.1);
    await app.jobs.pause(jobId);
    await until(jobId, (job) => job.phase === 'paused');
    const before = app.jobs.list({ limit: 1 }).jobs[0]?.message ?? '';
    await app.close();
    app = await openTestApp(folder.path);
    await app.jobs.finish(jobId);
    const { status, result } = await app.jobs.whenEnded(jobId);
    expect(status).toBe('completed');
    const [, step = ''] = /step (\d+)/.exec(before) ?? [];
    expect((result as { circuits: number }).circuits).toBeGreaterThanOrEqual(Number(step));
  });

  test('leaves a paused job paused', async () => {
    const { jobId } = await app.jobs.submit(walkSpec({ steps: 200, stepMs: 5 }));
    await until(jobId, (job) => job.message.startsWith('step'));
    await app.jobs.pause(jobId);
    await until(jobId, (job) => job.phase === 'paused');
    await app.close();
    app = await openTestApp(folder.path);
    expect((await app.jobs.document(jobId)).phase).toBe('paused');
    await app.jobs.resume(jobId);
    expect((await app.jobs.whenEnded(jobId)).status).toBe('completed');
  });

  test('runs nothing that was not asked for when it is only a short command', async () => {
    const { jobId } = await app.jobs.submit(walkSpec({ steps: 100_000, stepMs: 5 }));
    await until(jobId, (job) => job.message.startsWith('step'));
    await app.close();
    app = await openTestApp(folder.path, { runAll: false });
    const other = await finish(walkSpec({ steps: 2 }));
    expect((await app.jobs.document(other)).status).toBe('completed');
    expect((await app.jobs.document(jobId)).status).toBe('queued');
  });
});
