import { divideRow, pivotedFactors, squareOfRow } from './pivoted-factors.ts';
import { conjugateTranspose, emptyMatrix, product, type Rectangular } from './rectangular.ts';
import { release } from './release.ts';

/** A = U·diag(values)·V†, values falling, as many as the rank of A; one of 0 where A is 0. */
export interface SingularValues {
  /** U†: a row for each value. What is left of A, diag(values)·V†, is U†·A. */
  readonly uh: Rectangular;
  readonly values: readonly number[];
}

/** Rows whose cosine is below this times √length are orthogonal to rounding. */
const tolerance = 2.2e-16;
const sweepLimit = 60;
/** What has this many times as many rows as columns (or the reverse) is made square first. */
const long = 1.25;

/**
 * Singular values by pivoted QR factorisations and one-sided Jacobi rotations of what is triangular
 * (Drmač and Veselić, SIAM J. Matrix Anal. Appl. 29, 1322, 2008): rows are turned against each other
 * until all are orthogonal, which takes few sweeps behind the factorisation and none for what is not
 * in the rank. Only one side's vectors come out, so rotations need not be kept. Values below 1e-15 of
 * the largest count as 0. O(rows·columns·rank) and O(rank³) a sweep. `look` is called once for each
 * row of a sweep and may throw, to stop.
 */
export function singularValues(a: Rectangular, look: () => void = () => undefined): SingularValues {
  return a.rows > long * a.columns ? ofTall(a, look) : ofOther(a, look);
}

/** A = Q·R, so U = Q·U(R). */
function ofTall(a: Rectangular, look: () => void): SingularValues {
  const { qh, r } = pivotedFactors(a, look);
  if (r.rows === 0) return ofZero(a);
  const inner = singularValues(r, look);
  release(r);
  const uh = product(inner.uh, qh);
  release(inner.uh, qh);
  return { uh, values: inner.values };
}

/** A† = Q·R, so A = R†·Q† and the rows of R hold all of U. */
function ofOther(a: Rectangular, look: () => void): SingularValues {
  const turned = conjugateTranspose(a);
  const { qh, r } = pivotedFactors(turned, look);
  release(turned, qh);
  if (r.rows === 0) return ofZero(a);
  if (r.columns <= long * r.rows) return rotated(r, look);
  const tall = conjugateTranspose(r);
  release(r);
  const result = ofTall(tall, look);
  release(tall);
  return result;
}

function ofZero({ rows }: Rectangular): SingularValues {
  return { uh: emptyMatrix(1, rows), values: [0] };
}

/** Rotates the rows of R; takes it. */
function rotated(r: Rectangular, look: () => void): SingularValues {
  const squares = Array.from({ length: r.rows }, () => 0);
  const most = tolerance * Math.sqrt(r.columns);
  for (let sweep = 0; sweep < sweepLimit; sweep++) {
    let turned = false;
    for (let row = 0; row < r.rows; row++) squares[row] = squareOfRow(r, row);
    for (let p = 0; p < r.rows; p++) {
      look();
      for (let q = p + 1; q < r.rows; q++) {
        turned = orthogonalise(r, squares, p, q, most) || turned;
      }
    }
    if (!turned) break;
  }
  return sorted(r);
}

/** Rotates rows p and q until they are orthogonal, the longer one first; false where they were. */
function orthogonalise(
  rows: Rectangular,
  squares: number[],
  p: number,
  q: number,
  most: number,
): boolean {
  const alpha = squares[p] as number;
  const beta = squares[q] as number;
  const [dotRe, dotIm] = dotOfRows(rows, p, q);
  const size = Math.hypot(dotRe, dotIm);
  if (!(size > most * Math.sqrt(alpha * beta))) return false;
  const zeta = (beta - alpha) / (2 * size);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const [first, second] = [alpha - t * size, beta + t * size];
  const isFalling = first >= second;
  squares[p] = Math.max(first, second);
  squares[q] = Math.max(0, Math.min(first, second));
  rotate(rows, p, q, {
    c: isFalling ? c : c * t,
    s: isFalling ? c * t : -c,
    phaseRe: dotRe / size,
    phaseIm: -dotIm / size,
  });
  return true;
}

/** Σ conj(row p)·row q. Two sums each, as every addition waits for the one before. */
function dotOfRows({ columns, re, im }: Rectangular, p: number, q: number): [number, number] {
  let evenRe = 0;
  let evenIm = 0;
  let oddRe = 0;
  let oddIm = 0;
  let i = p * columns;
  let j = q * columns;
  for (const end = i + columns - 1; i < end; i += 2, j += 2) {
    const ar = re[i] as number;
    const ai = im[i] as number;
    const br = re[j] as number;
    const bi = im[j] as number;
    const cr = re[i + 1] as number;
    const ci = im[i + 1] as number;
    const dr = re[j + 1] as number;
    const di = im[j + 1] as number;
    evenRe += ar * br + ai * bi;
    evenIm += ar * bi - ai * br;
    oddRe += cr * dr + ci * di;
    oddIm += cr * di - ci * dr;
  }
  if (i < (p + 1) * columns) {
    evenRe += (re[i] as number) * (re[j] as number) + (im[i] as number) * (im[j] as number);
    evenIm += (re[i] as number) * (im[j] as number) - (im[i] as number) * (re[j] as number);
  }
  return [evenRe + oddRe, evenIm + oddIm];
}

interface Rotation {
  readonly c: number;
  readonly s: number;
  readonly phaseRe: number;
  readonly phaseIm: number;
}

/** b ← phase·b, then (a, b) ← (c·a − s·b, s·a + c·b). */
function rotate(
  { columns: width, re, im }: Rectangular,
  p: number,
  q: number,
  { c, s, phaseRe, phaseIm }: Rotation,
): void {
  for (let k = 0, i = p * width, j = q * width; k < width; k++, i++, j++) {
    const ar = re[i] as number;
    const ai = im[i] as number;
    const xr = re[j] as number;
    const xi = im[j] as number;
    const br = xr * phaseRe - xi * phaseIm;
    const bi = xr * phaseIm + xi * phaseRe;
    re[i] = c * ar - s * br;
    im[i] = c * ai - s * bi;
    re[j] = s * ar + c * br;
    im[j] = s * ai + c * bi;
  }
}

/** The rows are those of U† times its values; normalised and sorted by falling value. Takes them. */
function sorted(rows: Rectangular): SingularValues {
  const norms = Array.from({ length: rows.rows }, (_, row) => Math.sqrt(squareOfRow(rows, row)));
  const order = [...norms.keys()].sort((a, b) => (norms[b] as number) - (norms[a] as number));
  norms.forEach((norm, row) => norm > 0 && divideRow(rows, row, norm));
  const values = order.map((from) => norms[from] as number);
  return { uh: inOrder(rows, order), values };
}

/** Rows in another order; the matrix itself where they are in it, else it is given back. */
function inOrder(matrix: Rectangular, order: readonly number[]): Rectangular {
  if (order.every((from, to) => from === to)) return matrix;
  const { columns } = matrix;
  const result = emptyMatrix(order.length, columns);
  order.forEach((from, to) => {
    for (const part of ['re', 'im'] as const) {
      result[part].set(matrix[part].subarray(from * columns, (from + 1) * columns), to * columns);
    }
  });
  release(matrix);
  return result;
}
