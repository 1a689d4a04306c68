import type { KernelLearner } from './cross-validation.ts';
import { fitStandard } from './scaling.ts';

/** A classical kernel on standardised features; γ absent = 1/(features × variance). */
export function rbfLearner(settings: Readonly<Record<string, unknown>>): KernelLearner {
  return {
    id: 'svm',
    C: settings['C'] as number,
    gram(train, test) {
      const scale = fitStandard(train);
      const rows = [...train, ...test].map(scale);
      const fitted = rows.slice(0, train.length);
      const gamma = (settings['gamma'] as number | undefined) ?? defaultGamma(fitted);
      const kernel =
        settings['kernel'] === 'linear'
          ? (a: Float64Array, b: Float64Array) =>
              a.reduce((sum, v, k) => sum + v * (b[k] as number), 0)
          : (a: Float64Array, b: Float64Array) => Math.exp(-gamma * squaredDistance(a, b));
      const result = new Float64Array(rows.length * train.length);
      rows.forEach((row, r) => {
        fitted.forEach((other, c) => (result[r * train.length + c] = kernel(row, other)));
      });
      return result;
    },
  };
}

/** scikit-learn's "scale": 1/(features × variance of all entries). */
function defaultGamma(rows: readonly Float64Array[]): number {
  const size = rows[0]?.length ?? 1;
  const values = rows.flatMap((row) => [...row]);
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return variance === 0 ? 1 : 1 / (size * variance);
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, k) => sum + (v - (b[k] as number)) ** 2, 0);
}
