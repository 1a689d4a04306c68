import {
  conjugateTranspose,
  emptyMatrix,
  firstRows,
  type Rectangular,
  squaredNormOf,
} from './rectangular.ts';
import { release } from './release.ts';

/** A = Q·R with `rank` orthonormal columns in Q. */
export interface PivotedFactors {
  /** Q†: rank × rows of A. */
  readonly qh: Rectangular;
  /** rank × columns of A; triangular but for the order of its columns. */
  readonly r: Rectangular;
}

/** What is left below this part of A's squared norm is rounding. */
const negligible = 1e-30;

/**
 * Gram-Schmidt that always takes the longest column that is left, orthogonalised twice, so that the
 * rows of R fall in length and their number is the rank (Golub and Van Loan, Matrix Computations,
 * §5.4). O(rows·columns·rank). `look` is called for each column and may throw, to stop.
 */
export function pivotedFactors(a: Rectangular, look: () => void = () => undefined): PivotedFactors {
  const limit = Math.min(a.rows, a.columns);
  // Row j is column j of A, conjugated, so that sums run along memory.
  const work = conjugateTranspose(a);
  const r = emptyMatrix(limit, a.columns);
  const columns = Array.from({ length: a.columns }, (_, j) => j);
  const squares = columns.map((j) => squareOfRow(work, j));
  const least = negligible * squaredNormOf(a);
  let rank = 0;
  for (; rank < limit; rank++) {
    look();
    const longest = indexOfLargest(squares, rank);
    if ((squares[longest] as number) <= least) break;
    if (longest !== rank) swap(work, squares, columns, rank, longest);
    for (let k = 0; k < rank; k++) takeOut(k, rank);
    const norm = Math.sqrt(squareOfRow(work, rank));
    divideRow(work, rank, norm);
    r.re[rank * a.columns + (columns[rank] as number)] = norm;
    for (let j = rank + 1; j < a.columns; j++) squares[j] = takeOut(rank, j);
  }
  return { qh: cutTo(work, rank), r: cutTo(r, rank) };

  /** Takes the part along row k out of row j and books it in R. Returns the squared norm of what is left. */
  function takeOut(k: number, j: number): number {
    const { columns: width, re, im } = work;
    let dotRe = 0;
    let dotIm = 0;
    for (let i = k * width, l = j * width; i < (k + 1) * width; i++, l++) {
      dotRe += (re[i] as number) * (re[l] as number) + (im[i] as number) * (im[l] as number);
      dotIm += (re[i] as number) * (im[l] as number) - (im[i] as number) * (re[l] as number);
    }
    let left = 0;
    for (let i = k * width, l = j * width; i < (k + 1) * width; i++, l++) {
      const xr = (re[l] as number) - (re[i] as number) * dotRe + (im[i] as number) * dotIm;
      const xi = (im[l] as number) - (re[i] as number) * dotIm - (im[i] as number) * dotRe;
      re[l] = xr;
      im[l] = xi;
      left += xr * xr + xi * xi;
    }
    const at = k * a.columns + (columns[j] as number);
    r.re[at] = (r.re[at] as number) + dotRe;
    r.im[at] = (r.im[at] as number) - dotIm;
    return left;
  }
}

/** The first rows; takes the matrix. */
function cutTo(matrix: Rectangular, rows: number): Rectangular {
  if (matrix.rows === rows) return matrix;
  const result = firstRows(matrix, rows);
  release(matrix);
  return result;
}

/** Squared norm of one row. */
export function squareOfRow({ columns, re, im }: Rectangular, row: number): number {
  let sum = 0;
  for (let i = row * columns; i < (row + 1) * columns; i++) {
    sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
  }
  return sum;
}

export function divideRow({ columns, re, im }: Rectangular, row: number, by: number): void {
  for (let i = row * columns; i < (row + 1) * columns; i++) {
    re[i] = (re[i] as number) / by;
    im[i] = (im[i] as number) / by;
  }
}

function indexOfLargest(values: readonly number[], from: number): number {
  let largest = from;
  for (let i = from + 1; i < values.length; i++) {
    if ((values[i] as number) > (values[largest] as number)) largest = i;
  }
  return largest;
}

function swap(
  { columns: width, re, im }: Rectangular,
  squares: number[],
  columns: number[],
  p: number,
  q: number,
): void {
  for (const part of [re, im]) {
    const row = part.slice(p * width, (p + 1) * width);
    part.copyWithin(p * width, q * width, (q + 1) * width);
    part.set(row, q * width);
  }
  [squares[p], squares[q]] = [squares[q] as number, squares[p] as number];
  [columns[p], columns[q]] = [columns[q] as number, columns[p] as number];
}
