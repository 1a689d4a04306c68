import type { Result } from '#shared/base/result.ts';
import type { CatalogEntry, CatalogKind } from '#shared/catalog/parameter.ts';
import type { BenchmarkSpec } from '#shared/jobs/benchmark.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { Table } from '#shared/data/table.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import type { BenchmarkEvaluation, ContenderRuns } from '../benchmarks/evaluate.ts';
import type { Members } from '../members.ts';
import type { JobOutcome } from '../programs/outcome.ts';
import type { Answerer, Program, Usage } from '../programs/program.ts';
import type { Work } from './work.ts';

/** One thing that is wrong with a spec, at a path such as "settings.optimizer.id". */
export interface SpecProblem {
  readonly path: string;
  readonly message: string;
}

/** A file or data set that a spec names, as `prepare` wants it. */
export interface FileNeed {
  readonly name: string;
  /** A model is read as text. */
  readonly kind: 'text' | 'table' | 'model';
}

/** What main read for a need: text as it is, or a CSV taken apart, with the SHA-256 of the bytes. */
export type JobFile =
  | { readonly kind: 'text'; readonly text: string; readonly hash: string }
  | { readonly kind: 'table'; readonly table: Table; readonly hash: string };

/** Files by the name that the spec uses. */
export type JobFiles = ReadonlyMap<string, JobFile>;

/** A job ready to be driven in its worker. */
export interface PreparedJob {
  readonly program: Program<JobOutcome>;
  /** Null: machines elsewhere answer, and none are asked. */
  readonly answerer: Answerer | null;
  /** False: the job computes inside a library that cannot be interrupted; cancelling ends its worker. */
  readonly canPause: boolean;
  /** Whether it can be asked to stop where it is and to make a result of what it has. */
  readonly canFinish: boolean;
  /** Facts for the document's `provenance`: data hashes, circuit hash, method, kernel. */
  readonly provenance: Readonly<Record<string, unknown>>;
  /** Predicted peak of memory in bytes. */
  readonly memoryBytes: number;
  /** What the program has asked for so far. */
  readonly usage: () => Usage;
}

/** What a job is prepared with beside its spec. */
export interface JobRoom {
  readonly freeBytes: number;
  /** The last snapshot of an earlier run of the same spec by another build; absent otherwise. */
  readonly snapshot?: unknown;
  /** The version that began the run, where it was another one. */
  readonly begunBy?: string | null;
  /** Somebody who asks a machine elsewhere; absent: such machines are not asked. */
  readonly elsewhere?: (backend: string) => Answerer;
  /** Machines as they were calibrated since their records; absent: as those have them. */
  readonly calibrations?: readonly DeviceRecord[];
  /** How much of the job each of several backends takes; absent: all as much. */
  readonly shares?: readonly number[];
}

/** What a job would ask for, found out by letting it ask somebody who makes the answers up. */
export interface DryRun {
  readonly usage: Usage;
  /** False: it was stopped before its end, so that it asks for at least so much. */
  readonly isWhole: boolean;
  /** What simulating it here takes; null where that is not known or nothing is simulated. */
  readonly work: Work | null;
}

/** The door of the engine for the job machinery; `createEngine` makes it. */
export interface JobEngine {
  /** What it is made of. Whatever lists, names or reads members asks for them here. */
  readonly members: Members;
  /** Every error at once, or the spec with all defaults filled in. */
  validate(input: unknown): Result<JobSpec, readonly SpecProblem[]>;
  /** Files (paths or data-set ids) that `prepare` needs. */
  filesOf(spec: JobSpec): readonly FileNeed[];
  /** Starts what the spec's algorithm needs before `prepare`: a library that is not there at once. */
  load(spec: JobSpec): Promise<void>;
  /** Throws AppError on what only the data can show (a column that is not there, too large for memory). */
  prepare(spec: JobSpec, files: JobFiles, room: JobRoom): PreparedJob;
  /** What a prepared job would ask for; `isOver` says when it has been waited for long enough. */
  dryRun(job: PreparedJob, isOver: () => boolean): DryRun;
  catalog(kind?: CatalogKind): readonly CatalogEntry[];
  /** Compares the runs of a benchmark's contenders, in the order of its spec. */
  evaluate(spec: BenchmarkSpec, runs: readonly ContenderRuns[]): BenchmarkEvaluation;
}
