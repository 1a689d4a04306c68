import '../own-end.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';

/** The engine and the module that a job's thread loads it from. */
export interface EngineDoor {
  readonly engine: JobEngine;
  /** Exports the same engine as `jobEngine`. Null: the one that comes with Ketbench. */
  readonly engineModule: string | null;
}

/** The engine that comes with Ketbench. */
export function loadEngine(): EngineDoor {
  return { engine: jobEngine, engineModule: null };
}
