import type { Matrix } from '#shared/math/matrix.ts';

/** A 2 × 2 complex matrix as [re, im] of its entries, row by row. */
export type TwoByTwo = readonly [number, number, number, number, number, number, number, number];

/** e^{iα}·diag(1, e^{iβ})·[[cos, −sin], [sin, cos]]·diag(1, e^{iγ}), with cos, sin ≥ 0. */
export interface NormalForm {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly cos: number;
  readonly sin: number;
}

/** Below this an entry of a unitary matrix counts as rounding of zero. */
const tiny = 1e-15;
const unitaryTolerance = 1e-9;

/** The four entries of a matrix at rows and columns i and j. */
export function blockAt({ size, re, im }: Matrix, i: number, j: number): TwoByTwo {
  const at = (r: number, c: number): readonly [number, number] => [
    re[r * size + c] as number,
    im[r * size + c] as number,
  ];
  return [...at(i, i), ...at(i, j), ...at(j, i), ...at(j, j)];
}

export function multiplyTwo(a: TwoByTwo, b: TwoByTwo): TwoByTwo {
  const [a0, a1, a2, a3, a4, a5, a6, a7] = a;
  const [b0, b1, b2, b3, b4, b5, b6, b7] = b;
  return [
    a0 * b0 - a1 * b1 + a2 * b4 - a3 * b5,
    a0 * b1 + a1 * b0 + a2 * b5 + a3 * b4,
    a0 * b2 - a1 * b3 + a2 * b6 - a3 * b7,
    a0 * b3 + a1 * b2 + a2 * b7 + a3 * b6,
    a4 * b0 - a5 * b1 + a6 * b4 - a7 * b5,
    a4 * b1 + a5 * b0 + a6 * b5 + a7 * b4,
    a4 * b2 - a5 * b3 + a6 * b6 - a7 * b7,
    a4 * b3 + a5 * b2 + a6 * b7 + a7 * b6,
  ];
}

export function isRealTwo(m: TwoByTwo): boolean {
  return m[1] === 0 && m[3] === 0 && m[5] === 0 && m[7] === 0;
}

export function isUnitaryTwo([a, ai, b, bi, c, ci, d, di]: TwoByTwo): boolean {
  const near = (x: number, y: number): boolean => Math.abs(x - y) < unitaryTolerance;
  return (
    near(a * a + ai * ai + c * c + ci * ci, 1) &&
    near(b * b + bi * bi + d * d + di * di, 1) &&
    near(a * b + ai * bi + c * d + ci * di, 0) &&
    near(a * bi - ai * b + c * di - ci * d, 0)
  );
}

/** Phases and rotation of a unitary matrix. */
export function normalFormOf([a, ai, b, bi, c, ci, d, di]: TwoByTwo): NormalForm {
  const cos = Math.hypot(a, ai);
  const sin = Math.hypot(c, ci);
  if (sin < tiny) {
    const alpha = Math.atan2(ai, a);
    return { alpha, beta: Math.atan2(di, d) - alpha, gamma: 0, cos: 1, sin: 0 };
  }
  const lower = Math.atan2(ci, c);
  const upper = Math.atan2(-bi, -b);
  if (cos < tiny) return { alpha: 0, beta: lower, gamma: upper, cos: 0, sin: 1 };
  const alpha = Math.atan2(ai, a);
  return { alpha, beta: lower - alpha, gamma: upper - alpha, cos, sin };
}

/** [cos, sin] of an angle, exact at multiples of a quarter turn. */
export function unitAt(angle: number): readonly [number, number] {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [
    Math.abs(cos) < 1e-15 * (1 + Math.abs(angle)) ? 0 : cos,
    Math.abs(sin) < 1e-15 * (1 + Math.abs(angle)) ? 0 : sin,
  ];
}

/** The same angle between −π and π. */
export function wrapped(angle: number): number {
  const turns = Math.round(angle / (2 * Math.PI));
  return turns === 0 ? angle : angle - 2 * Math.PI * turns;
}
