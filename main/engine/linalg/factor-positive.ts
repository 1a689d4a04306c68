/**
 * The lower triangle L, row-major with n columns, of L·Lᵀ = A + shift·1 for a symmetric A (row-major); Cholesky's
 * decomposition in O(n³). Null where the shifted matrix is not positive.
 */
export function factorPositive(
  matrix: Float64Array,
  shift: number,
  n: number,
): Float64Array | null {
  const lower = new Float64Array(n * n);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = (matrix[r * n + c] as number) + (r === c ? shift : 0);
      for (let k = 0; k < c; k++) {
        sum -= (lower[r * n + k] as number) * (lower[c * n + k] as number);
      }
      if (r === c && !(sum > 0)) return null;
      lower[r * n + c] = r === c ? Math.sqrt(sum) : sum / (lower[c * n + c] as number);
    }
  }
  return lower;
}

/** x with L·Lᵀ·x = b. */
export function solveFactored(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let r = 0; r < n; r++) {
    for (let k = 0; k < r; k++) {
      x[r] = (x[r] as number) - (lower[r * n + k] as number) * (x[k] as number);
    }
    x[r] = (x[r] as number) / (lower[r * n + r] as number);
  }
  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < n; k++) {
      x[r] = (x[r] as number) - (lower[k * n + r] as number) * (x[k] as number);
    }
    x[r] = (x[r] as number) / (lower[r * n + r] as number);
  }
  return x;
}

/** ln det(L·Lᵀ). */
export function logDeterminant(lower: Float64Array, n: number): number {
  let sum = 0;
  for (let r = 0; r < n; r++) sum += 2 * Math.log(lower[r * n + r] as number);
  return sum;
}
