/** Relative to the diagonal: what rounding leaves of a zero. */
const smallest = 1e-12;

/** The lower triangle L with L·Lᵀ the symmetric matrix; null where that is not positive definite. O(n³). */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const line: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = lower[j] ?? line;
      let rest = row[j] ?? Number.NaN;
      for (let k = 0; k < j; k++) rest -= (line[k] ?? 0) * (other[k] ?? 0);
      if (i === j) {
        if (!(rest > smallest * Math.abs(row[i] ?? 0))) return null;
        line.push(Math.sqrt(rest));
      } else line.push(rest / (other[j] ?? Number.NaN));
    }
    lower.push(line);
  }
  return lower;
}

/** |L⁻¹x|² of a lower triangle, by forward substitution. */
export function whitenedSquare(
  lower: readonly (readonly number[])[],
  x: readonly number[],
): number {
  const solved: number[] = [];
  for (const [i, row] of lower.entries()) {
    let rest = x[i] ?? Number.NaN;
    for (let k = 0; k < i; k++) rest -= (row[k] ?? 0) * (solved[k] ?? 0);
    solved.push(rest / (row[i] ?? Number.NaN));
  }
  return solved.reduce((sum, value) => sum + value * value, 0);
}
