import type { JobSpec } from '#shared/jobs/job.ts';
import type { SpecProblem } from '#engine/jobs/prepared.ts';
import type { Answer, Ask } from '#engine/programs/program.ts';

/** What a backend is told with each ask. */
export interface RemoteAskContext {
  /** Running number of the ask in its program. */
  readonly askIndex: number;
  /** Which part of it, and of which backend, where several share it. */
  readonly part?: number;
  readonly backend?: string;
  readonly seed: number;
  readonly jobId: string;
  /**
   * Must be awaited as soon as the vendor has named its job and before the first poll: afterwards the
   * name is on disk, and a killed run finds the job again instead of buying it twice.
   */
  recordSubmitted(vendorJobId: string): Promise<void>;
  /** Vendor jobs that an earlier part of this run submitted for this ask, oldest first. */
  readonly alreadySubmitted: readonly string[];
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal;
  /** Shown to the user, e.g. "queued at IonQ, position 4". */
  report(message: string): void;
}

/** A machine that answers the asks of one job; `define` comes first for each circuit. */
export interface BackendSession {
  answer(ask: Ask, context: RemoteAskContext): Promise<Answer>;
  /** USD spent so far; null while unknown. */
  readonly cost: number | null;
  dispose(): void;
}

/** Devices that main answers for, instead of the job's own thread. */
export interface Backends {
  /** What stands in the way of a spec at its backend: an unknown device, no shots for a machine. */
  problemsOf(spec: JobSpec): readonly SpecProblem[];
  /** Whether main answers for this device; such jobs wait more than they compute. */
  isRemote(deviceId: string): boolean;
  /** How much of a job each of several backends takes, adding up to 1. */
  sharesOf(spec: JobSpec): readonly number[];
  /** A session for a job on this device, or null where the engine simulates the device itself. */
  connect(deviceId: string, jobId: string, spec: JobSpec): BackendSession | null;
}
