import { unreachable } from '../../base/assert.ts';

/** What is done to each series before it is looked at. */
export const transforms = [
  { value: 'none', title: 'None' },
  { value: 'log', title: 'Logarithm' },
  { value: 'difference', title: 'Difference' },
  { value: 'return', title: 'Return' },
  { value: 'log-return', title: 'Log return' },
] as const;

/** What makes a forecast's series: the transforms above, or the volatility of windows of log returns. */
export const seriesTransforms = [
  ...transforms,
  { value: 'realised-volatility', title: 'Realised volatility' },
] as const;

/** √(annualise/window · Σr²) of every window of log returns that begins `every` after the last one. */
export function realisedVolatility(
  prices: Float64Array,
  { window, every, annualise }: { window: number; every: number; annualise: number },
): Float64Array {
  const returns = transformed(prices, 'log-return');
  const count = Math.max(0, Math.floor((returns.length - window) / every) + 1);
  return Float64Array.from({ length: count }, (_, k) => {
    const start = k * every;
    const sum = returns.subarray(start, start + window).reduce((total, r) => total + r * r, 0);
    return Math.sqrt((annualise / window) * sum);
  });
}

export type SeriesTransform = (typeof seriesTransforms)[number]['value'];

export type Transform = (typeof transforms)[number]['value'];

/** Whether a transform takes values above 0 only. */
export function needsPositive(transform: Transform): boolean {
  return transform !== 'none' && transform !== 'difference';
}

/**
 * A series in the order of time, transformed: ln x; x_t − x_{t−1}; x_t/x_{t−1} − 1; ln(x_t/x_{t−1}). The last
 * three are one shorter.
 */
export function transformed(series: Float64Array, transform: Transform): Float64Array {
  const steps = (of: (now: number, before: number) => number): Float64Array =>
    Float64Array.from({ length: Math.max(0, series.length - 1) }, (_, t) =>
      of(series[t + 1] as number, series[t] as number),
    );
  switch (transform) {
    case 'none':
      return series;
    case 'log':
      return series.map(Math.log);
    case 'difference':
      return steps((now, before) => now - before);
    case 'return':
      return steps((now, before) => now / before - 1);
    case 'log-return':
      return steps((now, before) => Math.log(now / before));
    default:
      return unreachable(transform);
  }
}
