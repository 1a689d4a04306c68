import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, createServer as createTcpServer } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import type { Device, DeviceEstimate } from '#shared/ipc/hardware.ts';
import { builtIn } from '#engine/members.ts';
import { localDevices } from '#main/hardware/local-devices.ts';
import { proxyFor } from '#main/hardware/proxy.ts';
import { requestJson, sleep } from '#main/hardware/http.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { openRealApp, temporaryFolder, type TemporaryFolder } from '#test/support/temporary-app.ts';

const ends: (() => unknown)[] = [];
let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  folder.remove();
});

async function listen(
  server: Pick<Server, 'listen' | 'address' | 'close' | 'on'>,
): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A proxy that writes down what it was asked, and lets in with the right name only. */
async function startProxy(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const isLetIn = (header: string | undefined): boolean =>
    header === undefined || header === `Basic ${Buffer.from('me:pass word').toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (!isLetIn(request.headers['proxy-authorization'])) return void response.writeHead(407).end();
    const target = new URL(request.url ?? '');
    fetch(target).then(
      async (answer) => response.writeHead(answer.status).end(await answer.text()),
      () => response.writeHead(502).end(),
    );
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (!isLetIn(request.headers['proxy-authorization']))
      return void socket.end('HTTP/1.1 407 No\r\n\r\n');
    const [, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return { port: await listen(server), asked };
}

function ask(url: string, environment: Record<string, string>): Promise<unknown> {
  return requestJson(
    { method: 'GET', url, isAwaited: true },
    {
      vendor: 'V',
      isTransient: () => false,
      tries: 1,
      sleep,
      firstDelayMs: 1,
      timeoutMs: 5000,
      environment,
    },
  );
}

describe('a vendor', () => {
  test('over http is asked through the proxy that is named, unless it is excepted', async () => {
    const port = await listen(createServer((_request, response) => response.end('{"ok":1}')));
    const proxy = await startProxy();
    const url = `http://127.0.0.1:${port}/x`;
    const named = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    await expect(ask(url, named)).resolves.toStrictEqual({ ok: 1 });
    await expect(ask(url, { ...named, NO_PROXY: 'example.org, 127.0.0.1' })).resolves.toStrictEqual(
      { ok: 1 },
    );
    await expect(ask(url, {})).resolves.toStrictEqual({ ok: 1 });
    expect(proxy.asked).toStrictEqual([`GET ${url}`]);
    const login = { http_proxy: `http://me:pass%20word@127.0.0.1:${proxy.port}` };
    await expect(ask(url, login)).resolves.toStrictEqual({ ok: 1 });
    await expect(ask(url, { http_proxy: 'ftp://me:secret@x' })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.not.stringContaining('secret'),
    });
  });

  const key = (): string => join(folder.path, 'key.pem');
  const certificate = (): string => join(folder.path, 'certificate.pem');
  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

  test.skipIf(!hasOpenssl)(
    'over https is asked through a tunnel, and trusted by an authority of one’s own',
    async () => {
      spawnSync('openssl', [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        key(),
        '-out',
        certificate(),
      ]);
      const server = createTlsServer(
        { key: readFileSync(key()), cert: readFileSync(certificate()) },
        (_request, response) => response.end('{"ok":2}'),
      );
      const port = await listen(server);
      const proxy = await startProxy();
      const url = `https://localhost:${port}/x`;
      const own = { KETBENCH_CA_FILE: certificate() };
      const through = { https_proxy: `http://me:pass%20word@127.0.0.1:${proxy.port}` };
      await expect(ask(url, {})).rejects.toMatchObject({
        code: 'unavailable',
        details: { reason: expect.stringMatching(/CERT/) },
      });
      await expect(ask(url, own)).resolves.toStrictEqual({ ok: 2 });
      await expect(ask(url, { ...own, ...through })).resolves.toStrictEqual({ ok: 2 });
      await expect(ask(url, through)).rejects.toMatchObject({ code: 'unavailable' });
      expect(proxy.asked).toStrictEqual([`CONNECT localhost:${port}`, `CONNECT localhost:${port}`]);
      const wrong = { https_proxy: `http://you:x@127.0.0.1:${proxy.port}` };
      await expect(ask(url, wrong)).rejects.toMatchObject({
        message: expect.stringContaining('407'),
      });
      await expect(ask(url, { KETBENCH_CA_FILE: '/nowhere' })).rejects.toMatchObject({
        code: 'bad-input',
      });
    },
  );

  test('is not followed to another address', async () => {
    let other = 0;
    const away = await listen(createServer((_request, response) => response.end(String(other++))));
    const port = await listen(
      createServer((_request, response) =>
        response.writeHead(302, { location: `http://127.0.0.1:${away}/` }).end(),
      ),
    );
    await expect(ask(`http://127.0.0.1:${port}/`, {})).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(other).toBe(0);
  });
});

test.each([
  ['https://api.example.com/', { HTTPS_PROXY: 'proxy:1' }, 'http://proxy:1/'],
  ['https://api.example.com/', { HTTP_PROXY: 'proxy:1' }, null],
  ['http://api.example.com/', { http_proxy: 'http://a', HTTP_PROXY: 'http://b' }, 'http://a/'],
  ['https://api.example.com/', { ALL_PROXY: 'http://all' }, 'http://all/'],
  ['https://api.example.com/', { HTTPS_PROXY: 'p', NO_PROXY: '*' }, null],
  ['https://api.example.com/', { HTTPS_PROXY: 'p', no_proxy: '.example.com' }, null],
  ['https://api.example.com/', { HTTPS_PROXY: 'p', no_proxy: 'example.com:443' }, null],
  ['https://api.example.com/', { HTTPS_PROXY: 'p', no_proxy: 'example.com:80' }, 'http://p/'],
  ['https://badexample.com/', { HTTPS_PROXY: 'p', no_proxy: 'example.com' }, 'http://p/'],
  ['https://[::1]/', { HTTPS_PROXY: 'p', no_proxy: '::1' }, null],
  ['https://api.example.com/', { HTTPS_PROXY: '' }, null],
])('%s with %j goes through %s', (url, environment, expected) => {
  expect(proxyFor(new URL(url), environment as Record<string, string>)?.href ?? null).toBe(
    expected,
  );
});

describe('a vendor that does not answer', () => {
  const bell = 'OPENQASM 3; include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];';

  async function openWith(url: string): Promise<ReturnType<typeof createCall>> {
    const app = await openRealApp(folder.path, { KETBENCH_IONQ_URL: url });
    ends.push(() => app.close());
    const call = createCall(createHandlers(app));
    await call('vault.unlock', { passphrase: 'plain walnut river' });
    await call('credentials.add', {
      provider: 'ionq',
      name: 'a',
      fields: { apiKey: 'some-key-4711' },
    });
    return call;
  }

  test.each(['silent', 'refusing'])(
    '(%s) holds up neither local devices nor the list for long',
    async (how) => {
      const asked: number[] = [];
      const server = createTcpServer((socket) => {
        asked.push(performance.now());
        socket.on('error', () => undefined);
        ends.push(() => socket.destroy());
      });
      const port = how === 'silent' ? await listen(server as never) : 9;
      const call = await openWith(`http://127.0.0.1:${port}`);
      const timed = async (name: string, input: unknown): Promise<[unknown, number]> => {
        const start = performance.now();
        return [await call(name, input), performance.now() - start];
      };
      for (const { id: deviceId } of localDevices(builtIn).slice(0, 3)) {
        const [, ms] = await timed('devices.estimate', { deviceId, source: bell, shots: 100 });
        expect([deviceId, ms < 3000]).toStrictEqual([deviceId, true]);
      }
      expect(asked).toStrictEqual([]);
      const [devices, ms] = await timed('devices.list', {});
      expect(ms).toBeLessThan(8000);
      const ionq = (devices as Device[]).filter(({ provider }) => provider === 'ionq');
      expect(ionq.length).toBeGreaterThan(0);
      for (const device of ionq)
        expect(device).toMatchObject({ status: 'unknown', isUnreachable: true });
      // It is not waited for again at once.
      expect((await timed('resources.utilization', {}))[1]).toBeLessThan(1500);
      if (how === 'silent') return;
      const [estimate] = await timed('devices.estimate', {
        deviceId: ionq[0]?.id,
        source: bell,
        shots: 100,
      });
      expect(estimate as DeviceEstimate).toMatchObject({
        cost: null,
        twoQubitGates: 1,
        costBasis: expect.stringContaining('could not be reached'),
      });
    },
  );

  test.each(['http://api.example.com', 'ftp://127.0.0.1', 'nonsense'])(
    'is not asked at %s: the key would travel in the open',
    async (url) => {
      const call = await openWith(url);
      const [{ id }] = (await call('credentials.list', {})) as [{ id: string }];
      await expect(call('credentials.test', { id })).resolves.toMatchObject({
        ok: false,
        message: expect.stringContaining('https://'),
      });
    },
  );

  test('whose error quotes the key leaves no trace of it', async () => {
    const port = await listen(
      createServer((request, response) =>
        response.writeHead(401).end(
          JSON.stringify({
            error: request.headers.authorization,
            message: `bad header ${request.headers.authorization}`,
          }),
        ),
      ),
    );
    const call = await openWith(`http://127.0.0.1:${port}`);
    const [{ id }] = (await call('credentials.list', {})) as [{ id: string }];
    const spec = {
      algorithm: 'sample',
      problem: { kind: 'circuit', qasm: `${bell} bit[2] c; c = measure q;` },
      backend: 'ionq.simulator',
      shots: 10,
    };
    const { jobId } = (await call('jobs.submit', { spec })) as { jobId: string };
    await expect
      .poll(async () => ((await call('jobs.get', { jobId })) as { status: string }).status)
      .toBe('failed');
    const all = JSON.stringify([
      await call('credentials.test', { id }),
      await call('jobs.get', { jobId }),
      await call('jobs.log', { jobId }),
      await call('jobs.list', {}),
    ]);
    expect(all).toContain('•••');
    expect(all).not.toContain('some-key-4711');
    expect(
      spawnSync('grep', ['-rl', 'some-key-4711', folder.path], { encoding: 'utf8' }).stdout,
    ).toBe('');
  });
});

test('the environment’s own errors stay AppErrors', () => {
  expect(() => proxyFor(new URL('https://x'), { HTTPS_PROXY: 'http://[' })).toThrow(AppError);
});
