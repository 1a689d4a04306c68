import type { MessagePort } from 'node:worker_threads';
import type { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { systemCodeOf } from '#shared/base/system-errors.ts';
import { errorToData } from '#shared/ipc/wire.ts';
import type { JobEngine, PreparedJob } from '#engine/jobs/prepared.ts';
import { drive } from '#engine/programs/drive.ts';
import {
  type Answer,
  type AnswerContext,
  type Answerer,
  type Ask,
  done,
  type Progress,
} from '#engine/programs/program.ts';
import { jobFileOf } from '../jobs/job-file.ts';
import type { JobCommand, JobOrder, JobReport } from '../jobs/job-protocol.ts';
import { RunLog } from '../jobs/run-log.ts';
import { CurveWriter } from '../jobs/curve-files.ts';
import { FreshPoints } from '../jobs/fresh-points.ts';
import { RemoteAnswerers } from './remote-answerer.ts';

/** What the thread gives to a run. */
export interface RunPorts {
  readonly order: JobOrder;
  readonly engine: JobEngine;
  readonly cancel: CancelFlag;
  readonly logPath: string;
  readonly seriesFolder: string;
  readonly port: MessagePort;
  readonly report: (message: JobReport) => void;
  readonly onCommand: (listener: (command: JobCommand) => void) => void;
  /** Seconds on a clock that only moves forward. */
  readonly now: () => number;
}

/** Progress leaves the thread at most 20 times a second. */
const reportSeconds = 0.05;

/** Prepares and drives one job over its log, and reports its end in every case. */
export async function runJob(ports: RunPorts): Promise<void> {
  const { order, engine, report } = ports;
  const clock = new WorkClock(ports.now);
  let log: RunLog | null = null;
  let series: CurveWriter | null = null;
  let prepared: PreparedJob | null = null;
  try {
    const {
      logPath: path,
      order: { version, spec, remote },
    } = ports;
    const waitForRoom = patienceFor(ports);
    log = new RunLog({ path, version, spec, bought: remote.length > 0, waitForRoom });
    clock.add(log.secondsBefore);
    const files = order.files.map(([name, raw]) => [name, jobFileOf(name, raw)] as const);
    const { snapshotBefore: snapshot, begunBy } = log;
    const { freeBytes, shares, calibrations } = order;
    const machines = new RemoteAnswerers(ports.port);
    await engine.load(order.spec);
    prepared = engine.prepare(order.spec, new Map(files), {
      freeBytes,
      snapshot,
      begunBy,
      shares,
      calibrations,
      elsewhere: (backend) => machines.of(backend),
    });
    series = new CurveWriter(ports.seriesFolder);
    const { provenance, canPause, canFinish, memoryBytes } = prepared;
    const { askedBefore: resumedAt, tornBytes } = log;
    report({
      kind: 'prepared',
      provenance,
      canPause,
      canFinish,
      memoryBytes,
      resumedAt,
      tornBytes,
    });
    const outcome = await driveLogged({ ports, prepared, machines, log, series, clock });
    log.dispose();
    series.dispose();
    report({ kind: 'done', outcome, seconds: clock.seconds });
  } catch (thrown) {
    for (const file of [log, series]) {
      try {
        file?.dispose();
      } catch {
        // The reason that is told is the first one.
      }
    }
    report({ kind: 'failed', error: errorToData(thrown), seconds: clock.seconds });
  } finally {
    prepared?.answerer?.dispose();
  }
}

const roomLookMs = 250;
/** Longer than anybody needs to make room, shorter than to be forgotten. */
const longestWaitMs = 10 * 60_000;

/** Waits in the thread while the disk is full: what was computed goes on once there is room. */
function patienceFor({ cancel, report }: RunPorts): (thrown: unknown) => boolean {
  const never = new Int32Array(new SharedArrayBuffer(4));
  let waitedMs = 0;
  return (thrown) => {
    const code = systemCodeOf(thrown);
    if (code !== 'ENOSPC' && code !== 'EDQUOT') return false;
    if (cancel.isCancelled || waitedMs > longestWaitMs) return false;
    if (waitedMs % (40 * roomLookMs) === 0)
      report({ kind: 'said', message: 'waits for room on the disk' });
    Atomics.wait(never, 0, 0, roomLookMs);
    waitedMs += roomLookMs;
    return true;
  };
}

interface Run {
  readonly ports: RunPorts;
  readonly prepared: PreparedJob;
  readonly machines: RemoteAnswerers;
  readonly log: RunLog;
  readonly series: CurveWriter;
  readonly clock: WorkClock;
}

async function driveLogged(
  run: Run,
): ReturnType<typeof drive<{ result: unknown; warnings: readonly string[] }>> {
  const { ports, prepared, machines, log, clock } = run;
  const { order, cancel } = ports;
  const resumed = listenForCommands(ports, machines);
  const answerer = new TellingAnswerer(run);
  return drive(
    prepared.program,
    answerer,
    { seed: order.spec.seed, cancel },
    {
      first: log.first,
      recall: (ask, index) => log.recall(ask, index),
      answered: (ask, answer, index) =>
        log.answered(ask, index, { answer, seconds: clock.seconds }),
      between: () => {
        if (!cancel.isPauseRequested) return undefined;
        run.series.flush();
        clock.stop();
        ports.report({ kind: 'paused', seconds: clock.seconds });
        return resumed.next().then(() => clock.start());
      },
    },
  );
}

/** Keeps progress and snapshots to itself and hands on everything else. */
class TellingAnswerer implements Answerer {
  readonly #run: Run;
  readonly #inner: Answerer;
  readonly #fresh = new FreshPoints();
  #lastReport = -Infinity;

  constructor(run: Run) {
    this.#run = run;
    const inner = run.prepared.answerer;
    if (inner === null) throw new AppError('internal', 'Nobody is there to answer this job.');
    this.#inner = inner;
  }

  answer(ask: Ask, context: AnswerContext): Answer | Promise<Answer> {
    switch (ask.kind) {
      case 'progress':
        this.#tell(ask.progress);
        return this.#isToFinish(context.askIndex) ? { kind: 'finish' } : done;
      case 'snapshot':
        this.#run.log.snapshot(context.askIndex, ask.state);
        return done;
      default:
        return this.#inner.answer(ask, context);
    }
  }

  dispose(): void {
    this.#inner.dispose();
  }

  /** The log says it first: from there on it holds for everyone who goes on with this run. */
  #isToFinish(index: number): boolean {
    const { log, ports } = this.#run;
    return log.isFinishing(index) || (ports.cancel.isFinishRequested && log.finish(index));
  }

  #tell(progress: Progress): void {
    const { ports, series, clock } = this.#run;
    series.add(progress.step, progress.metrics);
    this.#fresh.add(progress.step, progress.metrics);
    const now = ports.now();
    if (now - this.#lastReport < reportSeconds && progress.fraction !== 1) return;
    this.#lastReport = now;
    series.flush();
    ports.report({
      kind: 'progress',
      progress,
      curves: this.#fresh.take(),
      seconds: clock.seconds,
    });
  }
}

/** Commands while the run goes on; `next` resolves at the next `resume`. */
function listenForCommands(
  ports: RunPorts,
  machines: RemoteAnswerers,
): { readonly next: () => Promise<void> } {
  let waiting: (() => void) | null = null;
  ports.onCommand((command) => {
    if (command.kind === 'resume') waiting?.();
    else if (command.kind !== 'order') machines.settle(command);
  });
  return {
    next: () =>
      new Promise((resolve) => {
        waiting = resolve;
      }),
  };
}

/** Counts the seconds of work, pauses left out and earlier parts of the run included. */
class WorkClock {
  readonly #now: () => number;
  #before = 0;
  #since: number | null;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  get seconds(): number {
    return this.#before + (this.#since === null ? 0 : this.#now() - this.#since);
  }

  add(seconds: number): void {
    this.#before += seconds;
  }

  stop(): void {
    this.#before = this.seconds;
    this.#since = null;
  }

  start(): void {
    this.#since = this.#now();
  }
}
