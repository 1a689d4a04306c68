import { createHash } from 'node:crypto';
import type { BenchmarkRunRow, BenchmarkSpec } from '#shared/jobs/benchmark.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
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

/** SHA-256 of a spec as it is frozen: with its defaults, its members in the order of their names. */
export function hashOfSpec(spec: BenchmarkSpec): string {
  return createHash('sha256')
    .update(stringifyPlain(ordered(spec)))
    .digest('hex');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}

/** Every run, with what it came to and the command that repeats it. */
export function runRows(
  spec: BenchmarkSpec,
  runs: readonly BenchmarkRun[],
  metrics: readonly (readonly Readonly<Record<string, number | null>>[])[],
): BenchmarkRunRow[] {
  return runs.map(({ contender, seed, document }) => ({
    problem: spec.problem.kind,
    seed,
    fold: null,
    contender: spec.contenders[contender]?.label ?? '',
    jobId: document.jobId,
    status: statusOf(document),
    metrics: { ...metrics[contender]?.[spec.seeds.indexOf(seed)] },
    command: `ketbench run - <<'SPEC'\n${stringifyPlain(document.provenance['spec'] ?? {})}\nSPEC`,
  }));
}

function statusOf({ status }: JobDocument): BenchmarkRunRow['status'] {
  if (status === 'completed') return 'PASSED';
  return status === 'cancelled' ? 'SKIPPED' : 'FAILED';
}
