import type { BenchmarkSpec } from '#shared/jobs/benchmark.ts';
import { evaluateBenchmark } from '#engine/benchmarks/evaluate.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import type { BenchmarkRun, Evaluate, Evaluation } from './benchmarks.ts';

/** The engine and the module that a job's thread loads it from. */
export interface EngineDoor {
  readonly engine: JobEngine;
  /** Null: the engine that comes with Ketbench. */
  readonly engineModule: string | null;
  readonly evaluate: Evaluate;
}

/** The engine that comes with Ketbench. */
export function loadEngine(): EngineDoor {
  return { engine: jobEngine, engineModule: null, evaluate };
}

/** Sorts the runs by contender and seed; one that did not complete counts as failed. */
function evaluate(spec: BenchmarkSpec, runs: readonly BenchmarkRun[]): Evaluation {
  const byContender = spec.contenders.map((_, contender) =>
    spec.seeds.map((seed) => {
      const run = runs.find((one) => one.contender === contender && one.seed === seed);
      if (run === undefined || run.document.status !== 'completed') return null;
      const { result, measured } = run.document;
      return { seed, result, seconds: measured.executionTime };
    }),
  );
  return evaluateBenchmark(spec, byContender);
}
