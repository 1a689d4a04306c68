import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { errorToData } from '#shared/ipc/wire.ts';
import {
  type BenchmarkDocument,
  benchmarkDocumentSchema,
  type BenchmarkSpec,
  benchmarkSpecSchemaFor,
} from '#shared/jobs/benchmark.ts';
import { runMetrics } from '#shared/results/metrics.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import { writeDurably } from '../storage/files.ts';
import type { Table } from '../storage/table.ts';
import type { BenchmarkRow } from '../storage/tables.ts';
import { type BenchmarkRun, hashOfSpec, runRows, runsByContender } from './contender-runs.ts';
import { hasEnded, type JobRow } from '../storage/job-row.ts';
import { machineFacts } from '../machine.ts';
import type { JobService } from './service.ts';

export interface BenchmarkServiceOptions {
  readonly rows: Table<BenchmarkRow>;
  readonly folder: string;
  readonly jobs: JobService;
  readonly hub: EventHub;
  readonly engine: JobEngine;
  readonly version: string;
  readonly now: () => Date;
}

/** Below what people start themselves. */
const priority = -1;

/** Runs every contender under every seed as jobs of their own and compares what comes out. */
export class BenchmarkService {
  readonly #options: BenchmarkServiceOptions;
  readonly #running = new Map<string, Promise<void>>();
  #closed = false;

  constructor(options: BenchmarkServiceOptions) {
    this.#options = options;
  }

  /** Goes on with comparisons that an earlier process left behind. */
  recover(): void {
    for (const row of this.#options.rows.all()) {
      if (!hasEnded(row)) this.#follow(row.benchmarkId);
    }
  }

  /** Goes on with one of them. */
  resume(benchmarkId: string): void {
    const isOver = hasEnded(this.#row(benchmarkId));
    if (!isOver && !this.#running.has(benchmarkId)) this.#follow(benchmarkId);
  }

  async run(given: BenchmarkSpec): Promise<{ readonly benchmarkId: string }> {
    const spec = this.#check(given);
    const benchmarkId = randomUUID();
    const executedAt = this.#options.now().toISOString();
    mkdirSync(this.#folder(benchmarkId), { recursive: true, mode: 0o700 });
    await this.#write(benchmarkId, 'spec.json', spec);
    await this.#options.rows.put({
      benchmarkId,
      name: spec.name,
      task: spec.task,
      status: 'running',
      jobIds: spec.contenders.map(() => []),
      fraction: 0,
      verdict: null,
      executedAt,
    });
    await this.#options.rows.flush();
    this.#emit(benchmarkId);
    this.#follow(benchmarkId);
    return { benchmarkId };
  }

  list(): BenchmarkRow[] {
    return this.#options.rows.all().toReversed();
  }

  async document(benchmarkId: string): Promise<BenchmarkDocument> {
    const row = this.#row(benchmarkId);
    if (hasEnded(row)) return this.#read<BenchmarkDocument>(benchmarkId, 'document.json');
    return this.#describe(row, await this.#read<BenchmarkSpec>(benchmarkId, 'spec.json'));
  }

  /** Resolves with the final document. */
  async whenEnded(benchmarkId: string): Promise<BenchmarkDocument> {
    await this.#running.get(benchmarkId);
    return this.document(benchmarkId);
  }

  async cancel(benchmarkId: string): Promise<void> {
    const row = this.#row(benchmarkId);
    if (hasEnded(row)) return;
    await this.#patch(benchmarkId, { status: 'cancelled' });
    // Also those that were submitted a moment ago and stand in no list yet.
    await this.#cancelJobs(benchmarkId);
    const spec = await this.#read<BenchmarkSpec>(benchmarkId, 'spec.json');
    await this.#finish(this.#describe(this.#row(benchmarkId), spec));
  }

  /** The spec keeps the name under which it ran, so that its files stay what they were. */
  async rename(benchmarkId: string, name: string): Promise<void> {
    const row = this.#row(benchmarkId);
    if (hasEnded(row)) {
      const document = await this.#read<BenchmarkDocument>(benchmarkId, 'document.json');
      await this.#write(benchmarkId, 'document.json', { ...document, name });
    }
    await this.#patch(benchmarkId, { name });
  }

  /** Takes an ended benchmark away, and its runs with it. */
  async remove(benchmarkId: string): Promise<void> {
    if (!hasEnded(this.#row(benchmarkId))) {
      throw new AppError(
        'conflict',
        'A benchmark that has not ended cannot be removed. Cancel it first.',
        { benchmarkId },
      );
    }
    // Runs that are still stopping, and the list of those that were on their way to the queue.
    await this.#running.get(benchmarkId);
    const { jobs, rows, hub } = this.#options;
    for (const { jobId } of this.#jobsOf(benchmarkId)) {
      await jobs.whenEnded(jobId);
      await jobs.remove(jobId);
    }
    await rows.remove(benchmarkId);
    await rows.flush();
    await rm(this.#folder(benchmarkId), { recursive: true, force: true });
    hub.emit('benchmarks.removed', { benchmarkId });
  }

  /** Stops following; the jobs are the queue's to keep. */
  close(): void {
    this.#closed = true;
  }

  #follow(benchmarkId: string): void {
    const following = this.#runAll(benchmarkId).catch(async (thrown: unknown) => {
      if (this.#closed) return;
      const spec = await this.#read<BenchmarkSpec>(benchmarkId, 'spec.json');
      const { code, message, details } = errorToData(asAppError(thrown));
      const row = { ...this.#row(benchmarkId), status: 'failed' as const };
      await this.#finish({
        ...this.#describe(row, spec),
        error: { code, message, details: { ...details } },
      });
    });
    this.#running.set(benchmarkId, following);
  }

  async #runAll(benchmarkId: string): Promise<void> {
    const spec = await this.#read<BenchmarkSpec>(benchmarkId, 'spec.json');
    await this.#submitAll(benchmarkId, spec);
    // One may have been on its way to the queue when the benchmark was cancelled.
    if (hasEnded(this.#row(benchmarkId))) return this.#cancelJobs(benchmarkId);
    const { jobIds } = this.#row(benchmarkId);
    const count = jobIds.flat().length;
    let ended = 0;
    const runs = await Promise.all(
      jobIds.flatMap((ids, contender) =>
        ids.map(async (jobId, i): Promise<BenchmarkRun> => {
          const document = await this.#options.jobs.whenEnded(jobId);
          ended++;
          await this.#patch(benchmarkId, { fraction: ended / count });
          return { contender, seed: spec.seeds[i] ?? 0, document };
        }),
      ),
    );
    if (this.#closed || hasEnded(this.#row(benchmarkId))) return;
    const evaluation = this.#options.engine.evaluate(spec, runsByContender(spec, runs));
    const described = this.#describe({ ...this.#row(benchmarkId), status: 'completed' }, spec);
    await this.#finish({
      ...described,
      contenders: described.contenders.map((contender, i) => ({
        ...contender,
        metrics: evaluation.metrics[i] ?? {},
      })),
      comparisons: evaluation.comparisons,
      tests: evaluation.tests,
      rows: runRows(spec, runs, evaluation.runs),
      verdict: evaluation.verdict,
      warnings: [...evaluation.warnings],
      provenance: {
        ketbench: this.#options.version,
        jobs: runs.map((run) => run.document.provenance),
      },
    });
  }

  /** Submits what is not there yet: a process may have been killed between two submissions. */
  async #submitAll(benchmarkId: string, spec: BenchmarkSpec): Promise<void> {
    const { jobs } = this.#options;
    const listed = this.#row(benchmarkId).jobIds;
    const known = new Map(this.#jobsOf(benchmarkId).map((row) => [row.benchmarkRun, row.jobId]));
    const jobIds: string[][] = [];
    for (const c of spec.contenders.keys()) {
      const ids: string[] = [];
      for (const [s, seed] of spec.seeds.entries()) {
        if (hasEnded(this.#row(benchmarkId))) return;
        const benchmarkRun = `${c}:${s}`;
        const found = listed[c]?.[s] ?? known.get(benchmarkRun);
        const submitted = async (): Promise<string> =>
          (await jobs.submit(jobSpecOf(spec, c, seed), priority, { benchmarkId, benchmarkRun }))
            .jobId;
        ids.push(found ?? (await submitted()));
        if (found !== undefined) jobs.adopt(found);
      }
      jobIds[c] = ids;
    }
    await this.#patch(benchmarkId, { jobIds });
  }

  async #cancelJobs(benchmarkId: string): Promise<void> {
    for (const { jobId } of this.#jobsOf(benchmarkId)) await this.#options.jobs.cancel(jobId);
  }

  #jobsOf(benchmarkId: string): JobRow[] {
    return this.#options.jobs.rows().filter((row) => row.benchmarkId === benchmarkId);
  }

  /** The spec with the defaults of its problem; throws every fault of it and of every contender. */
  #check(given: BenchmarkSpec): BenchmarkSpec {
    const parsed = benchmarkSpecSchemaFor(this.#options.engine.members.problems).safeParse(given);
    if (!parsed.success) {
      throw refused(
        parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      );
    }
    const spec = parsed.data;
    const faults = spec.contenders.flatMap((_, c) => {
      try {
        this.#options.jobs.check(jobSpecOf(spec, c, spec.seeds[0] ?? 0));
        return [];
      } catch (thrown) {
        const { details } = asAppError(thrown);
        const found = (details.errors ?? []) as readonly { path: string; message: string }[];
        return found.map(({ path, message }) => ({ path: `contenders.${c}.${path}`, message }));
      }
    });
    const errors = [...repeated(spec), ...this.#unknownMetrics(spec), ...faults];
    if (errors.length === 0) return spec;
    throw refused(errors);
  }

  /** Before anything runs: a name that no result has. */
  #unknownMetrics({ metric, metrics = [] }: BenchmarkSpec): { path: string; message: string }[] {
    const known = new Set<string>([
      ...this.#options.engine.members.results.flatMap((kind) => kind.metrics.map(({ id }) => id)),
      ...runMetrics.map(({ id }) => id),
    ]);
    const asked = [
      ...(metric === undefined ? [] : [{ path: 'metric', id: metric }]),
      ...metrics.map((id, k) => ({ path: `metrics.${k}`, id: id as string })),
    ];
    return asked
      .filter(({ id }) => !known.has(id))
      .map(({ path, id }) => ({
        path,
        message: `There is no metric “${id}”; there are ${[...known].toSorted().join(', ')}.`,
      }));
  }

  #describe(row: BenchmarkRow, spec: BenchmarkSpec): BenchmarkDocument {
    return {
      benchmarkId: row.benchmarkId,
      name: row.name,
      task: row.task,
      status: row.status,
      fraction: row.fraction,
      spec,
      contenders: spec.contenders.map(({ label, algorithm, kind }, c) => ({
        label,
        algorithm,
        kind,
        jobIds: row.jobIds[c] ?? [],
        metrics: {},
      })),
      comparisons: [],
      verdict: null,
      protocol: { sha256: hashOfSpec(spec), frozenAt: row.executedAt },
      environment: machineFacts(),
      warnings: [],
      provenance: {},
      measured: {
        executedAt: row.executedAt,
        machine: machineFacts(),
        // Runs that compute beside each other take time from each other.
        runsAtOnce: this.#options.jobs.concurrency,
      },
      error: null,
    };
  }

  async #finish(document: BenchmarkDocument): Promise<void> {
    const { benchmarkId, status, verdict } = document;
    const completedAt = this.#options.now().toISOString();
    const fraction = status === 'completed' ? 1 : document.fraction;
    const final = { ...document, fraction, measured: { ...document.measured, completedAt } };
    await this.#write(benchmarkId, 'document.json', benchmarkDocumentSchema.parse(final));
    await this.#patch(benchmarkId, { status, fraction, verdict: verdict?.verdict ?? null });
  }

  #row(benchmarkId: string): BenchmarkRow {
    const row = this.#options.rows.get(benchmarkId);
    if (row !== undefined) return row;
    throw new AppError('not-found', `There is no benchmark “${benchmarkId}”.`, { benchmarkId });
  }

  async #patch(benchmarkId: string, change: Partial<BenchmarkRow>): Promise<void> {
    if (this.#closed) return;
    await this.#options.rows.put({ ...this.#row(benchmarkId), ...change });
    await this.#options.rows.flush();
    this.#emit(benchmarkId);
  }

  #emit(benchmarkId: string): void {
    this.#options.hub.emit('benchmarks.changed', { benchmarkId });
  }

  #folder(benchmarkId: string): string {
    return join(this.#options.folder, benchmarkId);
  }

  async #write(benchmarkId: string, name: string, value: unknown): Promise<void> {
    await writeDurably(join(this.#folder(benchmarkId), name), stringifyPlain(value));
  }

  /** Own files, written by `#write`; a damaged one does not parse and says so. */
  async #read<T>(benchmarkId: string, name: string): Promise<T> {
    const path = join(this.#folder(benchmarkId), name);
    try {
      return JSON.parse(await readFile(path, 'utf8')) as T;
    } catch (thrown) {
      throw new AppError('corrupt', `${path} cannot be read. Run the benchmark anew.`, {}, thrown);
    }
  }
}

function refused(errors: readonly { readonly path: string; readonly message: string }[]): AppError {
  const list = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new AppError('bad-input', `The benchmark was not accepted: ${list}.`, { errors });
}

/** Contenders are told apart by their labels, runs by their seeds. */
function repeated({
  contenders,
  seeds,
}: BenchmarkSpec): { readonly path: string; readonly message: string }[] {
  const labels = contenders.map(({ label }) => label.trim());
  return [
    ...labels.flatMap((label, c) =>
      labels.indexOf(label) === c
        ? []
        : [
            {
              path: `contenders.${c}.label`,
              message: `The label “${label}” is that of contender ${labels.indexOf(label)} already; give each a label of its own`,
            },
          ],
    ),
    ...seeds.flatMap((seed, s) =>
      seeds.indexOf(seed) === s
        ? []
        : [{ path: `seeds.${s}`, message: `The seed ${seed} is listed twice; its runs are equal` }],
    ),
  ];
}

function jobSpecOf(spec: BenchmarkSpec, c: number, seed: number): Record<string, unknown> {
  const contender = spec.contenders[c];
  if (contender === undefined) throw new AppError('internal', `There is no contender ${c}.`);
  const { label, algorithm, settings, backend, shots, noise, mitigation } = contender;
  return {
    name: nameOf(spec.name, `: ${label}, seed ${seed}`),
    problem: spec.problem,
    algorithm,
    settings,
    backend,
    shots,
    seed,
    mitigation,
    ...(noise === undefined ? {} : { noise }),
  };
}

/** At most 200 letters; what tells runs apart is not cut. */
function nameOf(benchmark: string, run: string): string {
  return benchmark.slice(0, Math.max(0, 200 - run.length)) + run.slice(0, 200);
}
