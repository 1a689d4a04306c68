import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';

/** Mean over seeds with its interval. */
export type Interval = BenchmarkDocument['contenders'][number]['metrics'][string];

/** Every metric that any contender has, in the order in which they come. */
export function metricsOf(benchmark: BenchmarkDocument): readonly string[] {
  return [...new Set(benchmark.contenders.flatMap(({ metrics }) => Object.keys(metrics)))];
}

/** Where values lie on an axis: the nearest round steps around all of them. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

const wantedTicks = 5;

/** Round steps that hold all finite values; a single value gets room on both sides. */
export function scaleOf(values: readonly number[]): Scale {
  const finite = values.filter(Number.isFinite);
  const least = finite.length === 0 ? 0 : Math.min(...finite);
  const most = finite.length === 0 ? 1 : Math.max(...finite);
  const spread = most - least || Math.max(Math.abs(most), 1) * 0.1;
  const rough = spread / wantedTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const low = Math.floor((least - spread * 0.04) / step) * step;
  const count = Math.ceil((most + spread * 0.04 - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => low + index * step);
  return { low, high: low + count * step, ticks };
}
