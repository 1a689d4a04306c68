import type { BenchmarkSpec } from '#shared/jobs/benchmark.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import type { ContenderRuns } from '#engine/benchmarks/evaluate.ts';

/** One run of one contender. */
export interface BenchmarkRun {
  /** Position in the spec's contenders. */
  readonly contender: number;
  readonly seed: number;
  readonly document: JobDocument;
}

/** The runs by contender and seed; one that did not complete counts as failed. */
export function runsByContender(
  spec: BenchmarkSpec,
  runs: readonly BenchmarkRun[],
): readonly ContenderRuns[] {
  return spec.contenders.map((_, contender) =>
    spec.seeds.map((seed) => {
      const run = runs.find((one) => one.contender === contender && one.seed === seed);
      if (run === undefined || run.document.status !== 'completed') return null;
      const { result, measured } = run.document;
      return { seed, result, seconds: measured.executionTime };
    }),
  );
}
