import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import type { Backends, BackendSession, RemoteAskContext } from '#main/hardware/backend.ts';
import { AppError } from '#shared/base/errors.ts';
import { type Answer, type Ask, done } from '#engine/programs/program.ts';
import { openTestApp, temporaryFolder, walkSpec } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let app: App;
let vendor: Vendor;

/** A vendor whose jobs answer with their number, and whose machine can be made to hang. */
class Vendor implements Backends {
  readonly submitted: string[] = [];
  readonly asked: Ask['kind'][] = [];
  hangsAt = Infinity;
  onHang: () => void = () => undefined;
  aborted = false;

  problemsOf(): [] {
    return [];
  }

  isRemote(deviceId: string): boolean {
    return deviceId === 'machine';
  }

  sharesOf(): number[] {
    return [1];
  }

  connect(deviceId: string): BackendSession | null {
    if (!this.isRemote(deviceId)) return null;
    return {
      cost: 1.5,
      answer: (ask, context) => this.#answer(ask, context),
      dispose: () => undefined,
    };
  }

  async #answer(ask: Ask, context: RemoteAskContext): Promise<Answer> {
    this.asked.push(ask.kind);
    if (ask.kind === 'define') return done;
    let [vendorJobId] = context.alreadySubmitted;
    if (vendorJobId === undefined) {
      vendorJobId = `vendor-${this.submitted.length}`;
      this.submitted.push(vendorJobId);
      await context.recordSubmitted(vendorJobId);
    }
    context.report(`waiting for ${vendorJobId}`);
    if (context.askIndex >= this.hangsAt) await this.#hang(context.signal);
    const value = Number(vendorJobId.replace('vendor-', ''));
    return { kind: 'expectations', values: Float64Array.of(value), stderrs: Float64Array.of(0) };
  }

  #hang(signal: AbortSignal): Promise<never> {
    this.onHang();
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        this.aborted = true;
        reject(new AppError('cancelled', 'The vendor’s job was cancelled.'));
      });
    });
  }
}

const spec = (steps: number): object => walkSpec({ steps }, { backend: 'machine' });

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = new Vendor();
  app = await openTestApp(folder.path, { backends: vendor });
});
afterEach(async () => {
  await app.close();
  folder.remove();
});

/** Resolves when the vendor hangs. */
function untilHung(): Promise<void> {
  return new Promise((resolve) => {
    vendor.onHang = resolve;
  });
}

describe('a job on a machine', () => {
  test('has its asks answered by main, and costs what the vendor says', async () => {
    const { jobId } = await app.jobs.submit(spec(3));
    const document = await app.jobs.whenEnded(jobId);
    expect(document).toMatchObject({ status: 'completed', cost: 1.5, result: { sum: 0 + 1 + 2 } });
    expect(vendor.asked[0]).toBe('define');
    expect(app.jobs.log(jobId).map(({ text }) => text)).toContain('waiting for vendor-2');
  });

  test('that is killed while it waits finds its vendor job again and buys none twice', async () => {
    vendor.hangsAt = 4;
    const hung = untilHung();
    const { jobId } = await app.jobs.submit(spec(4));
    await hung;
    const bought = [...vendor.submitted];
    await app.close();
    vendor.hangsAt = Infinity;
    app = await openTestApp(folder.path, { backends: vendor });
    const document = await app.jobs.whenEnded(jobId);
    expect(document.result).toMatchObject({ sum: 0 + 1 + 2 + 3 });
    expect(bought.length).toBeLessThan(4);
    expect(vendor.submitted).toStrictEqual(['vendor-0', 'vendor-1', 'vendor-2', 'vendor-3']);
  });

  test('that is cancelled tells the vendor', async () => {
    vendor.hangsAt = 0;
    const hung = untilHung();
    const { jobId } = await app.jobs.submit(spec(4));
    await hung;
    await app.jobs.cancel(jobId);
    expect((await app.jobs.whenEnded(jobId)).status).toBe('cancelled');
    expect(vendor.aborted).toBe(true);
  });

  test('does not hold up what computes here', async () => {
    vendor.hangsAt = 0;
    const hung = untilHung();
    const { jobId } = await app.jobs.submit(spec(4));
    await hung;
    const local = await app.jobs.submit(walkSpec({ steps: 2 }));
    expect((await app.jobs.whenEnded(local.jobId)).status).toBe('completed');
    await app.jobs.cancel(jobId);
  });
});
