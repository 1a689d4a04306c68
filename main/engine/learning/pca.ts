import { AppError } from '#shared/base/errors.ts';
import { type Observations, observationsView } from '#shared/problems/views/observations.ts';
import { decomposition } from '#shared/results/kinds/decomposition.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';

/** Columns whose matrix is diagonalised in seconds. */
const mostColumns = 1000;

/** Principal component analysis (Pearson 1901), exactly. */
export const pca = defineAlgorithm({
  id: 'pca',
  title: 'Principal component analysis',
  summary: 'Directions of greatest variance by diagonalising the covariance or correlation matrix.',
  kind: 'classical',
  takes: observationsView,
  result: decomposition,
  steps: { name: 'steps', areCourse: true },
  parameters: [],
  canPause: true,
  asks: () => [],
  needs: ({ names, rows }) => ({
    ownBytes: 8 * (3 * names.length ** 2 + names.length * rows.length),
    qubits: null,
    answerBytes: 0,
  }),
  *run({ view, problem }) {
    const n = view.names.length;
    if (n > mostColumns) {
      throw new AppError(
        'too-large',
        `At most ${mostColumns} columns are taken apart; there are ${n}. Name fewer in problem.features.`,
        { path: 'problem.features' },
      );
    }
    yield {
      kind: 'progress',
      progress: { fraction: 0, message: `Taking ${n} columns apart`, step: 0, metrics: {} },
    };
    const { mean, matrix, constants } = momentsOf(view, problem['matrix'] === 'correlation');
    const { values, vectors } = symmetricEigen(matrix, n);
    const total = values.reduce((sum, value) => sum + value, 0);
    const shares = Array.from(values, (value) => Math.max(0, value) / total);
    const asked = problem['components'] as number | undefined;
    const kept = Math.min(n, asked ?? n);
    return {
      result: {
        names: [...view.names],
        eigenvalues: Array.from(values.subarray(0, kept)),
        explainedVarianceRatio: shares.slice(0, kept),
        components: vectors.slice(0, kept).map((vector) => [...largestPositive(vector)]),
        mean: [...mean],
        purity: shares.reduce((sum, p) => sum + p * p, 0),
        entropyBits: shares.reduce((sum, p) => sum - (p > 0 ? p * Math.log2(p) : 0), 0),
        n: view.rows.length,
        circuits: 0,
        shots: 0,
        gates: 0,
        qubits: 0,
      },
      warnings: [
        ...(asked !== undefined && asked > n
          ? [`${asked} components were asked for; ${n} columns have only as many.`]
          : []),
        ...constants.map((name) => `The value never changes in “${name}”.`),
      ],
    };
  },
});

/** Means, and the covariance (ddof 1) or correlation matrix, row-major. */
function momentsOf({ names, rows }: Observations, isCorrelation: boolean) {
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
function largestPositive(vector: Float64Array): Float64Array {
  const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return largest < 0 ? vector.map((x) => -x) : vector;
}
