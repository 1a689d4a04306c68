import { factorPositive, solveFactored } from './factor-positive.ts';

/**
 * Solves (A + shift·1)·x = b for a symmetric A ≥ 0 (row-major) by Cholesky's decomposition, in O(n³).
 * Null where the shifted matrix is not positive.
 */
export function solvePositive(
  matrix: Float64Array,
  shift: number,
  right: Float64Array,
): Float64Array | null {
  const lower = factorPositive(matrix, shift, right.length);
  return lower === null ? null : solveFactored(lower, right);
}
