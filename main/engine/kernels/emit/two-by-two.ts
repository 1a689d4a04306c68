import type { Matrix } from '#shared/math/matrix.ts';
import { magnitude, type Pair, snap, times, turnBy } from './complex-pair.ts';
import type { TwoByTwo } from './operation.ts';

export const identityTwo: TwoByTwo = [
  [1, 0],
  [0, 0],
  [0, 0],
  [1, 0],
];

/** The 2 × 2 block at rows and columns i and j of a matrix. */
export function blockOf({ size, re, im }: Matrix, i: number, j: number): TwoByTwo {
  const at = (r: number, c: number): Pair =>
    snap([re[r * size + c] as number, im[r * size + c] as number]);
  return clean([at(i, i), at(i, j), at(j, i), at(j, j)]);
}

/** a·b. */
export function multiplyTwo(a: TwoByTwo, b: TwoByTwo): TwoByTwo {
  const entry = (r: 0 | 2, c: 0 | 1): Pair => {
    const x = times(a[r], b[c]);
    const y = times(a[(r + 1) as 1 | 3], b[(c + 2) as 2 | 3]);
    return [x[0] + y[0], x[1] + y[1]];
  };
  return clean([entry(0, 0), entry(0, 1), entry(2, 0), entry(2, 1)]);
}

/** Entries that are zero up to rounding, measured by the unit of a unitary, made zero. */
export function clean(matrix: TwoByTwo): TwoByTwo {
  const part = (x: number): number => {
    if (Math.abs(x) < 1e-15) return 0;
    return Math.abs(Math.abs(x) - 1) < 1e-15 ? Math.sign(x) : x;
  };
  const entry = ([re, im]: Pair): Pair => [part(re), part(im)];
  return [entry(matrix[0]), entry(matrix[1]), entry(matrix[2]), entry(matrix[3])];
}

export function adjointTwo([a, b, c, d]: TwoByTwo): TwoByTwo {
  const conjugate = ([re, im]: Pair): Pair => [re, im === 0 ? 0 : -im];
  return [conjugate(a), conjugate(c), conjugate(b), conjugate(d)];
}

export function diagonalTwo(a: Pair, d: Pair): TwoByTwo {
  return [a, [0, 0], [0, 0], d];
}

export function isUnitaryTwo(m: TwoByTwo): boolean {
  const [a, b, c, d] = multiplyTwo(adjointTwo(m), m);
  const near = (x: Pair, to: number): boolean => Math.hypot(x[0] - to, x[1]) < 1e-9;
  return near(a, 1) && near(b, 0) && near(c, 0) && near(d, 1);
}

/** A unitary as V·diag(exp(i·first), exp(i·second))·V†. */
export interface Spectrum {
  readonly vectors: TwoByTwo;
  readonly first: number;
  readonly second: number;
}

/** The axis form exp(iα)·(cos φ − i·sin φ·n·σ); V turns Z to n. */
export function spectrumOf([a, b, c, d]: TwoByTwo): Spectrum {
  const determinant: Pair = [times(a, d)[0] - times(b, c)[0], times(a, d)[1] - times(b, c)[1]];
  const alpha = Math.atan2(determinant[1], determinant[0]) / 2;
  const back = turnBy(-alpha);
  const [a1, b1, c1, d1] = [a, b, c, d].map((x) => times(x, back)) as unknown as TwoByTwo;
  const cosine = (a1[0] + d1[0]) / 2;
  // The traceless part is −i·sin φ·(n·σ).
  const z = -(a1[1] - d1[1]) / 2;
  const x = -(b1[1] + c1[1]) / 2;
  const y = -(b1[0] - c1[0]) / 2;
  const sine = Math.hypot(x, y, z);
  const phi = Math.atan2(sine, cosine);
  if (sine < 1e-15) return { vectors: identityTwo, first: alpha - phi, second: alpha - phi };
  const polar = Math.atan2(Math.hypot(x, y), z);
  const azimuth = Math.atan2(y, x);
  const cos = Math.cos(polar / 2);
  const sin = Math.sin(polar / 2);
  const up = times(turnBy(azimuth), [sin, 0]);
  const vectors: TwoByTwo = [[cos, 0], [-up[0], up[1]], up, [cos, 0]];
  return { vectors: clean(vectors), first: alpha - phi, second: alpha + phi };
}

/** The factor of a matrix that is a number times the identity; null for any other. */
export function scalarOf([a, b, c, d]: TwoByTwo): Pair | null {
  if (magnitude(b) > 0 || magnitude(c) > 0) return null;
  return Math.hypot(a[0] - d[0], a[1] - d[1]) < 1e-15 ? a : null;
}
