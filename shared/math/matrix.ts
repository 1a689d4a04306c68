import { assert } from '../base/assert.ts';
import { type Complex, polar } from './complex.ts';

/**
 * A dense square complex matrix, row-major and split: entry (r, c) is re[r·size + c] + i·im[r·size + c].
 * For gates `size` is 2^k and bit j of an index is the gate's j-th qubit (first qubit = least significant).
 */
export interface Matrix {
  readonly size: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeros(size: number): Matrix {
  return { size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
}

export function identity(size: number): Matrix {
  const result = zeros(size);
  for (let i = 0; i < size; i++) result.re[i * size + i] = 1;
  return result;
}

/** From rows of numbers or complex numbers. */
export function matrixOf(rows: readonly (readonly (number | Complex)[])[]): Matrix {
  const result = zeros(rows.length);
  rows.forEach((row, r) => {
    assert(row.length === rows.length, 'matrix rows have the matrix size', { row: r });
    row.forEach((entry, c) => {
      const index = r * rows.length + c;
      result.re[index] = typeof entry === 'number' ? entry : entry.re;
      result.im[index] = typeof entry === 'number' ? 0 : entry.im;
    });
  });
  return result;
}

export function diagonal(entries: readonly (number | Complex)[]): Matrix {
  const result = zeros(entries.length);
  entries.forEach((entry, i) => {
    const index = i * entries.length + i;
    result.re[index] = typeof entry === 'number' ? entry : entry.re;
    result.im[index] = typeof entry === 'number' ? 0 : entry.im;
  });
  return result;
}

/** a·b. O(size³). */
export function multiplyMatrices(a: Matrix, b: Matrix): Matrix {
  assert(a.size === b.size, 'multiplied matrices have one size');
  const n = a.size;
  const result = zeros(n);
  for (let r = 0; r < n; r++) {
    for (let k = 0; k < n; k++) {
      const re = a.re[r * n + k] as number;
      const im = a.im[r * n + k] as number;
      if (re === 0 && im === 0) continue;
      for (let c = 0; c < n; c++) {
        const bRe = b.re[k * n + c] as number;
        const bIm = b.im[k * n + c] as number;
        result.re[r * n + c] = (result.re[r * n + c] as number) + re * bRe - im * bIm;
        result.im[r * n + c] = (result.im[r * n + c] as number) + re * bIm + im * bRe;
      }
    }
  }
  return result;
}

/** Conjugate transpose. */
export function adjoint(a: Matrix): Matrix {
  const result = zeros(a.size);
  for (let r = 0; r < a.size; r++) {
    for (let c = 0; c < a.size; c++) {
      result.re[c * a.size + r] = a.re[r * a.size + c] as number;
      result.im[c * a.size + r] = -(a.im[r * a.size + c] as number);
    }
  }
  return result;
}

/** e^{iφ}·a. */
export function turnedBy(a: Matrix, phi: number): Matrix {
  const factor = polar(1, phi);
  const result = zeros(a.size);
  for (let k = 0; k < a.re.length; k++) {
    const [re, im] = [a.re[k] as number, a.im[k] as number];
    result.re[k] = re * factor.re - im * factor.im;
    result.im[k] = re * factor.im + im * factor.re;
  }
  return result;
}

/** a ⊗ b with b on the less significant bits. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const size = a.size * b.size;
  const result = zeros(size);
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const i = Math.floor(r / b.size) * a.size + Math.floor(c / b.size);
      const j = (r % b.size) * b.size + (c % b.size);
      const aRe = a.re[i] as number;
      const aIm = a.im[i] as number;
      const bRe = b.re[j] as number;
      const bIm = b.im[j] as number;
      result.re[r * size + c] = aRe * bRe - aIm * bIm;
      result.im[r * size + c] = aRe * bIm + aIm * bRe;
    }
  }
  return result;
}

/** Puts `controlCount` controls (all must be 1) on the least significant bits: controls are listed first. */
export function controlled(a: Matrix, controlCount = 1): Matrix {
  const result = identity(a.size << controlCount);
  const ones = (1 << controlCount) - 1;
  for (let r = 0; r < a.size; r++) {
    for (let c = 0; c < a.size; c++) {
      const index = ((r << controlCount) | ones) * result.size + ((c << controlCount) | ones);
      result.re[index] = a.re[r * a.size + c] as number;
      result.im[index] = a.im[r * a.size + c] as number;
    }
  }
  return result;
}

/** Reorders the bits of the index: bit j of the result's index is bit order[j] of the argument's. */
export function permuteBits(a: Matrix, order: readonly number[]): Matrix {
  const from = (index: number): number =>
    order.reduce((sum, bit, j) => sum | (((index >> j) & 1) << bit), 0);
  const result = zeros(a.size);
  for (let r = 0; r < a.size; r++) {
    for (let c = 0; c < a.size; c++) {
      const source = from(r) * a.size + from(c);
      result.re[r * a.size + c] = a.re[source] as number;
      result.im[r * a.size + c] = a.im[source] as number;
    }
  }
  return result;
}

/** Largest absolute entry of a − b. */
export function distance(a: Matrix, b: Matrix): number {
  assert(a.size === b.size, 'compared matrices have one size');
  let largest = 0;
  for (let i = 0; i < a.re.length; i++) {
    const re = (a.re[i] as number) - (b.re[i] as number);
    const im = (a.im[i] as number) - (b.im[i] as number);
    largest = Math.max(largest, Math.hypot(re, im));
  }
  return largest;
}

/** Smallest `distance` between a and e^{iφ}·b: φ is taken from the overlap tr(b†a). */
export function distanceUpToPhase(a: Matrix, b: Matrix): number {
  let re = 0;
  let im = 0;
  for (let i = 0; i < a.re.length; i++) {
    const [aRe, aIm] = [a.re[i] as number, a.im[i] as number];
    const [bRe, bIm] = [b.re[i] as number, b.im[i] as number];
    re += aRe * bRe + aIm * bIm;
    im += aIm * bRe - aRe * bIm;
  }
  const norm = Math.hypot(re, im) || 1;
  const rotated = zeros(b.size);
  for (let i = 0; i < b.re.length; i++) {
    const [bRe, bIm] = [b.re[i] as number, b.im[i] as number];
    rotated.re[i] = (bRe * re - bIm * im) / norm;
    rotated.im[i] = (bRe * im + bIm * re) / norm;
  }
  return distance(a, rotated);
}

export function isUnitary(a: Matrix, tolerance = 1e-12): boolean {
  return distance(multiplyMatrices(adjoint(a), a), identity(a.size)) <= tolerance;
}

/** Whether all entries off the diagonal are exactly zero. */
export function isDiagonal({ size, re, im }: Matrix): boolean {
  for (let k = 0; k < size * size; k++) {
    if (k % (size + 1) !== 0 && (re[k] !== 0 || im[k] !== 0)) return false;
  }
  return true;
}
