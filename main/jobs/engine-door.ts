import type { JobEngine } from '#engine/jobs/prepared.ts';
import type { Evaluate, Evaluation } from './benchmarks.ts';

/** The engine and the module that a job's thread loads it from. */
export interface EngineDoor {
  readonly engine: JobEngine;
  readonly engineModule: string | null;
  readonly evaluate: Evaluate;
}

/** Loads the engine that comes with Ketbench. */
export async function loadEngine(): Promise<EngineDoor> {
  return { engine: jobEngine, engineModule: null, evaluate };
}

function evaluate(): Evaluation {
  return { metrics: [], comparisons: [], verdict: null, warnings: [] };
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
