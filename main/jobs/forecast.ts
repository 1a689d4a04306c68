import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { RequestOutput } from '#shared/ipc/contract.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import type { DeviceEstimate } from '#shared/ipc/hardware.ts';
import type { Forecast } from '#shared/jobs/forecast.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { DryRun, JobEngine, SpecProblem } from '#engine/jobs/prepared.ts';
import type { Backends } from '../hardware/backend.ts';
import { workerScript } from '../project.ts';
import { TaskThreads } from '../threads/task-thread.ts';
import type { RawFile } from '../storage/raw-file.ts';
import { calibrationsFor, loadFiles, type Sources, specFaults } from './spec.ts';

/** What the thread prepares. */
export interface ForecastTask {
  readonly spec: JobSpec;
  readonly files: readonly (readonly [string, RawFile])[];
  readonly calibrations: readonly DeviceRecord[];
  readonly engineModule: string | null;
}

/** What it found. */
export interface ForecastAnswer extends Omit<DryRun, 'work'> {
  readonly memoryBytes: number;
  /** Of simulating on this computer; null where that is not known. */
  readonly seconds: number | null;
}

export interface ForecasterOptions {
  readonly engine: JobEngine;
  readonly engineModule: string | null;
  readonly backends: Backends;
  readonly sources: Sources;
  /** What a vendor asks for a circuit. */
  readonly estimate: (
    deviceId: string,
    source: string,
    options: { readonly shots: number; readonly signal?: AbortSignal },
  ) => Promise<DeviceEstimate>;
}

type Validation = RequestOutput<'jobs.validate'>;
type Price = Pick<Forecast, 'seconds' | 'circuits' | 'shots' | 'cost' | 'basis'>;

/** A form asks at every change; nobody waits longer for an answer than so. */
const timeoutMs = 20_000;

/** Checks specs and says what their jobs will need, in a thread of its own: tables are read for it. */
export class Forecaster {
  readonly #options: ForecasterOptions;
  readonly #threads = new TaskThreads({
    script: workerScript('forecast'),
    title: 'The forecast',
    timeoutMs,
  });
  /** The last price that a vendor told, so that typing a name does not ask it again. */
  #price: { readonly key: string; readonly price: Price } | null = null;

  constructor(options: ForecasterOptions) {
    this.#options = options;
  }

  /** Every fault at once; those that only the data show come with their path where it is known. */
  async validate(input: unknown, signal?: AbortSignal): Promise<Validation> {
    const { engine, backends } = this.#options;
    const checked = specFaults(engine, backends, input);
    if (!checked.ok) return { errors: [...checked.error], spec: null, forecast: null };
    const spec = checked.value;
    try {
      return { errors: [], spec, forecast: await this.#forecastOf(spec, signal) };
    } catch (thrown) {
      const error = asAppError(thrown);
      if (!isOfSpec(error)) throw error;
      return { errors: [faultOf(error, spec)], spec: null, forecast: null };
    }
  }

  dispose(): void {
    this.#threads.dispose();
  }

  async #forecastOf(spec: JobSpec, signal?: AbortSignal): Promise<Forecast> {
    const { engine, engineModule, sources } = this.#options;
    const files = await loadFiles(engine, sources, spec);
    const calibrations = calibrationsFor(engine, sources.calibrations, spec);
    const task: ForecastTask = { spec, files, calibrations, engineModule };
    const [{ memoryBytes, ...dry }, price] = await Promise.all([
      this.#threads.run<ForecastAnswer>(task, { signal }),
      this.#priceOf(spec, signal),
    ]);
    const forecast = counted(price, dry, spec.shots);
    return { ...forecast, basis: `${forecast.basis}${this.#spread(spec)}`, memoryBytes };
  }

  /** How a job on several backends is spread over them. */
  #spread(spec: JobSpec): string {
    const names = typeof spec.backend === 'string' ? [] : spec.backend;
    if (names.length < 2) return '';
    const shares = this.#options.backends.sharesOf(spec);
    const list = names.map((name, k) => `${name} ${Math.round(100 * (shares[k] ?? 0))} %`);
    return ` Spread: ${list.join(', ')}; what one loses the others take.`;
  }

  async #priceOf(spec: JobSpec, signal?: AbortSignal): Promise<Price> {
    const { backends, engine, estimate } = this.#options;
    const entry = engine.catalog('algorithm').find(({ id }) => id === spec.algorithm);
    const devices = typeof spec.backend === 'string' ? [spec.backend] : spec.backend;
    if (entry?.facts['kind'] === 'classical') {
      return { ...free, circuits: 0, shots: 0, basis: 'It asks for no circuits.' };
    }
    if (!devices.some((id) => backends.isRemote(id))) {
      return { ...free, shots: null, basis: 'It runs on this computer' };
    }
    const source = sampledSource(spec);
    const [device] = devices;
    if (source === null || device === undefined || devices.length > 1) return unpriced;
    const shots = spec.shots ?? usualShots;
    const key = JSON.stringify([device, source, shots]);
    if (this.#price?.key === key) return this.#price.price;
    const found = await estimate(device, source, { shots, ...(signal && { signal }) });
    const { cost, executionSeconds, costBasis } = found;
    const price = { cost, seconds: executionSeconds, circuits: 1, shots, basis: costBasis };
    // What was not told may be told later, with a key or a connection.
    if (cost !== null) this.#price = { key, price };
    return price;
  }
}

/** The price with what a run on made-up answers asked for, where the vendor did not say it. */
function counted(
  price: Price,
  { usage, isWhole, seconds }: Omit<ForecastAnswer, 'memoryBytes'>,
  shots: number | null,
): Price {
  if (price.circuits !== null) return price;
  const many = isWhole ? 'about as many circuits' : 'more circuits than these';
  return {
    ...price,
    seconds: price.seconds ?? seconds,
    circuits: usage.circuits,
    shots: shots === null ? 0 : usage.shots,
    basis: `${price.basis.replace(/\.$/, '')}; counted with made-up answers, so it will be ${many}.`,
  };
}

const free = { seconds: null, circuits: null, cost: 0 } as const;
const unpriced: Price = {
  seconds: null,
  circuits: null,
  shots: null,
  cost: null,
  basis: 'Its circuits depend on what was measured before; “limits” bounds what they may cost.',
};
/** What a machine takes where a spec leaves the shots out. */
const usualShots = 1000;

/** The text of the one circuit that is sampled; null where it is another job. */
function sampledSource({ algorithm, problem }: JobSpec): string | null {
  if (algorithm !== 'sample' || problem.kind !== 'circuit') return null;
  return typeof problem.qasm === 'string' ? problem.qasm : null;
}

/** Whether an error is for the writer of the spec to mend. */
function isOfSpec({ code }: AppError): boolean {
  return ['bad-input', 'not-found', 'too-large', 'limit', 'unsupported'].includes(code);
}

/** Where an error does not say its path, it is that of the text that it names: a data set, a column. */
function faultOf({ message, details }: AppError, spec: JobSpec): SpecProblem {
  const { path, name, column } = details;
  if (typeof path === 'string') return { path, message };
  const named = [name, column].filter((one) => typeof one === 'string');
  return { path: pathOfText(spec.problem, 'problem', named) ?? '', message };
}

/** Where in a value one of the texts stands first: "problem.assets[2]". */
function pathOfText(value: unknown, path: string, texts: readonly unknown[]): string | null {
  if (typeof value === 'string') return texts.includes(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const below = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    const found = pathOfText(part, below, texts);
    if (found !== null) return found;
  }
  return null;
}
