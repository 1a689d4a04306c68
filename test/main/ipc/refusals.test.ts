import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { type RequestName, requests } from '#shared/ipc/contract.ts';
import { encodeMessage } from '#shared/ipc/wire.ts';
import type { App } from '#main/app.ts';
import { type Call, createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { sampleOf } from '#test/support/sample-of-schema.ts';
import { openTestApp, temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
let app: App;
let call: Call;

beforeAll(async () => {
  app = await openTestApp(folder.path);
  call = createCall(createHandlers(app));
});
afterAll(async () => {
  await app.close();
  folder.remove();
});

/** Their work is tested elsewhere and would outlast this. */
const left: ReadonlySet<string> = new Set(['jobs.submit', 'benchmarks.run', 'vault.unlock']);

// A promise that is left behind rejected ends this file with an error of its own.
test.each((Object.keys(requests) as RequestName[]).filter((name) => !left.has(name)))(
  '%s answers or refuses what it never heard of, and leaves no failure behind',
  async (name) => {
    const input = sampleOf(requests[name].input);
    let answer: unknown = null;
    try {
      answer = await call(name, input);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError);
      expect((thrown as AppError).code).not.toBe('internal');
    }
    encodeMessage({ kind: 'answer', id: 1, output: answer });
    // Unhandled rejections are reported after the turn in which they happened.
    await new Promise((resolve) => setImmediate(resolve));
  },
);
