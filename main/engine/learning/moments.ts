import { AppError } from '#shared/base/errors.ts';
import type { Observations } from '#shared/problems/views/observations.ts';

/** Means, and the covariance (ddof 1) or correlation matrix, row-major. */
export function momentsOf({ names, rows }: Observations, isCorrelation: boolean) {
  const n = names.length;
  const mean = new Float64Array(n);
  for (const row of rows) row.forEach((x, i) => (mean[i] = (mean[i] as number) + x / rows.length));
  const matrix = new Float64Array(n * n);
  for (const row of rows) {
    for (let i = 0; i < n; i++) {
      const left = ((row[i] as number) - (mean[i] as number)) / (rows.length - 1);
      for (let j = i; j < n; j++) {
        const at = i * n + j;
        matrix[at] = (matrix[at] as number) + left * ((row[j] as number) - (mean[j] as number));
      }
    }
  }
  const deviation = Array.from({ length: n }, (_, i) => Math.sqrt(matrix[i * n + i] as number));
  const constants = names.filter((_, i) => deviation[i] === 0);
  if (constants.length === n || (isCorrelation && constants.length > 0)) {
    throw new AppError(
      'bad-input',
      `The value never changes in “${constants[0]}”, so it has no ${isCorrelation ? 'correlation' : 'variance'}. Leave it out of problem.features${isCorrelation ? ', or use the covariance' : ''}.`,
      { path: 'problem.features', columns: constants },
    );
  }
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const scale = isCorrelation ? (deviation[i] as number) * (deviation[j] as number) : 1;
      const value = i === j && isCorrelation ? 1 : (matrix[i * n + j] as number) / scale;
      matrix[i * n + j] = value;
      matrix[j * n + i] = value;
    }
  }
  return { mean, matrix, constants };
}

/** The vector or its opposite, so that its entry of largest size is positive. */
export function largestPositive(vector: Float64Array): Float64Array {
  const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return largest < 0 ? vector.map((x) => -x) : vector;
}
