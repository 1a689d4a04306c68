import { rngOf } from '#shared/base/rng.ts';
import type { ResultKind } from '#shared/results/result-kind.ts';
import { AppError } from '#shared/base/errors.ts';
import type { BenchmarkDocument, BenchmarkSpec, PairedTest } from '#shared/jobs/benchmark.ts';
import { holm, wilcoxon } from '../statistics/wilcoxon.ts';
import { bootstrapInterval, type Interval, meanOf } from '../statistics/bootstrap.ts';
import {
  type BenchmarkMetric,
  benchmarkMetricsOf,
  foundOptimum,
  type RunOutcome,
} from './metrics.ts';
import { overallVerdict, verdictOf } from './verdict.ts';

type ContenderMetrics = BenchmarkDocument['contenders'][number]['metrics'];
export type Comparison = BenchmarkDocument['comparisons'][number];

export interface BenchmarkEvaluation {
  readonly metrics: readonly ContenderMetrics[];
  readonly comparisons: Comparison[];
  readonly tests: PairedTest[];
  /** metrics[contender][seed]: what each run came to; null where it has no such figure. */
  readonly runs: readonly (readonly Readonly<Record<string, number | null>>[])[];
  readonly verdict: BenchmarkDocument['verdict'];
  readonly warnings: string[];
}

/** Runs of one contender, one per seed of the spec in its order; null = failed. */
export type ContenderRuns = readonly (RunOutcome | null)[];

/**
 * Means with bootstrap intervals for every contender, paired differences of the first contender to
 * each other one, and a verdict that an advantage must earn.
 */
export function evaluateBenchmark(
  spec: BenchmarkSpec,
  runs: readonly ContenderRuns[],
  kinds: readonly ResultKind[],
): BenchmarkEvaluation {
  const shown = shownMetrics(spec, runs, kinds);
  const summaries = runs.map((list, c) =>
    Object.fromEntries([
      ...shown.map((metric, m) => [metric.id, summarise(spec, list, metric, [c, m])] as const),
      ...timeToSolution(spec, list, c, kinds),
    ]),
  );
  const comparisons = shown.flatMap((metric, m) =>
    spec.contenders
      .slice(1)
      .map((baseline, b) => compare(spec, runs, metric, b + 1, baseline.label, m)),
  );
  const deciding = shown.find(
    (metric) =>
      (spec.metric === undefined || metric.id === spec.metric) &&
      runs.every((list) => list.some((run) => valueOf(metric, run) !== null)),
  );
  return {
    metrics: summaries,
    comparisons,
    tests: shown.flatMap((metric) => testsOf(spec, runs, metric)),
    runs: runs.map((list) =>
      list.map((run) => Object.fromEntries(shown.map((one) => [one.id, valueOf(one, run)]))),
    ),
    verdict: deciding === undefined ? null : overallVerdict(spec, deciding, summaries, comparisons),
    warnings: warningsOf(spec, runs),
  };
}

/** What any run has, of what the spec asks for; a name that nothing has is `bad-input`. */
function shownMetrics(
  spec: BenchmarkSpec,
  runs: readonly ContenderRuns[],
  kinds: readonly ResultKind[],
): BenchmarkMetric[] {
  const found = benchmarkMetricsOf(kinds).filter((metric) =>
    runs.some((list) => list.some((run) => valueOf(metric, run) !== null)),
  );
  const asked = spec.metric === undefined ? spec.metrics : [spec.metric, ...(spec.metrics ?? [])];
  const missing = asked?.find((id) => !found.some((metric) => metric.id === id));
  if (missing !== undefined && runs.some((list) => list.some((run) => run !== null))) {
    throw new AppError(
      'bad-input',
      `No run has the metric “${missing}”; they have ${found.map(({ id }) => id).join(', ')}.`,
    );
  }
  return spec.metrics === undefined ? found : found.filter(({ id }) => asked?.includes(id));
}

/** Wilcoxon's test of the first contender against each other one, corrected over these. */
function testsOf(
  spec: BenchmarkSpec,
  runs: readonly ContenderRuns[],
  metric: BenchmarkMetric,
): PairedTest[] {
  const [challenger] = spec.contenders;
  const found = spec.contenders.slice(1).flatMap(({ label }, b) => {
    const differences = differencesOf(spec, runs, metric, b + 1);
    if (differences.length === 0) return [];
    const { W, p } = wilcoxon(differences);
    const effectSize = cohen(differences);
    return [{ label, pairs: differences.length, W, p, effectSize }];
  });
  const corrected =
    spec.correction === 'none' ? found.map(({ p }) => p) : holm(found.map(({ p }) => p));
  return found.map(({ label, ...one }, k) => ({
    metric: metric.id,
    test: 'wilcoxon' as const,
    a: challenger?.label ?? '',
    b: label,
    ...one,
    pCorrected: corrected[k] ?? one.p,
  }));
}

/** Null where there is no spread to measure by. */
function cohen(differences: readonly number[]): number | null {
  const mean = meanOf(differences) ?? 0;
  const squares = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (differences.length - 1));
  return deviation > 1e-12 * Math.abs(mean) ? mean / deviation : null;
}

/** Challenger minus baseline, paired by seed and turned so that positive favours the challenger. */
function differencesOf(
  spec: BenchmarkSpec,
  runs: readonly ContenderRuns[],
  metric: BenchmarkMetric,
  baseline: number,
): number[] {
  const sign = metric.better === 'higher' ? 1 : -1;
  return spec.seeds.flatMap((_, k) => {
    const ours = valueOf(metric, runs[0]?.[k] ?? null);
    const theirs = valueOf(metric, runs[baseline]?.[k] ?? null);
    return ours === null || theirs === null ? [] : [sign * (ours - theirs)];
  });
}

function valueOf(metric: BenchmarkMetric, run: RunOutcome | null): number | null {
  return run === null ? null : metric.of(run);
}

function options(spec: BenchmarkSpec, path: readonly number[]) {
  return {
    confidence: spec.confidence,
    resamples: spec.resamples,
    rng: rngOf(spec.seed, 501, ...path),
  };
}

function summarise(
  spec: BenchmarkSpec,
  list: ContenderRuns,
  metric: BenchmarkMetric,
  path: readonly number[],
): ContenderMetrics[string] {
  const values = list.map((run) => valueOf(metric, run));
  const known = values.filter((value) => value !== null);
  const interval = bootstrapInterval(known, meanOf, options(spec, path));
  return {
    mean: interval?.mean ?? null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    values,
  };
}

/**
 * Seconds until an optimum has been found with 99 %: mean time of a run times the runs needed at the
 * share p of seeds that found it, ln 0.01/ln(1 − p) (Rønnow et al. 2014), at least one run.
 */
function timeToSolution(
  spec: BenchmarkSpec,
  list: ContenderRuns,
  c: number,
  kinds: readonly ResultKind[],
): [string, ContenderMetrics[string]][] {
  const known = list.flatMap((run) => {
    const found = run === null ? null : foundOptimum(kinds, run);
    return run === null || found === null || run.seconds === null
      ? []
      : [{ seconds: run.seconds, found }];
  });
  if (known.length === 0) return [];
  const estimate = (sample: typeof known): number | null => {
    const share = sample.filter(({ found }) => found).length / sample.length;
    const seconds = meanOf(sample.map((one) => one.seconds)) as number;
    if (share === 0) return Number.POSITIVE_INFINITY;
    return share === 1 ? seconds : seconds * Math.max(1, Math.log(0.01) / Math.log(1 - share));
  };
  const interval = bootstrapInterval(
    known,
    (sample) => estimate([...sample]),
    options(spec, [c, 99]),
  );
  const values = list.map((run) =>
    run !== null && foundOptimum(kinds, run) === true ? run.seconds : null,
  );
  return [
    [
      'timeToSolution',
      {
        mean: interval?.mean ?? null,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        values,
      },
    ],
  ];
}

/** The mean of the paired differences, with its interval. */
function compare(
  spec: BenchmarkSpec,
  runs: readonly ContenderRuns[],
  metric: BenchmarkMetric,
  baseline: number,
  label: string,
  m: number,
): Comparison {
  const differences = differencesOf(spec, runs, metric, baseline);
  const difference: Interval | null = bootstrapInterval(
    differences,
    meanOf,
    options(spec, [200 + baseline, m]),
  );
  return {
    metric: metric.id,
    challenger: spec.contenders[0]?.label ?? '',
    baseline: label,
    difference,
    verdict: verdictOf(difference, differences.length),
  };
}

function warningsOf(spec: BenchmarkSpec, runs: readonly ContenderRuns[]): string[] {
  const failed = runs.flatMap((list, c) => {
    const count = list.filter((run) => run === null).length;
    return count === 0
      ? []
      : [
          `${count} of ${list.length} runs of “${spec.contenders[c]?.label}” failed and are left out.`,
        ];
  });
  const few =
    spec.seeds.length < 5
      ? [`Intervals from ${spec.seeds.length} seeds are rough; use at least five.`]
      : [];
  return [...failed, ...few];
}
