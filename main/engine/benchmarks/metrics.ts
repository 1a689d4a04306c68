import type { OptimisationResult } from '../algorithms/optimisation-result.ts';

/** One ended run as far as an evaluation needs it. */
export interface RunOutcome {
  readonly seed: number;
  readonly result: unknown;
  /** Seconds; null for a run that failed. */
  readonly seconds: number | null;
}

/** A figure that runs are compared by. */
export interface BenchmarkMetric {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The figure of one run; null where the run has none. */
  readonly of: (run: RunOutcome) => number | null;
}

function optimisation(run: RunOutcome): Partial<OptimisationResult> {
  return typeof run.result === 'object' && run.result !== null
    ? (run.result as Partial<OptimisationResult>)
    : {};
}

function testMetric(run: RunOutcome, name: string): number | null {
  const metrics = (run.result as { metrics?: { test?: Record<string, { mean?: number }> } } | null)
    ?.metrics;
  return metrics?.test?.[name]?.mean ?? null;
}

/** Whether a run's best assignment is an optimum; null where the optimum is not known. */
export function foundOptimum(run: RunOutcome): boolean | null {
  const { best, exact } = optimisation(run);
  if (exact === undefined) return null;
  if (best === undefined || best === null) return false;
  return Math.abs(best.value - exact.value) <= 1e-9 * Math.max(1, Math.abs(exact.value));
}

const approximationRatio: BenchmarkMetric = {
  id: 'approximationRatio',
  title: 'Approximation ratio',
  unit: '',
  better: 'higher',
  of: (run) => optimisation(run).approximationRatio ?? null,
};

/** Distance of the best assignment from the worst feasible one, as a share of the optimum's. */
const bestRatio: BenchmarkMetric = {
  id: 'bestRatio',
  title: 'Ratio of the best assignment',
  unit: '',
  better: 'higher',
  of: (run) => {
    const { best, exact } = optimisation(run);
    if (exact === undefined || best === undefined || best === null) return null;
    const spread = exact.worst - exact.value;
    return spread === 0 ? 1 : (exact.worst - best.value) / spread;
  },
};

const optimumProbability: BenchmarkMetric = {
  id: 'optimumProbability',
  title: 'Probability of the optimum',
  unit: '',
  better: 'higher',
  of: (run) => optimisation(run).optimumProbability ?? null,
};

/** Mean over the test folds of a learner's metric. */
function testMetricOf(id: string, title: string): BenchmarkMetric {
  return { id, title, unit: '', better: 'higher', of: (run) => testMetric(run, id) };
}

const learnerMetrics: readonly BenchmarkMetric[] = [
  testMetricOf('accuracy', 'Test accuracy'),
  testMetricOf('balancedAccuracy', 'Balanced test accuracy'),
  testMetricOf('auc', 'Area under the ROC curve'),
];

const executionTime: BenchmarkMetric = {
  id: 'executionTime',
  title: 'Execution time',
  unit: 's',
  better: 'lower',
  of: (run) => run.seconds,
};

const optimisationMetrics = [approximationRatio, bestRatio, optimumProbability];

/** Every figure that runs are compared by. */
export const benchmarkMetrics: readonly BenchmarkMetric[] = [
  ...optimisationMetrics,
  ...learnerMetrics,
  executionTime,
];

/** Metrics of a problem kind; the first that every contender has is the one that decides. */
export function metricsFor(problemKind: string): readonly BenchmarkMetric[] {
  const own = problemKind === 'classification' ? learnerMetrics : optimisationMetrics;
  return [...own, executionTime];
}
