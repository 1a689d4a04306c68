import { afterAll, beforeAll, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { type RequestName, requests } from '#shared/ipc/contract.ts';
import { readHostFile } from '#main/host/host-file.ts';
import { finish, Ketbench, waitFor } from '#test/support/ketbench.ts';
import { hostileFrame } from '#test/support/frame-fuzz.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
const frames = 60_000;
/** They would run for long or fill the library; their frames are as hostile with any other name. */
const left = new Set<RequestName>([
  'jobs.submit',
  'benchmarks.run',
  'vault.unlock',
  'credentials.add',
]);
let host: ReturnType<Ketbench['start']>;
/** The last that the host said, for a failure; read on, so that a full pipe never stops it. */
let said = '';

beforeAll(async () => {
  process.env.IONQ_API_URL = 'http://127.0.0.1:9';
  host = new Ketbench(folder.path).start('serve');
  host.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  await waitFor(host.stdout, /token=/);
});
afterAll(async () => {
  // One that ended by itself has no end to wait for.
  if (host.exitCode === null && host.signalCode === null) {
    host.kill('SIGTERM');
    await finish(host);
  }
  folder.remove();
});

function socket(): Promise<WebSocket> {
  const { address, token } = readHostFile(folder.path) ?? { address: '', token: '' };
  const options = { headers: { authorization: `Bearer ${token}` } };
  const one = new WebSocket(`${address.replace('http', 'ws')}/api/socket`, options as never);
  return new Promise((resolve, reject) => {
    one.onopen = () => resolve(one);
    one.onerror = () =>
      reject(new Error(`The host is not to be reached (exit code ${host.exitCode}): ${said}`));
  });
}

test(`the host outlives ${frames} hostile frames`, { timeout: 1_800_000 }, async () => {
  const rng = rngOf(60);
  const names = (Object.keys(requests) as RequestName[]).filter((name) => !left.has(name));
  let dropped = 0;
  const ends = new Set<number | string>();
  let one = await socket();
  const ended = (): boolean => one.readyState !== WebSocket.OPEN;
  const take = (event: CloseEvent): void => {
    dropped++;
    ends.add(event.code === 1008 && event.reason === '' ? '1008 without a reason' : event.code);
  };
  one.onclose = take;
  for (let i = 0; i < frames; i++) {
    if (ended()) {
      one = await socket();
      one.onclose = take;
    }
    one.send(hostileFrame(rng, names));
    if (i % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(host.exitCode).toBeNull();
  // What ends now, the test ends.
  one.onclose = null;
  one.close();
  const { address, token } = readHostFile(folder.path) ?? { address: '', token: '' };
  const alive = await fetch(`${address}/api/v1/openapi.json`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(alive.status).toBe(200);
  // How many are sent before an end is seen is a matter of the machine; that there are ends is not.
  expect(dropped).toBeGreaterThan(10);
  expect([...ends].filter((end) => ![1000, 1005, 1006, 1008, 1009].includes(Number(end)))).toEqual(
    [],
  );
});
