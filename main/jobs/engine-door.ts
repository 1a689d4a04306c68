import type { JobEngine } from '#engine/jobs/prepared.ts';
import type { Evaluate, Evaluation } from './benchmarks.ts';

/** The engine and the module that a job's thread loads it from. */
export interface EngineDoor {
  readonly engine: JobEngine;
  /** Null: the engine that comes with Ketbench. */
  readonly engineModule: string | null;
  readonly evaluate: Evaluate;
}

/** Loads the engine that comes with Ketbench. */
export async function loadEngine(): Promise<EngineDoor> {
  const { jobEngine } = await import('#engine/jobs/index.ts');
  return { engine: jobEngine, engineModule: null, evaluate };
}

function evaluate(): Evaluation {
  return { metrics: [], comparisons: [], verdict: null, warnings: [] };
}
