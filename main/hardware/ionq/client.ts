import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Device } from '#shared/ipc/hardware.ts';
import type { Counts } from '#engine/programs/program.ts';
import { type HttpOptions, type HttpRequest, requestJson } from '../http.ts';
import type {
  CostEstimate,
  ProviderClient,
  ProviderSettings,
  ResultRequest,
  Submission,
  VendorJobState,
  VendorJobStatus,
} from '../provider.ts';
import { countsOf } from './results.ts';
import { backendOf, ionqDevices } from './devices.ts';
import { billedGates, toIonq } from './translate.ts';

/** Circuits of one multi-circuit job; no limit is documented, and a request of a hundred stays small. */
export const ionqBatchLimit = 100;

const defaultUrl = 'https://api.ionq.co/v0.4';

/** Every status word of v0.4, and `running` of v0.3, which some backends still say. */
const states: Readonly<Record<string, VendorJobState>> = {
  submitted: 'queued',
  ready: 'queued',
  started: 'running',
  running: 'running',
  completed: 'completed',
  failed: 'failed',
  canceled: 'cancelled',
};

const whoami = z.looseObject({ key_name: z.string().optional(), project_id: z.string().nullish() });
const backendSchema = z.looseObject({
  backend: z.string(),
  status: z.string(),
  qubits: z.number(),
  average_queue_time: z.number().nullish(),
});
const jobSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  backend: z.string().nullish(),
  noise: z.looseObject({ model: z.string().nullish() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  failure: z
    .looseObject({
      code: z.string().nullish(),
      message: z.string().nullish(),
      error: z.string().nullish(),
    })
    .nullish(),
  predicted_wait_time_ms: z.number().nullish(),
  child_job_ids: z.array(z.string()).nullish(),
  results: z.looseObject({ probabilities: z.looseObject({ url: z.string() }).nullish() }).nullish(),
});
const jobList = z.looseObject({ jobs: z.array(jobSchema), next: z.string().nullish() });
const estimateSchema = z.looseObject({
  estimated_cost: z.number().nullish(),
  cost_unit: z.string().nullish(),
  estimated_execution_time: z.number().nullish(),
  current_predicted_queue_time: z.number().nullish(),
  rate_information: z.looseObject({ job_cost_minimum: z.number().nullish() }).nullish(),
});
const costSchema = z.looseObject({
  cost: z.looseObject({ value: z.number() }).nullish(),
  estimated_cost: z.looseObject({ value: z.number() }).nullish(),
});
const probabilitiesSchema = z.record(z.string(), z.number());
/** Of a job with several circuits: by the ids of its children. */
const aggregatedSchema = z.record(z.string(), probabilitiesSchema);

/** Pages of a job list that are searched for a tag; newest first, 25 jobs each. */
const searchedPages = 8;

/** An account at IonQ (Quantum Cloud API v0.4). */
export class IonqClient implements ProviderClient {
  readonly #key: string;
  readonly #base: string;
  readonly #http: HttpOptions;

  constructor(key: string, settings: ProviderSettings) {
    this.#key = key;
    this.#base = baseOf(settings.environment);
    this.#http = {
      vendor: 'IonQ',
      // A POST is tried again here only where nothing can have been created.
      isTransient: (status, method) =>
        status === 429 ||
        (method === 'GET' && status === 409) ||
        (method !== 'POST' && isServerFault(status)),
      tries: 5,
      firstDelayMs: 500,
      timeoutMs: 30_000,
      sleep: settings.sleep,
      environment: settings.environment,
    };
  }

  async test(): Promise<string> {
    const { key_name: name } = await this.#ask(whoami, {
      method: 'GET',
      path: '/whoami',
      isAwaited: true,
    });
    return name === undefined ? 'IonQ accepts the key.' : `IonQ accepts the key “${name}”.`;
  }

  async devices(): Promise<Device[]> {
    const found = await this.#ask(z.array(backendSchema), {
      method: 'GET',
      path: '/backends',
      isAwaited: true,
    });
    return found.map((one) => {
      const id = `ionq.${one.backend}`;
      const known = ionqDevices.find((device) => device.id === id);
      const base = known ?? {
        ...(ionqDevices[1] as Device),
        id,
        name: `IonQ ${one.backend}`,
        errorRates: {},
        times: {},
        source: 'IonQ Quantum Cloud API v0.4',
      };
      // The unit of average_queue_time is not documented; the example value suggests milliseconds.
      const queueSeconds =
        typeof one.average_queue_time === 'number' ? one.average_queue_time / 1000 : null;
      return { ...base, qubits: one.qubits, status: deviceStatus(one.status), queueSeconds };
    });
  }

  async estimate(
    deviceId: string,
    circuits: readonly Circuit[],
    shots: number,
  ): Promise<CostEstimate> {
    const inputs = circuits.map(toIonq);
    const billed = inputs.map(billedGates);
    const query = new URLSearchParams({
      backend: backendOf(deviceId),
      type: 'ionq.circuit.v1',
      qubits: String(Math.max(...inputs.map(({ qubits }) => qubits))),
      shots: String(shots),
      '1q_gates': String(billed.reduce((sum, { oneQubit }) => sum + oneQubit, 0)),
      '2q_gates': String(billed.reduce((sum, { twoQubit }) => sum + twoQubit, 0)),
      error_mitigation: 'false',
    });
    const found = await this.#ask(estimateSchema, {
      method: 'GET',
      path: `/jobs/estimate?${query.toString()}`,
      isAwaited: true,
    });
    // The estimate is of one circuit with all the gates; the least price may be asked for each.
    const least = circuits.length * (found.rate_information?.job_cost_minimum ?? 0);
    const cost = found.estimated_cost ?? null;
    return {
      cost: cost === null || circuits.length === 1 ? cost : Math.max(cost, least),
      basis: 'IonQ’s own estimate for this account',
      executionSeconds: found.estimated_execution_time ?? null,
      queueSeconds: found.current_predicted_queue_time ?? null,
    };
  }

  async submit({ deviceId, circuits, shots, name, tag, signal }: Submission): Promise<string> {
    const inputs = circuits.map(toIonq);
    const [only] = inputs;
    const isOne = circuits.length === 1;
    const body = {
      type: isOne ? 'ionq.circuit.v1' : 'ionq.multi-circuit.v1',
      backend: backendOf(deviceId),
      name,
      shots,
      metadata: { ketbench: tag },
      input: isOne
        ? only
        : {
            gateset: 'qis',
            qubits: Math.max(...inputs.map(({ qubits }) => qubits)),
            circuits: inputs.map(({ qubits, circuit }, k) => ({
              name: `circuit ${k}`,
              qubits,
              circuit,
            })),
          },
    };
    const job = await this.#ask(jobSchema.pick({ id: true }), {
      method: 'POST',
      path: '/jobs',
      body,
      signal,
    });
    return job.id;
  }

  async find(tag: string, signal: AbortSignal): Promise<string[]> {
    const found: string[] = [];
    let next: string | null = null;
    for (let page = 0; page < searchedPages; page++) {
      const path = `/jobs?limit=25${next === null ? '' : `&next=${encodeURIComponent(next)}`}`;
      const list: z.infer<typeof jobList> = await this.#ask(jobList, {
        method: 'GET',
        path,
        signal,
      });
      found.push(
        ...list.jobs.filter((job) => job.metadata?.['ketbench'] === tag).map(({ id }) => id),
      );
      next = list.next ?? null;
      if (next === null || found.length > 0) break;
    }
    return found.reverse();
  }

  async status(id: string, signal: AbortSignal): Promise<VendorJobStatus> {
    const job = await this.#job(id, signal);
    const state = states[job.status];
    if (state === undefined) {
      throw new AppError(
        'vendor',
        `IonQ reports a status that Ketbench does not know: “${job.status}”.`,
        { status: job.status },
      );
    }
    const failure =
      state === 'failed'
        ? {
            code: job.failure?.code ?? 'unknown',
            message: job.failure?.message ?? job.failure?.error ?? 'no reason given',
          }
        : null;
    const wait = job.predicted_wait_time_ms;
    return { state, failure, waitSeconds: typeof wait === 'number' ? wait / 1000 : null };
  }

  async result(
    id: string,
    { circuits, shots }: ResultRequest,
    signal: AbortSignal,
  ): Promise<Counts[]> {
    const job = await this.#job(id, signal);
    const isExact = job.backend === 'simulator' && (job.noise?.model ?? 'ideal') === 'ideal';
    const tables = await this.#probabilities(job, circuits.length, signal);
    return circuits.map(({ qubits, uniform }, k) =>
      countsOf(tables[k] ?? {}, { qubits, shots, uniform: isExact ? uniform : null }),
    );
  }

  /** Of each circuit, in the order of the submission. */
  async #probabilities(
    job: z.infer<typeof jobSchema>,
    count: number,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, number>>[]> {
    const { id } = job;
    if (count === 1) {
      const url = job.results?.probabilities?.url;
      if (url === undefined)
        throw new AppError('vendor', 'IonQ completed the job but names no results.', { id });
      // Result addresses are relative to the server and include the API version.
      const absolute = new URL(url, this.#base).toString();
      return [await this.#ask(probabilitiesSchema, { method: 'GET', absolute, signal })];
    }
    const children = job.child_job_ids ?? [];
    const all = await this.#ask(aggregatedSchema, {
      method: 'GET',
      path: `/jobs/${id}/results/probabilities/aggregated`,
      signal,
    });
    const tables = children.flatMap((child) => {
      const table = all[child];
      return table === undefined ? [] : [table];
    });
    if (tables.length === count) return tables;
    throw new AppError(
      'vendor',
      `IonQ completed a job of ${count} circuits but gives the results of ${tables.length}.`,
      { id },
    );
  }

  async cancel(id: string): Promise<void> {
    await this.#ask(z.unknown(), { method: 'PUT', path: `/jobs/${id}/status/cancel` });
  }

  async cost(id: string): Promise<number | null> {
    const found = await this.#ask(costSchema, { method: 'GET', path: `/jobs/${id}/cost` });
    return found.cost?.value ?? found.estimated_cost?.value ?? null;
  }

  async #job(id: string, signal: AbortSignal) {
    return this.#ask(jobSchema, { method: 'GET', path: `/jobs/${id}`, signal });
  }

  async #ask<S extends z.ZodType>(
    schema: S,
    {
      path,
      absolute,
      ...request
    }: Omit<HttpRequest, 'url' | 'headers'> & {
      readonly path?: string;
      readonly absolute?: string;
    },
  ): Promise<z.infer<S>> {
    const url = absolute ?? `${this.#base}${path ?? ''}`;
    if (new URL(url).origin !== new URL(this.#base).origin) {
      throw new AppError(
        'vendor',
        'IonQ points to another server for its results; the key is not sent there.',
        { host: new URL(url).host },
      );
    }
    const answer = await requestJson(
      { ...request, url, headers: { authorization: `apiKey ${this.#key}` } },
      this.#http,
    );
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new AppError('vendor', 'IonQ sent an answer of an unexpected shape.', {
      path: new URL(url).pathname,
      issues: parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`),
    });
  }
}

/** Another address must be encrypted or this machine's own: the key goes there. */
function baseOf(environment: ProviderSettings['environment']): string {
  const named = environment['KETBENCH_IONQ_URL'] ?? environment['IONQ_API_URL'];
  if (named === undefined || named === '') return defaultUrl;
  const url = URL.parse(named);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) {
    return named.replace(/\/$/, '');
  }
  throw new AppError(
    'bad-input',
    'KETBENCH_IONQ_URL (or IONQ_API_URL) must begin with https://, or with http:// for this machine alone: the key is sent there.',
  );
}

function isServerFault(status: number): boolean {
  return status === 502 || status === 503 || status === 504 || (status >= 520 && status <= 529);
}

function deviceStatus(status: string): Device['status'] {
  return status === 'available' || status === 'unavailable' || status === 'retired'
    ? status
    : 'unknown';
}
