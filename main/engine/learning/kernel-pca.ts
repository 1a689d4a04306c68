import { AppError } from '#shared/base/errors.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { observationsView } from '#shared/problems/views/observations.ts';
import { decomposition } from '#shared/results/kinds/decomposition.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { gammaOf, kernelBetween, kernelOf, kernelParameters } from './kernels.ts';
import { largestPositive } from './moments.ts';
import { fitStandard, meanOf } from './scaling.ts';
import { stepped } from '#shared/models/fitted-step.ts';

/** Rows whose kernel is diagonalised in seconds. */
const mostRows = 400;

/**
 * Principal components in the space of a kernel (Schölkopf, Smola and Müller 1998). Eigenvalues are those of the centred
 * kernel over n − 1, so that the linear kernel gives those of the covariance; a component is told by how its scores
 * move with each column, which for the linear kernel is its direction.
 */
export const kernelPca = defineAlgorithm({
  id: 'kernel-pca',
  title: 'Kernel PCA',
  summary: 'Components of greatest variance in the space of a kernel.',
  kind: 'classical',
  takes: observationsView,
  result: decomposition,
  steps: { name: 'steps', areCourse: true },
  parameters: kernelParameters.map((one) =>
    one.id === 'kernel' && one.kind === 'choice' ? { ...one, default: 'linear' } : one,
  ),
  canPause: true,
  asks: () => [],
  needs: ({ rows }) => ({ ownBytes: 8 * 4 * rows.length ** 2, qubits: null, answerBytes: 0 }),
  *run({ view, problem, settings }) {
    const { names } = view;
    const n = view.rows.length;
    if (n > mostRows) {
      throw new AppError(
        'too-large',
        `At most ${mostRows} rows are compared by a kernel; there are ${n}. Name fewer in problem.rows.`,
        { path: 'problem.rows' },
      );
    }
    yield {
      kind: 'progress',
      progress: { fraction: 0, message: `Comparing ${n} rows`, step: 0, metrics: {} },
    };
    const mean = meanOf(view.rows);
    const scale = problem['matrix'] === 'correlation' ? fitStandard(view.rows) : null;
    const rows = scale === null ? view.rows : view.rows.map((row) => stepped(scale, row));
    const kernel = kernelOf(settings, gammaOf(settings, rows));
    const gram = centred(kernelBetween(rows, rows, kernel), n);
    const { values, vectors } = symmetricEigen(gram, n);
    const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
    if (!(total > 0) || !Number.isFinite(total)) {
      throw new AppError(
        'bad-input',
        'These rows do not differ under this kernel, so it has no components. Choose another γ or other columns.',
        { path: 'settings.gamma' },
      );
    }
    const shares = Array.from(values, (value) => Math.max(0, value) / total);
    const real = shares.filter((share) => share > 1e-12).length;
    const kept = Math.min(real, (problem['components'] as number | undefined) ?? names.length);
    const centre = meanOf(rows);
    return {
      result: {
        names: [...names],
        eigenvalues: Array.from(values.subarray(0, kept), (value) => value / (n - 1)),
        explainedVarianceRatio: shares.slice(0, kept),
        components: vectors.slice(0, kept).map((scores) => {
          const moved = centre.map((m, k) =>
            rows.reduce((sum, row, i) => sum + (scores[i] as number) * ((row[k] as number) - m), 0),
          );
          const length = Math.hypot(...moved) || 1;
          return [...largestPositive(moved.map((v) => v / length))];
        }),
        mean: [...mean],
        purity: shares.reduce((sum, p) => sum + p * p, 0),
        entropyBits: shares.reduce((sum, p) => sum - (p > 0 ? p * Math.log2(p) : 0), 0),
        n,
        circuits: 0,
        shots: 0,
        gates: 0,
        qubits: 0,
      },
      warnings: [],
    };
  },
});

/** The kernel of what is left of each row after the mean of all, in the space of the kernel. */
function centred(gram: Float64Array, n: number): Float64Array {
  const means = Float64Array.from({ length: n }, (_, r) => {
    return gram.subarray(r * n, (r + 1) * n).reduce((sum, value) => sum + value, 0) / n;
  });
  const all = means.reduce((sum, value) => sum + value, 0) / n;
  return gram.map(
    (value, at) => value - (means[Math.floor(at / n)] as number) - (means[at % n] as number) + all,
  );
}
