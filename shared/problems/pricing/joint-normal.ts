import { cholesky, whitenedSquare } from '../../math/cholesky.ts';
import type { ProblemFault } from '../problem-kind.ts';
import type { Distribution } from '../views/payoff.ts';
import { normalisedWeights } from './log-normal.ts';
import { onPoints } from './product-grid.ts';

/** One coordinate of a normal distribution on the points of a grid. */
export interface NormalAxis {
  readonly qubits: number;
  readonly mean: number;
  /** Where the points lie in the coordinate that is normal: the logarithm of a price, a rate itself. */
  readonly points: Float64Array;
  /** Logarithm of the density's factor at each point, such as the 1/x of a log-normal; none: 0. */
  readonly logFactors?: Float64Array;
}

/**
 * Weights of a multivariate normal distribution on the product of all axes, normalised there: one part an
 * axis where none depends on another, and otherwise one joint part.
 */
export function jointNormal(
  axes: readonly NormalAxis[],
  covariance: readonly (readonly number[])[],
): Distribution[] {
  const isIndependent = covariance.every((row, i) => row.every((c, j) => i === j || c === 0));
  if (!isIndependent) return [jointPart(axes, covariance)];
  return axes.map((axis, i) => jointPart([axis], [[covariance[i]?.[i] ?? Number.NaN]]));
}

function jointPart(
  axes: readonly NormalAxis[],
  covariance: readonly (readonly number[])[],
): Distribution {
  // `covarianceFaults` has refused what has no such triangle.
  const lower = cholesky(covariance) ?? [];
  const logs = onPoints(
    axes.map(({ points }) => points),
    (point) => {
      const away = point.map((x, i) => x - (axes[i]?.mean ?? Number.NaN));
      return away.every(Number.isFinite) ? -0.5 * whitenedSquare(lower, away) : -Infinity;
    },
  );
  const factors = onPoints(
    axes.map(({ points, logFactors }) => logFactors ?? new Float64Array(points.length)),
    (logsOfPoint) => logsOfPoint.reduce((sum, one) => sum + one, 0),
  );
  return {
    qubits: axes.reduce((sum, { qubits }) => sum + qubits, 0),
    probabilities: normalisedWeights(logs.map((log, k) => log + (factors[k] as number))),
  };
}

/** What keeps a matrix from being a covariance (or a correlation) of so many things. */
export function covarianceFaults(
  path: string,
  matrix: readonly (readonly number[])[],
  size: number,
): ProblemFault[] {
  if (matrix.length !== size || matrix.some((row) => row.length !== size)) {
    return [{ path, message: `expected ${size} rows of ${size} numbers; got ${matrix.length}` }];
  }
  for (const [i, row] of matrix.entries()) {
    for (const [j, one] of row.entries()) {
      const other = matrix[j]?.[i];
      if (one !== other) {
        return [
          {
            path: `${path}[${i}][${j}]`,
            message: `expected a symmetric matrix; got ${one} here and ${other} at [${j}][${i}]`,
          },
        ];
      }
    }
  }
  if (cholesky(matrix) !== null) return [];
  return [
    { path, message: 'expected a positive definite matrix: some sum of these things never varies' },
  ];
}
