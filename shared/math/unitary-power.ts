import { AppError } from '../base/errors.ts';
import { adjoint, type Matrix, multiplyMatrices, zeros } from './matrix.ts';

/** Weight of the second Hermitian part; no two eigenphases that matter meet at this angle. */
const mix = 0.7390851332151607;
const maximumSize = 64;

/**
 * U^p for a real p: each eigenvalue e^{iφ}, −π < φ ≤ π, becomes e^{ipφ} (the principal power of
 * OpenQASM 3). O(n³).
 */
export function unitaryPower(matrix: Matrix, power: number): Matrix {
  const { size } = matrix;
  if (size > maximumSize) {
    throw new AppError(
      'too-large',
      `A gate of ${Math.log2(size)} qubits cannot be raised to the power ${power}; at most ${Math.log2(maximumSize)} qubits can. Use a whole power.`,
      { power },
    );
  }
  const vectors = eigenvectorsOf(matrix);
  const diagonal = multiplyMatrices(adjoint(vectors), multiplyMatrices(matrix, vectors));
  const scaled = zeros(size);
  for (let i = 0; i < size; i++) {
    const at = i * size + i;
    const raw = Math.atan2(diagonal.im[at] as number, diagonal.re[at] as number);
    // −π and π are one eigenvalue, −1; rounding must not choose.
    const phase = (raw < -Math.PI + 1e-9 ? Math.PI : raw) * power;
    scaled.re[at] = Math.cos(phase);
    scaled.im[at] = Math.sin(phase);
  }
  return multiplyMatrices(vectors, multiplyMatrices(scaled, adjoint(vectors)));
}

/** U = A + iB with commuting Hermitian A and B: the eigenvectors of A + cB are those of U. */
export function eigenvectorsOf(matrix: Matrix): Matrix {
  const { size } = matrix;
  const conjugate = adjoint(matrix);
  const work = zeros(size);
  for (let i = 0; i < size * size; i++) {
    const [re, im] = [matrix.re[i] as number, matrix.im[i] as number];
    const [cr, ci] = [conjugate.re[i] as number, conjugate.im[i] as number];
    work.re[i] = (re + cr) / 2 + (mix * (im - ci)) / 2;
    work.im[i] = (im + ci) / 2 - (mix * (re - cr)) / 2;
  }
  return diagonalise(work);
}

/** Orthonormal eigenvectors (columns) of a Hermitian matrix, which becomes diagonal: Jacobi. O(n³) a sweep. */
export function diagonalise(work: Matrix): Matrix {
  const { size } = work;
  const vectors = zeros(size);
  for (let i = 0; i < size; i++) vectors.re[i * size + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) off += rotate(work, vectors, p, q);
    }
    if (off < 1e-28) break;
  }
  return vectors;
}

/** One Jacobi rotation that makes entry (p, q) zero; gives the square of what it was. */
function rotate(work: Matrix, vectors: Matrix, p: number, q: number): number {
  const { size } = work;
  const re = work.re[p * size + q] as number;
  const im = work.im[p * size + q] as number;
  const radius = Math.hypot(re, im);
  if (radius < 1e-16) return 0;
  const difference = (work.re[q * size + q] as number) - (work.re[p * size + p] as number);
  const angle = 0.5 * Math.atan2(2 * radius, difference);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // Column q is first turned by the phase of the entry, which makes the entry real.
  const [pr, pi] = [re / radius, -im / radius];
  turnColumns(work, p, q, cos, sin, pr, pi);
  turnColumns(vectors, p, q, cos, sin, pr, pi);
  turnRows(work, p, q, cos, sin, pr, pi);
  return radius * radius;
}

function turnColumns(
  { re, im, size }: Matrix,
  p: number,
  q: number,
  cos: number,
  sin: number,
  pr: number,
  pi: number,
): void {
  for (let k = 0; k < size; k++) turn(re, im, k * size + p, k * size + q, cos, sin, pr, pi);
}

/** The same from the left, which conjugates the phase. */
function turnRows(
  { re, im, size }: Matrix,
  p: number,
  q: number,
  cos: number,
  sin: number,
  pr: number,
  pi: number,
): void {
  for (let k = 0; k < size; k++) turn(re, im, p * size + k, q * size + k, cos, sin, pr, -pi);
}

/** Rotates entries i and j after the phase (pr, pi) of entry j. */
function turn(
  re: Float64Array,
  im: Float64Array,
  i: number,
  j: number,
  cos: number,
  sin: number,
  pr: number,
  pi: number,
): void {
  const [xr, xi] = [re[i] as number, im[i] as number];
  const [yr, yi] = [re[j] as number, im[j] as number];
  const [zr, zi] = [yr * pr - yi * pi, yr * pi + yi * pr];
  re[i] = cos * xr - sin * zr;
  im[i] = cos * xi - sin * zi;
  re[j] = sin * xr + cos * zr;
  im[j] = sin * xi + cos * zi;
}
