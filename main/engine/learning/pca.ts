import { AppError } from '#shared/base/errors.ts';
import { observationsView } from '#shared/problems/views/observations.ts';
import { decomposition } from '#shared/results/kinds/decomposition.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { largestPositive, momentsOf } from './moments.ts';
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
