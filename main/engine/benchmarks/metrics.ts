import type { Direction, Metric } from '#shared/results/metric.ts';
import { runMetrics } from '#shared/results/metrics.ts';
import type { ResultKind } from '#shared/results/result-kind.ts';
import { knownResult } from '#shared/results/result.ts';

/** One ended run as far as an evaluation needs it. */
export interface RunOutcome {
  readonly seed: number;
  readonly result: unknown;
  /** Seconds; null for a run that failed. */
  readonly seconds: number | null;
}

/** A figure that runs are compared by. */
export interface BenchmarkMetric extends Metric {
  readonly better: Direction;
  /** The figure of one run; null where the run has none. */
  readonly of: (run: RunOutcome) => number | null;
}

/** Whether a run's best assignment is an optimum; null where the optimum is not known. */
export function foundOptimum(kinds: readonly ResultKind[], { result }: RunOutcome): boolean | null {
  const known = knownResult(kinds, result);
  return known === null ? null : known.kind.isSolved(known.value);
}

/** Every figure that runs are compared by; the first that every contender has is the one that decides. */
export function benchmarkMetricsOf(kinds: readonly ResultKind[]): readonly BenchmarkMetric[] {
  const ofResults = kinds.flatMap((kind) =>
    kind.metrics.map((metric) => ({
      ...metric,
      of: ({ result }: RunOutcome) => {
        const known = knownResult([kind], result);
        return known === null ? null : metric.of(known.value);
      },
    })),
  );
  return [...ofResults, { ...runMetrics[0], of: ({ seconds }) => seconds }];
}
