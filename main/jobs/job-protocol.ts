import type { ErrorData } from '#shared/ipc/wire.ts';
import type { DataReading } from '#shared/ipc/library.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { Answer, Ask, Progress } from '#engine/programs/program.ts';
import type { JobFile, JobOutcome } from '#engine/jobs/prepared.ts';

/** What a spec names, as it was read; the job's thread takes a table apart. */
export interface RawFile {
  readonly kind: JobFile['kind'];
  readonly text: string;
  /** SHA-256 of the text. */
  readonly hash: string;
  /** How the user said that a table is to be read. */
  readonly reading?: DataReading | undefined;
}

/** What a job's thread starts with. */
export interface JobOrder {
  readonly jobId: string;
  readonly version: string;
  readonly spec: JobSpec;
  /** What the spec names, by the name used there. */
  readonly files: readonly (readonly [string, RawFile])[];
  readonly freeBytes: number;
  readonly cancel: SharedArrayBuffer;
  /** The job's own folder. */
  readonly folder: string;
  /** Asks are answered by main, which talks to a machine. */
  readonly remote: boolean;
  /** Module that exports `jobEngine`; null = the engine that comes with Ketbench. */
  readonly engineModule: string | null;
}

/** What the thread reports. */
export type JobReport =
  | {
      readonly kind: 'prepared';
      readonly provenance: Readonly<Record<string, unknown>>;
      readonly canPause: boolean;
      readonly memoryBytes: number;
      readonly resumedAt: number;
      readonly tornBytes: number;
    }
  | { readonly kind: 'progress'; readonly progress: Progress; readonly seconds: number }
  /** Something to show beside the progress. */
  | { readonly kind: 'said'; readonly message: string }
  | { readonly kind: 'paused'; readonly seconds: number }
  | { readonly kind: 'ask'; readonly askIndex: number; readonly seed: number; readonly ask: Ask }
  | { readonly kind: 'done'; readonly outcome: JobOutcome; readonly seconds: number }
  | { readonly kind: 'failed'; readonly error: ErrorData; readonly seconds: number }
  /** After the end of a job: nothing of it is left and another one may come. */
  | { readonly kind: 'idle' };

/** What main tells the thread. */
export type JobCommand =
  | { readonly kind: 'order'; readonly order: JobOrder }
  | { readonly kind: 'resume' }
  | { readonly kind: 'answer'; readonly askIndex: number; readonly answer: Answer }
  | { readonly kind: 'refusal'; readonly askIndex: number; readonly error: ErrorData };
