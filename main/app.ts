import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import { type Backends, noBackends } from './hardware/backend.ts';
import { EventHub } from './ipc/event-hub.ts';
import { BenchmarkService, type Evaluate } from './jobs/benchmarks.ts';
import { bookJob } from './jobs/bookkeeping.ts';
import { JobService } from './jobs/service.ts';
import { projectRoot, readVersion } from './project.ts';
import { Examples } from './storage/examples.ts';
import { Library } from './storage/library.ts';
import { Simulator } from './workers/simulator.ts';

/** The application without any window: what handlers work with. */
export interface App {
  readonly version: string;
  readonly hub: EventHub;
  readonly library: Library;
  readonly examples: Examples;
  readonly simulator: Simulator;
  readonly engine: JobEngine;
  readonly jobs: JobService;
  readonly benchmarks: BenchmarkService;
  close(): Promise<void>;
}

export interface AppOptions {
  /** The library's folder. */
  readonly folder: string;
  readonly engine: JobEngine;
  /** The module of `engine`, loaded again in each job's thread. */
  readonly engineModule: string | null;
  readonly evaluate: Evaluate;
  readonly backends?: Backends;
  /** Also runs what an earlier process left unfinished. */
  readonly runAll: boolean;
}

/** Opens the library and everything that stands on it. Throws `locked`. */
export async function openApp(options: AppOptions): Promise<App> {
  const { folder, engine, engineModule } = options;
  const hub = new EventHub();
  const version = readVersion();
  const assets = join(projectRoot, 'assets');
  const library = await Library.open(folder, assets, (level, text) => hub.hold({ level, text }));
  const simulator = new Simulator();
  const now = (): Date => new Date();
  const jobs = new JobService({
    rows: library.tables.jobs,
    folder: join(folder, 'jobs'),
    dataSets: library.dataSets,
    hub,
    engine,
    engineModule,
    backends: options.backends ?? noBackends,
    version,
    threads: Math.max(1, availableParallelism() - 1),
    now,
    onEnded: (row, document) => bookJob(library.tables, row, document),
  });
  const benchmarks = new BenchmarkService({
    rows: library.tables.benchmarks,
    folder: join(folder, 'benchmarks'),
    jobs,
    hub,
    evaluate: options.evaluate,
    version,
    now,
  });
  await jobs.recover(options.runAll);
  if (options.runAll) benchmarks.recover();
  return {
    version,
    hub,
    library,
    examples: new Examples(join(assets, 'examples')),
    simulator,
    engine,
    jobs,
    benchmarks,
    async close() {
      simulator.dispose();
      benchmarks.close();
      await jobs.close();
      await library.close();
    },
  };
}
