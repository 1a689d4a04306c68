import type { JobEngine } from '#engine/jobs/prepared.ts';

/** The engine and the module that a job's thread loads it from. */
export interface EngineDoor {
  readonly engine: JobEngine;
  readonly engineModule: string;
}

/** Loads the engine that comes with Ketbench. */
export async function loadEngine(): Promise<EngineDoor> {
  return { engine: jobEngine, engineModule: import.meta.url };
}

/** Refuses every spec: this build has no algorithms. */
export const jobEngine: JobEngine = {
  validate: (input) => ({
    ok: false,
    error: [{ path: '', message: `This build runs no jobs (got ${typeof input}).` }],
  }),
  filesOf: () => [],
  prepare: () => {
    throw new Error('This build runs no jobs.');
  },
  catalog: () => [],
};
