import { speakPlainly } from './schema-words.ts';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import { type KeyKeeper, systemKeyring } from './credentials/wrappers.ts';
import { Vault } from './credentials/vault.ts';
import type { Backends } from './hardware/backend.ts';
import { sleep } from './hardware/http.ts';
import type { Provider } from './hardware/provider.ts';
import { providers } from './hardware/registry.ts';
import { Spending } from './hardware/spending.ts';
import { HardwareService } from './hardware/service.ts';
import { EventHub } from './ipc/event-hub.ts';
import { BenchmarkService } from './jobs/benchmarks.ts';
import { Bookkeeper } from './jobs/bookkeeping.ts';
import { hasEnded, type JobRow } from './storage/job-row.ts';
import { rebuildRows } from './jobs/rebuild-rows.ts';
import { Forecaster } from './jobs/forecast.ts';
import { JobService } from './jobs/service.ts';
import { projectRoot, readVersion } from './project.ts';
import { Examples } from './storage/examples.ts';
import { Library } from './storage/library.ts';
import { StartMark } from './start-mark.ts';
import type { Notify } from './storage/stored-document.ts';
import { namesIn, sweepLibrary } from './storage/sweep.ts';
import { Reader } from './threads/reader.ts';
import { Simulator } from './threads/simulator.ts';

/** The application without any window: what handlers work with. */
export interface App {
  readonly version: string;
  readonly hub: EventHub;
  readonly library: Library;
  readonly examples: Examples;
  readonly startMark: StartMark;
  readonly simulator: Simulator;
  readonly reader: Reader;
  readonly engine: JobEngine;
  readonly jobs: JobService;
  readonly forecaster: Forecaster;
  readonly benchmarks: BenchmarkService;
  readonly vault: Vault;
  readonly hardware: HardwareService;
  close(): Promise<void>;
}

export interface AppOptions {
  /** The library's folder. */
  readonly folder: string;
  readonly engine: JobEngine;
  /** The module of `engine`, loaded again in each job's thread. */
  readonly engineModule: string | null;
  /** Vendors of machines; those that come with Ketbench where left out. */
  readonly providers?: readonly Provider[];
  /** Machines that answer instead of the providers'. */
  readonly backends?: Backends;
  /** Beside the system's keyring, e.g. Electron's safeStorage. */
  readonly keyKeepers?: readonly KeyKeeper[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Also runs what an earlier process left unfinished. */
  readonly runAll: boolean;
}

/** USD of all jobs that were submitted since then. */
function costSince(rows: readonly JobRow[], since: string): number {
  return rows.reduce(
    (sum, { cost, submittedAt }) => sum + (submittedAt >= since ? (cost ?? 0) : 0),
    0,
  );
}

/** Puts right what damage and killed processes left, before anybody looks. */
async function tidy(library: Library, notify: Notify, now: Date): Promise<void> {
  const { folder, tables, dataSets, models } = library;
  const { jobs, benchmarks } = tables;
  const jobsFolder = join(folder, 'jobs');
  // Without any part of the table there is either nothing at all or much that was lost.
  const isLost = !jobs.isWhole || (jobs.isNew && namesIn(jobsFolder).length > 0);
  if (isLost) await rebuildRows(jobsFolder, jobs, benchmarks, notify);
  await dataSets.recover(notify);
  await models.recover(notify);
  const rows = jobs.all();
  const wanted = {
    dataHashes: dataSets.hashes(),
    modelHashes: models.checksums(),
    jobIds: isLost ? null : new Set(rows.map(({ jobId }) => jobId)),
    benchmarkIds:
      benchmarks.isWhole && !benchmarks.isNew
        ? new Set(benchmarks.all().map(({ benchmarkId }) => benchmarkId))
        : null,
    unfinishedJobs: rows.filter((row) => !hasEnded(row)).map(({ jobId }) => jobId),
  };
  sweepLibrary(folder, wanted, now, notify);
}

/** Opens the library and everything that stands on it. Throws `locked`. */
export async function openApp(options: AppOptions): Promise<App> {
  speakPlainly();
  const { folder, engine, engineModule } = options;
  const hub = new EventHub();
  const version = readVersion();
  const assets = join(projectRoot, 'assets');
  const notify: Notify = (level, text) => hub.hold({ level, text });
  const library = await Library.open(folder, assets, notify);
  const now = (): Date => new Date();
  await tidy(library, notify, now());
  const startMark = new StartMark(library);
  if (options.runAll) await startMark.check(notify).catch(() => undefined);
  const simulator = new Simulator();
  const reader = new Reader();
  const environment = options.environment ?? process.env;
  const vault = await Vault.open({
    folder,
    keepers: [systemKeyring(), ...(options.keyKeepers ?? [])],
    passphraseFile: environment['KETBENCH_PASSPHRASE_FILE'],
    now,
    notify,
  });
  const spending = new Spending({
    path: join(folder, 'spending.log'),
    now,
    monthlyLimit: () => library.settings.value.monthlyBudget,
    unlisted: (since, isListed) =>
      costSince(
        library.tables.jobs.all().filter(({ jobId }) => !isListed(jobId)),
        since,
      ),
  });
  const hardware = new HardwareService({
    members: engine.members,
    calibrations: library.calibrations,
    providers: options.providers ?? providers,
    vault,
    reader,
    settings: { sleep, environment },
    firstPollMs: Number(environment['KETBENCH_POLL_MS'] ?? 1000),
    spending,
  });
  const backends = options.backends ?? hardware;
  const books = new Bookkeeper(library, () => hub.emit('models.changed', {}));
  const jobs = new JobService({
    rows: library.tables.jobs,
    folder: join(folder, 'jobs'),
    sources: library,
    hub,
    engine,
    engineModule,
    backends,
    version,
    threads: Math.max(1, availableParallelism() - 1),
    now,
    onEnded: (...ended) => books.book(...ended),
  });
  const forecaster = new Forecaster({
    engine,
    engineModule,
    backends,
    sources: library,
    estimate: (...asked) => hardware.estimate(...asked),
  });
  const benchmarks = new BenchmarkService({
    rows: library.tables.benchmarks,
    folder: join(folder, 'benchmarks'),
    jobs,
    hub,
    engine,
    version,
    now,
  });
  await jobs.bookMissing((jobId) => books.isBooked(jobId));
  await jobs.recover(options.runAll);
  if (options.runAll) benchmarks.recover();
  return {
    version,
    hub,
    library,
    startMark,
    examples: new Examples(join(assets, 'examples')),
    simulator,
    reader,
    engine,
    jobs,
    forecaster,
    benchmarks,
    vault,
    hardware,
    async close() {
      simulator.dispose();
      reader.dispose();
      forecaster.dispose();
      benchmarks.close();
      await jobs.close();
      spending.dispose();
      await library.close();
    },
  };
}
