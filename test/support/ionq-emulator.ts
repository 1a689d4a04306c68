import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rngOf } from '#shared/base/rng.ts';
import { ionqProbabilities, type IonqCircuit } from './ionq-simulation.ts';

/** A fault to answer with instead of working, for requests whose "METHOD /path" matches. */
export interface Fault {
  readonly on: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request is carried out all the same and only its answer is lost. */
  readonly afterwards?: boolean;
  times: number;
}

interface EmulatedJob {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly submittedAt: string;
  polls: number;
  status: 'ready' | 'started' | 'completed' | 'failed' | 'canceled';
  readonly failure: { readonly code: string; readonly message: string } | null;
}

export interface EmulatorOptions {
  /** How often a job is looked at before it starts and before it completes. */
  readonly pollsBeforeStart?: number;
  readonly pollsBeforeEnd?: number;
}

const machines = [
  { backend: 'simulator', status: 'available', qubits: 29, average_queue_time: 0 },
  { backend: 'qpu.forte-1', status: 'available', qubits: 36, average_queue_time: 1_181_215 },
  { backend: 'qpu.forte-enterprise-1', status: 'unavailable', qubits: 36, average_queue_time: 0 },
  { backend: 'qpu.aria-1', status: 'retired', qubits: 25, average_queue_time: 0 },
];
const knownProperties = [
  'type',
  'backend',
  'input',
  'name',
  'shots',
  'metadata',
  'session_id',
  'dry_run',
  'noise',
  'settings',
];
const pricePerGateShot = { one: 0.000_22, two: 0.000_98, least: 1 };

/** The IonQ Quantum Cloud v0.4 as its description has it, on loopback, with faults on demand. */
export class IonqEmulator {
  readonly key = `emulated-${randomUUID()}`;
  readonly faults: Fault[] = [];
  readonly requests: string[] = [];
  readonly jobs: EmulatedJob[] = [];
  /** The next job fails with this. */
  failNext: EmulatedJob['failure'] = null;
  readonly #server: Server;
  readonly #options: Required<EmulatorOptions>;

  private constructor(options: EmulatorOptions) {
    this.#options = {
      pollsBeforeStart: options.pollsBeforeStart ?? 1,
      pollsBeforeEnd: options.pollsBeforeEnd ?? 2,
    };
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: EmulatorOptions = {}): Promise<IonqEmulator> {
    const emulator = new IonqEmulator(options);
    await new Promise<void>((resolve) => emulator.#server.listen(0, '127.0.0.1', resolve));
    return emulator;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v0.4`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname.replace(/^\/v0\.4/, '');
    const line = `${request.method} ${path}`;
    this.requests.push(line);
    const body = await readBody(request);
    const fault = this.faults.find(({ on, times }) => times > 0 && on.test(line));
    if (fault !== undefined) fault.times--;
    if (fault !== undefined && fault.afterwards !== true)
      return reply(response, fault.status, message(fault.status), fault.headers);
    const isOpen = line.startsWith('GET /backends') || line === 'GET /health';
    if (!isOpen && request.headers.authorization !== `apiKey ${this.key}`) {
      return reply(response, 401, {
        error: 'Unauthorized Error',
        message: 'Invalid key provided.',
        statusCode: 401,
      });
    }
    const [status, answer] = this.#answer(request.method ?? 'GET', path, url.searchParams, body);
    if (fault !== undefined)
      return reply(response, fault.status, message(fault.status), fault.headers);
    reply(response, status, answer);
  }

  #answer(method: string, path: string, query: URLSearchParams, body: unknown): [number, unknown] {
    const [, first, id, ...rest] = path.split('/');
    if (path === '/whoami')
      return [200, { key_id: 'k', key_name: 'emulated key', project_id: 'p' }];
    if (path === '/backends') return [200, machines];
    if (first !== 'jobs') return notFound();
    if (method === 'POST' && id === undefined) return this.#submit(body);
    if (id === undefined) return this.#list(query);
    if (id === 'estimate') return estimate(query);
    const job = this.jobs.find((one) => one.id === id);
    if (job === undefined) return notFound();
    switch (`${method} ${rest.join('/')}`) {
      case 'GET ':
        return [200, this.#look(job)];
      case 'PUT status/cancel':
        job.status = 'canceled';
        return [200, { id, status: 'canceled' }];
      case 'GET cost':
        return [
          200,
          {
            dry_run: false,
            estimated_cost: { value: priceOf(job.body), unit: 'usd' },
            cost: { value: priceOf(job.body), unit: 'usd' },
          },
        ];
      case 'GET results/probabilities':
        return job.status === 'completed' && !isMulti(job.body)
          ? [200, this.#probabilities(job, job.body['input'] as IonqCircuit, 0)]
          : notFound();
      case 'GET results/probabilities/aggregated':
        return job.status === 'completed' && isMulti(job.body)
          ? [200, this.#aggregated(job)]
          : notFound();
      default:
        return notFound();
    }
  }

  #submit(body: unknown): [number, unknown] {
    const given = body as Record<string, unknown>;
    const problem = faultOfSubmission(given);
    if (problem !== null) {
      return [
        400,
        {
          statusCode: 400,
          error: 'Bad Request',
          message: problem,
          validation: { source: 'payload', keys: [] },
        },
      ];
    }
    const job: EmulatedJob = {
      id: randomUUID(),
      body: given,
      submittedAt: new Date().toISOString(),
      polls: 0,
      status: 'ready',
      failure: this.failNext,
    };
    this.failNext = null;
    this.jobs.push(job);
    return [201, { id: job.id, status: 'ready', session_id: null }];
  }

  /** Newest first, 25 a page. */
  #list(query: URLSearchParams): [number, unknown] {
    const limit = Math.min(25, Number(query.get('limit') ?? 25));
    const start = Number(query.get('next') ?? 0);
    const all = this.jobs.toReversed();
    const jobs = all.slice(start, start + limit).map((job) => describe(job));
    return [200, { jobs, next: start + limit < all.length ? String(start + limit) : null }];
  }

  #look(job: EmulatedJob): unknown {
    job.polls++;
    if (job.status === 'ready' && job.polls > this.#options.pollsBeforeStart)
      job.status = 'started';
    else if (job.status === 'started' && job.polls > this.#options.pollsBeforeEnd) {
      job.status = job.failure === null ? 'completed' : 'failed';
    }
    return describe(job);
  }

  /** In another order than that of the submission, as an object of ids may come. */
  #aggregated(job: EmulatedJob): Record<string, Record<string, number>> {
    const entries = circuitsOf(job.body).map((circuit, k): [string, Record<string, number>] => [
      childOf(job, k),
      this.#probabilities(job, circuit, k),
    ]);
    return Object.fromEntries(entries.toReversed());
  }

  /** Exact for the simulator; counts/shots for a machine. Zero entries are left out. */
  #probabilities(job: EmulatedJob, circuit: IonqCircuit, k: number): Record<string, number> {
    const exact = ionqProbabilities(circuit);
    if (job.body['backend'] === 'simulator') return withoutZeros(exact);
    const shots = Number(job.body['shots'] ?? 100);
    const rng = rngOf(this.jobs.indexOf(job) + 1, k);
    const counts = new Float64Array(exact.length);
    for (let shot = 0; shot < shots; shot++) {
      let rest = rng.uniform();
      let index = 0;
      while (index < exact.length - 1 && rest >= (exact[index] as number))
        rest -= exact[index++] as number;
      counts[index] = (counts[index] as number) + 1;
    }
    return withoutZeros(counts.map((n) => n / shots));
  }
}

function faultOfSubmission(body: Record<string, unknown>): string | null {
  const unknown = Object.keys(body).find((key) => !knownProperties.includes(key));
  if (unknown !== undefined) return `"${unknown}" is not allowed`;
  const types = ['ionq.circuit.v1', 'ionq.multi-circuit.v1'];
  if (!types.includes(String(body['type']))) return `"type" must be one of ${types.join(', ')}`;
  const machine = machines.find(({ backend }) => backend === body['backend']);
  if (machine === undefined) return '"backend" is unknown';
  const shots = body['shots'];
  if (!Number.isInteger(shots) || (shots as number) < 1 || (shots as number) > 1_000_000)
    return '"shots" must be from 1 to 1000000';
  const input = body['input'] as
    | {
        qubits?: number;
        circuit?: unknown[];
        circuits?: { qubits?: number; circuit?: unknown[] }[];
      }
    | undefined;
  const circuits = isMulti(body) ? input?.circuits : input === undefined ? [] : [input];
  if (!Array.isArray(circuits) || circuits.length === 0) return '"input.circuits" is required';
  if (!circuits.every(({ circuit }) => Array.isArray(circuit)))
    return '"input.circuit" is required';
  const widest = Math.max(...circuits.map(({ qubits }) => qubits ?? input?.qubits ?? 0));
  if (widest > machine.qubits) return '"input.qubits" is larger than the machine';
  return null;
}

function isMulti(body: Readonly<Record<string, unknown>>): boolean {
  return body['type'] === 'ionq.multi-circuit.v1';
}

function circuitsOf(body: Readonly<Record<string, unknown>>): readonly IonqCircuit[] {
  if (!isMulti(body)) return [body['input'] as IonqCircuit];
  return (body['input'] as { circuits: IonqCircuit[] }).circuits;
}

function childOf(job: EmulatedJob, k: number): string {
  return `${job.id.slice(0, -4)}${String(k).padStart(4, '0')}`;
}

function describe(job: EmulatedJob): unknown {
  const done = job.status === 'completed' && !isMulti(job.body);
  return {
    id: job.id,
    status: job.status,
    backend: job.body['backend'],
    name: job.body['name'],
    metadata: job.body['metadata'] ?? {},
    noise: job.body['noise'] ?? null,
    shots: job.body['shots'],
    submitted_at: job.submittedAt,
    predicted_wait_time_ms: job.status === 'ready' ? 3000 : 0,
    failure: job.status === 'failed' ? job.failure : null,
    child_job_ids: isMulti(job.body) ? circuitsOf(job.body).map((_, k) => childOf(job, k)) : null,
    results: done ? { probabilities: { url: `/v0.4/jobs/${job.id}/results/probabilities` } } : null,
  };
}

function estimate(query: URLSearchParams): [number, unknown] {
  const number = (name: string): number => Number(query.get(name) ?? 0);
  const cost =
    query.get('backend') === 'simulator'
      ? 0
      : Math.max(
          pricePerGateShot.least,
          number('shots') *
            (number('1q_gates') * pricePerGateShot.one + number('2q_gates') * pricePerGateShot.two),
        );
  return [
    200,
    {
      input_values: Object.fromEntries(query),
      cost_unit: 'usd',
      estimated_cost: cost,
      rate_information: {
        job_cost_minimum: query.get('backend') === 'simulator' ? 0 : pricePerGateShot.least,
      },
      estimated_execution_time: 2.5,
      current_predicted_queue_time: 60,
    },
  ];
}

function priceOf(body: Readonly<Record<string, unknown>>): number {
  if (body['backend'] === 'simulator') return 0;
  return circuitsOf(body).reduce((sum, circuit) => sum + priceOfOne(circuit, body), 0);
}

function priceOfOne({ circuit }: IonqCircuit, body: Readonly<Record<string, unknown>>): number {
  const two = circuit.filter(
    ({ target, control }) => target === undefined || control !== undefined,
  ).length;
  const one = circuit.length - two;
  return Math.max(
    pricePerGateShot.least,
    Number(body['shots']) * (one * pricePerGateShot.one + two * pricePerGateShot.two),
  );
}

function withoutZeros(values: Float64Array): Record<string, number> {
  return Object.fromEntries(
    [...values].flatMap((p, index) => (p > 1e-15 ? [[String(index), p]] : [])),
  );
}

function notFound(): [number, unknown] {
  return [404, { statusCode: 404, error: 'Not Found', message: 'Not found.' }];
}

function message(status: number): unknown {
  return {
    statusCode: status,
    error: status === 429 ? 'Too Many Requests' : 'Server Error',
    message: `emulated ${status}`,
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
