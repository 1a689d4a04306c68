import { emptyMatrix, firstRows, type Rectangular } from './rectangular.ts';
import { release } from './release.ts';

/** A = Q·R with orthonormal columns in Q; columns that depend on earlier ones add none to Q. */
export interface Factors {
  readonly q: Rectangular;
  readonly r: Rectangular;
}

/** A column whose rest is below this part of the column itself depends on the others. */
const dependent = 1e-14;

/** By modified Gram-Schmidt, done twice for orthogonality to rounding. O(rows·columns²). */
export function orthonormalise(a: Rectangular): Factors {
  const { rows, columns } = a;
  const limit = Math.min(rows, columns);
  // Row k of this is column k of Q, so that sums run along memory.
  const columnsOfQ = emptyMatrix(limit, rows);
  const { re: qRe, im: qIm } = columnsOfQ;
  const r = emptyMatrix(limit, columns);
  const re = new Float64Array(rows);
  const im = new Float64Array(rows);
  let rank = 0;
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < rows; i++) {
      re[i] = a.re[i * columns + c] as number;
      im[i] = a.im[i * columns + c] as number;
    }
    const before = normOf(re, im);
    for (let k = 0; k < 2 * rank; k++) project(c, k % rank);
    const norm = normOf(re, im);
    if (rank === limit || norm <= dependent * before || norm === 0) continue;
    for (let i = 0; i < rows; i++) {
      qRe[rank * rows + i] = (re[i] as number) / norm;
      qIm[rank * rows + i] = (im[i] as number) / norm;
    }
    r.re[rank * columns + c] = norm;
    rank++;
  }
  const kept = Math.max(1, rank);
  const factors = { q: firstAsColumns(columnsOfQ, kept), r: firstRows(r, kept) };
  release(columnsOfQ, r);
  return factors;

  /** Takes the part along column k of Q out of the working column and books it in R. */
  function project(c: number, k: number): void {
    let dotRe = 0;
    let dotIm = 0;
    for (let i = 0, j = k * rows; i < rows; i++, j++) {
      dotRe += (qRe[j] as number) * (re[i] as number) + (qIm[j] as number) * (im[i] as number);
      dotIm += (qRe[j] as number) * (im[i] as number) - (qIm[j] as number) * (re[i] as number);
    }
    for (let i = 0, j = k * rows; i < rows; i++, j++) {
      re[i] = (re[i] as number) - (qRe[j] as number) * dotRe + (qIm[j] as number) * dotIm;
      im[i] = (im[i] as number) - (qRe[j] as number) * dotIm - (qIm[j] as number) * dotRe;
    }
    r.re[k * columns + c] = (r.re[k * columns + c] as number) + dotRe;
    r.im[k * columns + c] = (r.im[k * columns + c] as number) + dotIm;
  }
}

function normOf(re: Float64Array, im: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
  return Math.sqrt(sum);
}

function firstAsColumns({ columns: length, re, im }: Rectangular, count: number): Rectangular {
  const result = emptyMatrix(length, count);
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < length; i++) {
      result.re[i * count + k] = re[k * length + i] as number;
      result.im[i * count + k] = im[k * length + i] as number;
    }
  }
  return result;
}
