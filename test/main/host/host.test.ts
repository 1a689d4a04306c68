import { statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { publishHost, readHostFile } from '#main/host/host-file.ts';
import { contentSecurityPolicy } from '#main/host/security.ts';
import { type Host, startHost } from '#main/host/start.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { openTestApp, temporaryFolder, walkSpec } from '#test/support/temporary-app.ts';
import { writeWindow } from '#test/support/window-folder.ts';

const folder = temporaryFolder();
let app: App;
let host: Host;

beforeAll(async () => {
  app = await openTestApp(folder.path);
  const windowFolder = writeWindow(join(folder.path, 'renderer'));
  host = await startHost({ app, call: createCall(createHandlers(app)), windowFolder });
});

afterAll(async () => {
  await host.close();
  await app.close();
  folder.remove();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Node's own client, because fetch sends no Host or Origin of one's choice. */
function send(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const outgoing = httpRequest(
      `${host.address}${path}`,
      { method, headers: { ...type, ...headers } },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (part: string) => {
          text += part;
        });
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${host.token}` });

describe('the door of the host', () => {
  test('turns the token of the first address into a strict cookie that lets in', async () => {
    const first = await send(host.url.slice(host.address.length));
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const [cookie] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\//);
    expect(cookie).not.toContain(host.token);
    const page = await send('/', { cookie: cookie?.split(';')[0] ?? '' });
    expect(page.status).toBe(200);
    expect(page.text).toContain('the window');
  });

  test.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a wrong cookie', { cookie: 'ketbench-1=x' }],
  ])('answers 401 with %s, on every path', async (_, headers) => {
    for (const path of [
      '/',
      '/?token=wrong',
      '/assets/app.js',
      '/api/socket',
      '/api/v1/openapi.json',
      '/nowhere',
    ]) {
      const answer = await send(path, headers as Record<string, string>);
      expect([path, answer.status]).toStrictEqual([path, 401]);
    }
  });

  test.each([
    ['another Host', { host: 'ketbench.example' }],
    ['a Host without port', { host: '127.0.0.1' }],
    ['another Origin', { origin: 'http://ketbench.example' }],
    ['an Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['an opaque Origin', { origin: 'null' }],
  ])('answers 421 with %s, whatever the token', async (_, headers) => {
    const all = { ...bearer(), ...(headers as Record<string, string>) };
    expect((await send('/', all)).status).toBe(421);
    expect((await send('/api/v1/quantum/training/jobs/submit', all, '{}')).status).toBe(421);
  });

  test('sends the policy and the isolation headers with every response', async () => {
    for (const path of ['/', '/assets/app.js', '/api/v1/openapi.json', '/nowhere']) {
      for (const headers of [{}, bearer()]) {
        const answer = await send(path, headers);
        expect(answer.headers['content-security-policy']).toBe(contentSecurityPolicy);
        expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
        expect(answer.headers['cross-origin-embedder-policy']).toBe('require-corp');
        expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
      }
    }
  });

  test.each(['/../settings.json', '/%2e%2e/settings.json', '/..%2fsettings.json', '/%00', '/%zz'])(
    'gives no file outside the window for %s',
    async (path) => {
      expect((await send(path, bearer())).status).not.toBe(200);
    },
  );

  test('publishes itself in a file that only the owner can read', async () => {
    const published = await publishHost(folder.path, host);
    expect(statSync(join(folder.path, 'host.json')).mode & 0o777).toBe(0o600);
    expect(readHostFile(folder.path)).toMatchObject({ pid: process.pid, token: host.token });
    published.dispose();
    expect(readHostFile(folder.path)).toBeNull();
  });
});

describe('REST', () => {
  const base = '/api/v1/quantum';

  async function get(path: string): Promise<{ status: number; body: never }> {
    const { status, text } = await send(path, bearer());
    return { status, body: JSON.parse(text) as never };
  }

  async function post(path: string, body: unknown): Promise<{ status: number; body: never }> {
    const { status, text } = await send(path, bearer(), JSON.stringify(body));
    return { status, body: JSON.parse(text) as never };
  }

  test('submits a job and tells where it stands', async () => {
    const submitted = await post(`${base}/training/jobs/submit`, walkSpec({ steps: 3 }));
    expect(submitted.status).toBe(202);
    const { jobId } = submitted.body as { jobId: string };
    await app.jobs.whenEnded(jobId);
    const told = await get(`${base}/training/jobs/status?jobId=${jobId}`);
    expect(told.body).toMatchObject({
      jobs: [
        {
          jobId,
          algorithm: 'walk',
          qpuBackend: 'simulator',
          status: 'completed',
          trainingProgress: 1,
        },
      ],
      next: null,
    });
  });

  test('pages through jobs by cursor', async () => {
    for (let i = 0; i < 3; i++) await post(`${base}/training/jobs/submit`, walkSpec({ steps: 1 }));
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await get(`${base}/training/jobs/status?limit=2${cursor}`);
      const page = body as { jobs: { jobId: string }[]; next: string | null };
      seen.push(...page.jobs.map((job) => job.jobId));
      next = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(app.jobs.rows().length);
  });

  test('answers 400 with every error of a spec and 404 for a job that is not there', async () => {
    const { status, body } = await post(`${base}/training/jobs/submit`, { seed: -1, odd: 1 });
    expect(status).toBe(400);
    const { error } = body as { error: { code: string; details: { errors: unknown[] } } };
    expect(error.code).toBe('bad-input');
    expect(error.details.errors.length).toBeGreaterThan(2);
    expect((await get(`${base}/training/jobs/status?jobId=none`)).status).toBe(404);
    expect((await get(`${base}/training/jobs/status?limit=0&odd=1`)).status).toBe(400);
    const broken = await send(`${base}/training/jobs/submit`, bearer(), '{"a":');
    expect(broken.status).toBe(400);
  });

  test('tells models, resources and a configuration’s faults', async () => {
    expect((await get(`${base}/models/performance`)).body).toStrictEqual({
      models: [],
      next: null,
    });
    expect((await get(`${base}/resources/utilization`)).body).toMatchObject({
      queueLength: expect.any(Number),
      errorRates: expect.any(Object),
    });
    const { status, body } = await post(`${base}/algorithms/configure`, { algorithm: 'none' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { details: { errors: [{ path: 'algorithm' }] } } });
  });

  test('runs a benchmark of every contender under every seed', async () => {
    const contender = { algorithm: 'walk', settings: { steps: 2 } };
    const { status, body } = await post(`${base}/benchmarking/run`, {
      name: 'Two walks',
      problem: { kind: 'maxcut', nodes: 2, edges: [] },
      contenders: [
        { ...contender, label: 'a', kind: 'quantum' },
        { ...contender, label: 'b', kind: 'classical' },
      ],
      seeds: [1, 2],
    });
    expect(status).toBe(202);
    const { benchmarkId } = body as { benchmarkId: string };
    const document = await app.benchmarks.whenEnded(benchmarkId);
    expect(document).toMatchObject({
      status: 'completed',
      fraction: 1,
      verdict: { verdict: 'no advantage shown' },
    });
    expect(document.contenders.map(({ jobIds }) => jobIds.length)).toStrictEqual([2, 2]);
  });

  test('describes itself as OpenAPI 3.1', async () => {
    const { body } = await get('/api/v1/openapi.json');
    const document = body as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toHaveLength(6);
    const text = JSON.stringify(document);
    for (const id of [
      'submitQuantumTrainingJob',
      'monitorQuantumAlgorithmExecution',
      'optimizeQmlModelArchitecture',
      'applyQuantumErrorMitigation',
      'manageQuantumComputingResources',
      'benchmarkQuantumVsClassical',
    ]) {
      expect(text).toContain(`"operationId":"${id}"`);
    }
  });
});

describe('pipelines', () => {
  const submit = '/api/v1/quantum/training/jobs/submit';
  const post = async (body: object, key?: string) => {
    const headers = key === undefined ? bearer() : { ...bearer(), 'idempotency-key': key };
    const { status, text } = await send(submit, headers, JSON.stringify(body));
    return { status, body: JSON.parse(text) as { jobId?: string } };
  };

  test('get the first answer again for the same Idempotency-Key, and start nothing twice', async () => {
    const spec = walkSpec({ steps: 2 });
    const before = app.jobs.rows().length;
    const all = await Promise.all(Array.from({ length: 5 }, async () => post(spec, 'once')));
    expect(new Set(all.map(({ body }) => body.jobId)).size).toBe(1);
    expect(app.jobs.rows()).toHaveLength(before + 1);
    expect((await post(walkSpec({ steps: 3 }), 'once')).status).toBe(409);
    expect((await post(spec)).body.jobId).not.toBe(all[0]?.body.jobId);
    // What was refused may be mended and asked again.
    expect((await post({ algorithm: 'none' }, 'mended')).status).toBe(400);
    expect((await post(spec, 'mended')).status).toBe(202);
    expect((await post(spec, 'k'.repeat(256))).status).toBe(400);
  });

  test('hear of every event of a job, and go on where they were', async () => {
    const { body } = await post(walkSpec({ steps: 3, pauseMs: 5 }));
    const jobId = body.jobId ?? '';
    const heard = await eventsUntil(`/api/v1/events?jobId=${jobId}`, (all) =>
      all.some(({ data }) => (data as { status?: string }).status === 'completed'),
    );
    expect(heard.every(({ data }) => JSON.stringify(data).includes(jobId))).toBe(true);
    // From the event before the last there is one left to hear.
    const last = heard.at(-2)?.id ?? '';
    const again = await eventsUntil('/api/v1/events', (all) => all.length > 0, last);
    expect(again[0]?.event).not.toBe('reset');
    const lost = await eventsUntil('/api/v1/events', (all) => all.length > 0, 'another:3');
    expect(lost[0]?.event).toBe('reset');
    expect((await send('/api/v1/events', { ...bearer(), 'last-event-id': 'x' })).status).toBe(400);
  });

  test('read the figures of the host in the format of Prometheus', async () => {
    expect((await send('/metrics')).status).toBe(401);
    const { headers, text } = await send('/metrics', bearer());
    expect(headers['content-type']).toContain('version=0.0.4');
    expect(text).toMatch(/^# HELP ketbench_jobs .+\n# TYPE ketbench_jobs gauge\n/m);
    const completed = Number(/^ketbench_jobs\{status="completed"\} (\d+)$/m.exec(text)?.[1]);
    expect(completed).toBe(
      app.library.tables.jobs.all().filter(({ status }) => status === 'completed').length,
    );
    for (const line of text
      .trimEnd()
      .split('\n')
      .filter((one) => !one.startsWith('#'))) {
      expect(line).toMatch(/^ketbench_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+$/);
    }
  });

  interface Heard {
    readonly id: string;
    readonly event: string;
    readonly data: unknown;
  }

  async function eventsUntil(
    path: string,
    isEnough: (all: readonly Heard[]) => boolean,
    last?: string,
  ): Promise<Heard[]> {
    const abort = new AbortController();
    const headers = last === undefined ? bearer() : { ...bearer(), 'last-event-id': last };
    const { body } = await fetch(`${host.address}${path}`, { headers, signal: abort.signal });
    const heard: Heard[] = [];
    let rest = '';
    for await (const bytes of body ?? []) {
      rest += new TextDecoder().decode(bytes as Uint8Array);
      const parts = rest.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? '';
        const data = field('data');
        if (data !== '')
          heard.push({ id: field('id'), event: field('event'), data: JSON.parse(data) });
      }
      if (isEnough(heard)) break;
    }
    abort.abort();
    return heard;
  }
});
