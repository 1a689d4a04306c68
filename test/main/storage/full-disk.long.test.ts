import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { type Call, createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { mountSmallDisk, type SmallDisk } from '#test/support/small-disk.ts';
import { openTestApp, walkSpec } from '#test/support/temporary-app.ts';

const probe = mountSmallDisk(1 << 20);
probe?.remove();

/** Only root may mount a disk to fill; elsewhere these are left out. */
describe.skipIf(probe === null)('a disk that refuses for a while', () => {
  let disk: SmallDisk;
  let app: App;
  let call: Call;

  beforeEach(async () => {
    disk = mountSmallDisk(4 << 20) as SmallDisk;
    app = await openTestApp(disk.path);
    call = createCall(createHandlers(app));
  });
  afterEach(async () => {
    disk.makeReadOnly(false);
    disk.free();
    await app.close();
    disk.remove();
  });

  const refusals = [
    ['full', () => disk.fill(), () => disk.free(), 'ENOSPC'],
    ['read-only', () => disk.makeReadOnly(true), () => disk.makeReadOnly(false), 'EROFS'],
  ] as const;

  test.each(refusals)(
    '%s: nothing changes before it is on disk, and a retry succeeds',
    async (_, refuse, allow, reason) => {
      const { id } = (await call('documents.write', { name: 'a', text: '1' })) as { id: string };
      const text = 'a,b\n1,2\n3,4\n';
      const writes = [
        ['documents.write', { id, name: 'a', text: 'x'.repeat(50_000), revision: 1 }],
        ['documents.write', { name: 'b', text: '1' }],
        ['documents.change', { id, name: 'c' }],
        ['settings.set', { theme: 'dark' }],
        ['gates.write', { source: 'gate g a { h a; }' }],
        ['data.import', { name: 'd.csv', text }],
        ['jobs.submit', { spec: walkSpec({ steps: 2 }) }],
      ] as const;
      const state = async (): Promise<string> =>
        JSON.stringify([
          await call('documents.list', {}),
          await call('documents.read', { id }),
          await call('settings.get', {}),
          await call('gates.list', {}),
          await call('data.list', {}),
          await call('jobs.list', {}),
        ]);
      const before = await state();
      refuse();
      for (const [name, input] of writes) {
        const error = {
          code: 'unavailable',
          message: expect.not.stringContaining(disk.path),
          details: { reason },
        };
        await expect(call(name, input), name).rejects.toMatchObject(error);
      }
      expect(await state()).toBe(before);
      allow();
      for (const [name, input] of writes) await call(name, input);
      await app.jobs.whenEnded(app.jobs.rows()[0]?.jobId ?? '');
      await app.close();
      app = await openTestApp(disk.path);
      call = createCall(createHandlers(app));
      expect(await call('documents.read', { id })).toMatchObject({ revision: 2, name: 'c' });
      expect(await call('settings.get', {})).toMatchObject({ theme: 'dark' });
      expect(await call('gates.list', {})).toHaveLength(1);
    },
  );

  test('jobs that run while the disk is full go on, end when there is room, and the queue with them', async () => {
    const ids: string[] = [];
    for (const steps of [60, 30, 30]) {
      ids.push((await app.jobs.submit(walkSpec({ steps, stepMs: 5 }, { seed: 4 }))).jobId);
    }
    const [running = '', queued = '', cancelled = ''] = ids;
    await expect.poll(async () => (await app.jobs.document(running)).status).toBe('running');
    disk.fill();
    await app.jobs.pause(queued);
    await app.jobs.resume(queued);
    await app.jobs.cancel(cancelled);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    disk.free();
    expect((await app.jobs.whenEnded(running)).status).toBe('completed');
    expect((await app.jobs.whenEnded(queued)).status).toBe('completed');
    expect((await app.jobs.whenEnded(cancelled)).status).toBe('cancelled');
    await app.close();
    app = await openTestApp(disk.path);
    const again = await app.jobs.submit(walkSpec({ steps: 60, stepMs: 0 }, { seed: 4 }));
    const whole = await app.jobs.whenEnded(again.jobId);
    expect((await app.jobs.document(running)).result).toStrictEqual(whole.result);
    expect(app.library.tables.utilization.all()).toHaveLength(4);
  });
});
