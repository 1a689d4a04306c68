import type { BenchmarkDocument, BenchmarkSpec } from '#shared/jobs/benchmark.ts';
import type { Interval } from '../statistics/bootstrap.ts';
import type { BenchmarkMetric } from './metrics.ts';

type Verdict = BenchmarkDocument['comparisons'][number]['verdict'];
type Comparison = BenchmarkDocument['comparisons'][number];
type ContenderMetrics = BenchmarkDocument['contenders'][number]['metrics'];

/** An interval that keeps clear of 0 decides; fewer than two pairs decide nothing. */
export function verdictOf(difference: Interval | null, pairs: number): Verdict {
  if (difference === null || pairs < 2) return 'undecided';
  if (difference.low > 0) return 'advantage shown';
  return difference.high < 0 ? 'disadvantage shown' : 'no advantage shown';
}

/**
 * The verdict in words on the deciding metric. An advantage must hold against every classical
 * contender (an intersection of tests, so no correction for their number is due).
 */
export function overallVerdict(
  spec: BenchmarkSpec,
  metric: BenchmarkMetric,
  summaries: readonly ContenderMetrics[],
  comparisons: readonly Comparison[],
): NonNullable<BenchmarkDocument['verdict']> {
  const classical = new Set(
    spec.contenders
      .filter(({ kind }, c) => c > 0 && kind === 'classical')
      .map(({ label }) => label),
  );
  const against = comparisons.filter(
    (one) => one.metric === metric.id && classical.has(one.baseline),
  );
  if (against.length === 0) {
    return {
      verdict: 'undecided',
      text: 'Undecided: no classical method was run beside the first contender.',
    };
  }
  const worst = against.reduce((a, b) =>
    (b.difference?.mean ?? Infinity) < (a.difference?.mean ?? Infinity) ? b : a,
  );
  const verdict: Verdict = against.every((one) => one.verdict === 'advantage shown')
    ? 'advantage shown'
    : worst.verdict === 'advantage shown'
      ? 'undecided'
      : worst.verdict;
  return {
    verdict,
    text: `${opening(verdict, worst.baseline)} ${figures(spec, metric, summaries, worst)}${practically(spec, worst)}`,
  };
}

/** What the interval says of differences that would matter to nobody. */
function practically({ equivalence }: BenchmarkSpec, { difference, baseline }: Comparison): string {
  if (equivalence === undefined || difference === null) return '';
  const { low, high } = difference;
  if (low >= -equivalence && high <= equivalence) {
    return ` Practically equal to ${baseline}: the interval lies within ±${equivalence}.`;
  }
  return low < equivalence && high > -equivalence
    ? ` Whether the difference is beyond ±${equivalence} is open.`
    : ` The difference is beyond ±${equivalence}.`;
}

function opening(verdict: Verdict, baseline: string): string {
  switch (verdict) {
    case 'advantage shown':
      return 'Advantage shown against every classical method in this comparison.';
    case 'disadvantage shown':
      return `Disadvantage shown: ${baseline} is better.`;
    case 'no advantage shown':
      return `No advantage shown against ${baseline}.`;
    case 'undecided':
      return 'Undecided: there are too few runs to compare.';
  }
}

function figures(
  spec: BenchmarkSpec,
  metric: BenchmarkMetric,
  summaries: readonly ContenderMetrics[],
  worst: Comparison,
): string {
  const baseline = spec.contenders.findIndex(({ label }) => label === worst.baseline);
  const percent = `${Number((100 * spec.confidence).toPrecision(4))} %`;
  const mine = summaries[0]?.[metric.id];
  const theirs = summaries[baseline]?.[metric.id];
  const difference = worst.difference === null ? '' : ` Difference ${format(worst.difference)}`;
  return (
    `${metric.title}: ${worst.challenger} ${format(mine)}, ${worst.baseline} ${format(theirs)}.` +
    `${difference} (paired bootstrap, ${percent} intervals, ${spec.seeds.length} seeds).`
  );
}

function format(
  interval:
    | { readonly mean: number | null; readonly low: number | null; readonly high: number | null }
    | undefined,
): string {
  const text = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : value.toPrecision(4);
  return `${text(interval?.mean)} [${text(interval?.low)}, ${text(interval?.high)}]`;
}
