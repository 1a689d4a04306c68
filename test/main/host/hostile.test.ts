import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { StartTokens } from '#main/host/security.ts';
import { type Host, startHost } from '#main/host/start.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { errorBodySchema } from '#shared/ipc/rest.ts';
import { openTestApp, temporaryFolder } from '#test/support/temporary-app.ts';
import { writeWindow } from '#test/support/window-folder.ts';

const folder = temporaryFolder();
let app: App;
let host: Host;

beforeAll(async () => {
  app = await openTestApp(folder.path);
  host = await startHost({
    app,
    call: createCall(createHandlers(app)),
    windowFolder: writeWindow(join(folder.path, 'renderer')),
    patience: { silentMs: 700, requestMs: 400 },
  });
});
afterAll(async () => {
  await host.close();
  await app.close();
  folder.remove();
});

/** Sends bytes as they are and gives everything that comes until the other side closes. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(host.port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

const own = (): string => `Host: 127.0.0.1:${host.port}\r\nConnection: close\r\n`;
const bearer = (): string => `Authorization: Bearer ${host.token}\r\n`;
const get = (path: string, headers = bearer()): Promise<string> =>
  raw(`GET ${path} HTTP/1.1\r\n${own()}${headers}\r\n`);
const statusOf = (answer: string): number => Number(answer.split(' ')[1]);
const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);

describe('an address or request that is malformed', () => {
  test.each([
    '//',
    '//[',
    '///',
    '/%',
    '/%zz',
    '/%E0%A4%A',
    '/?%',
    '//evil.example/',
    '/a/../..',
    '/[',
    '/\\',
  ])('%s is refused in the shape of every failure', async (path) => {
    const answer = await get(path);
    const isPage = statusOf(answer) === 200;
    expect(statusOf(answer)).toBeLessThan(500);
    if (!isPage) errorBodySchema.parse(JSON.parse(bodyOf(answer)));
    expect(answer.toLowerCase()).toContain('content-security-policy');
    expect(statusOf(await get(path, ''))).toBe(401);
  });

  test.each([
    [
      'headers that are too large',
      431,
      () => `GET / HTTP/1.1\r\n${own()}X: ${'x'.repeat(40_000)}\r\n\r\n`,
    ],
    ['what is no HTTP', 400, () => 'nonsense\r\n\r\n'],
    [
      'a body that ends early',
      408,
      () =>
        `POST /api/v1/quantum/training/jobs/submit HTTP/1.1\r\n${own()}${bearer()}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"`,
    ],
  ])('%s', async (_, status, bytes) => {
    const answer = await raw(bytes());
    expect(statusOf(answer)).toBe(status);
    errorBodySchema.parse(JSON.parse(bodyOf(answer)));
  });

  test('a spec that is nested very deep is bad input', async () => {
    const body = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const answer = await raw(
      `POST /api/v1/quantum/training/jobs/submit HTTP/1.1\r\n${own()}${bearer()}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(statusOf(answer)).toBe(400);
    expect(bodyOf(answer)).toContain('nested');
  });

  test('who connects and says nothing is closed', async () => {
    statusOf(await raw(''));
  });
});

describe('an address for a browser’s arguments', () => {
  test('lets in once, is no bearer, and is not the token', async () => {
    const url = new URL(host.startUrl());
    expect(url.href).not.toContain(host.token);
    const start = url.searchParams.get('start') ?? '';
    expect(statusOf(await get('/', `Authorization: Bearer ${start}\r\n`))).toBe(401);
    expect(statusOf(await get(`/api/v1/openapi.json?start=${start}`, ''))).toBe(401);
    const first = await get(`/?start=${start}&document=1`, '');
    expect(statusOf(first)).toBe(303);
    expect(first).toMatch(/location: \/\?document=1\r/i);
    expect(first).toMatch(/set-cookie: ketbench-\d+=\S+; HttpOnly; SameSite=Strict/i);
    expect(statusOf(await get(`/?start=${start}`, ''))).toBe(401);
  });

  test('is worth nothing after two minutes', () => {
    let now = 0;
    const tokens = new StartTokens(() => now);
    const [a, b] = [tokens.create(), tokens.create()];
    now = 119_000;
    expect(tokens.use(a)).toBe(true);
    now = 121_000;
    expect(tokens.use(b)).toBe(false);
  });
});
