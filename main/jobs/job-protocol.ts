import type { ErrorData } from '#shared/ipc/wire.ts';
import type { RawFile } from '../storage/raw-file.ts';
import type { NewPoints } from '#shared/jobs/curve.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { Answer, Ask, Progress } from '#engine/programs/program.ts';
import type { JobOutcome } from '#engine/programs/outcome.ts';

/** What a job's thread starts with. */
export interface JobOrder {
  readonly jobId: string;
  readonly version: string;
  readonly spec: JobSpec;
  /** What the spec names, by the name used there. */
  readonly files: readonly (readonly [string, RawFile])[];
  /** Of the machines that it names, as they were kept when it was submitted. */
  readonly calibrations: readonly DeviceRecord[];
  readonly freeBytes: number;
  readonly cancel: SharedArrayBuffer;
  /** The job's own folder. */
  readonly folder: string;
  /** The backends whose asks main answers, which talks to machines. */
  readonly remote: readonly string[];
  /** How much of the job each of several backends takes. */
  readonly shares: readonly number[];
  /** Module that exports `jobEngine`; null = the engine that comes with Ketbench. */
  readonly engineModule: string | null;
}

/** What the thread reports. */
export type JobReport =
  | {
      readonly kind: 'prepared';
      readonly provenance: Readonly<Record<string, unknown>>;
      readonly canPause: boolean;
      readonly canFinish: boolean;
      readonly memoryBytes: number;
      readonly resumedAt: number;
      readonly tornBytes: number;
    }
  | {
      readonly kind: 'progress';
      readonly progress: Progress;
      /** Points that were added since the last report. */
      readonly curves: NewPoints['curves'];
      readonly seconds: number;
    }
  /** Something to show beside the progress. */
  | { readonly kind: 'said'; readonly message: string }
  | { readonly kind: 'paused'; readonly seconds: number }
  | {
      readonly kind: 'ask';
      /** Names this ask in its answer: parts of one are on their way at the same time. */
      readonly call: number;
      readonly backend: string;
      readonly askIndex: number;
      readonly part?: number;
      readonly seed: number;
      readonly ask: Ask;
    }
  | { readonly kind: 'done'; readonly outcome: JobOutcome; readonly seconds: number }
  | { readonly kind: 'failed'; readonly error: ErrorData; readonly seconds: number }
  /** After the end of a job: nothing of it is left and another one may come. */
  | { readonly kind: 'idle' };

/** What main tells the thread. */
export type JobCommand =
  | { readonly kind: 'order'; readonly order: JobOrder }
  | { readonly kind: 'resume' }
  | { readonly kind: 'answer'; readonly call: number; readonly answer: Answer }
  | { readonly kind: 'refusal'; readonly call: number; readonly error: ErrorData };
