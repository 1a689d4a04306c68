import type { Matrix } from '#shared/math/matrix.ts';
import type { Amplitudes } from './amplitudes.ts';

/** Entries outside the two diagonals of a 4 × 4 matrix, row-major. */
const offCross = [1, 2, 4, 7, 8, 11, 13, 14];

/** Whether only the two diagonals are set, as in RXX, RYY and every XY interaction. */
export function isCross(matrix: Matrix): boolean {
  return matrix.size === 4 && offCross.every((k) => matrix.re[k] === 0 && matrix.im[k] === 0);
}

/**
 * A 4 × 4 matrix with entries on its two diagonals only: it mixes |00⟩ with |11⟩ and |01⟩ with |10⟩,
 * so it is two 2 × 2 matrices on every other pair of amplitudes.
 */
export function applyCross(state: Amplitudes, first: number, second: number, matrix: Matrix): void {
  const [low, high] = first < second ? [first, second] : [second, first];
  const a = 1 << first;
  const b = 1 << second;
  const outer = blockOf(matrix, 0, 3);
  const inner = blockOf(matrix, 1, 2);
  const lowStride = 1 << low;
  const highStride = 1 << high;
  const size = state.re.length | 0;
  for (let top = 0; top < size; top = (top + 2 * highStride) | 0) {
    const topEnd = (top + highStride) | 0;
    for (let middle = top; middle < topEnd; middle = (middle + 2 * lowStride) | 0) {
      mixRun(state, middle, middle | a | b, lowStride, outer);
      mixRun(state, middle | a, middle | b, lowStride, inner);
    }
  }
}

/** Real and imaginary parts of the 2 × 2 block at rows and columns i and j. */
type Block = readonly [number, number, number, number, number, number, number, number];

function blockOf({ re, im }: Matrix, i: number, j: number): Block {
  const at = (values: Float64Array, r: number, c: number): number => values[r * 4 + c] as number;
  return [
    at(re, i, i),
    at(im, i, i),
    at(re, i, j),
    at(im, i, j),
    at(re, j, i),
    at(im, j, i),
    at(re, j, j),
    at(im, j, j),
  ];
}

/** Mixes `count` consecutive amplitudes from `x` on with those from `y` on. */
function mixRun({ re, im }: Amplitudes, x: number, y: number, count: number, block: Block): void {
  const [a, ai, b, bi, c, ci, d, di] = block;
  const shift = (y - x) | 0;
  const end = (x + count) | 0;
  for (let i = x; i < end; i = (i + 1) | 0) {
    const j = (i + shift) | 0;
    const xr = re[i] as number;
    const xi = im[i] as number;
    const yr = re[j] as number;
    const yi = im[j] as number;
    re[i] = a * xr - ai * xi + b * yr - bi * yi;
    im[i] = a * xi + ai * xr + b * yi + bi * yr;
    re[j] = c * xr - ci * xi + d * yr - di * yi;
    im[j] = c * xi + ci * xr + d * yi + di * yr;
  }
}
