import { polar } from './complex.ts';
import type { Matrix } from './matrix.ts';

/** A one-qubit unitary as e^{iφ₀}·U(θ, φ, λ), U with a real upper left entry (OpenQASM 2 paper). */
export interface EulerAngles {
  readonly theta: number;
  readonly phi: number;
  readonly lambda: number;
  /** φ₀, in radians. */
  readonly phase: number;
}

/** Angles of a 2 × 2 unitary; where an entry is zero, the angle that it would give is 0. */
export function eulerAnglesOf({ re, im }: Matrix): EulerAngles {
  const at = (index: number): { readonly radius: number; readonly angle: number } => {
    const [x, y] = [re[index] as number, im[index] as number];
    return { radius: Math.hypot(x, y), angle: Math.atan2(y, x) };
  };
  const [upper, right, lower, corner] = [at(0), at(1), at(2), at(3)];
  const theta = 2 * Math.atan2(lower.radius, upper.radius);
  if (lower.radius < 1e-12) {
    return { theta: 0, phi: 0, lambda: turned(corner.angle - upper.angle), phase: upper.angle };
  }
  if (upper.radius < 1e-12) {
    const phase = turned(right.angle + Math.PI);
    return { theta: Math.PI, phi: turned(lower.angle - phase), lambda: 0, phase };
  }
  return {
    theta,
    phi: turned(lower.angle - upper.angle),
    lambda: turned(right.angle + Math.PI - upper.angle),
    phase: upper.angle,
  };
}

/** The same angle between −π and π. */
function turned(angle: number): number {
  const { re, im } = polar(1, angle);
  return Math.atan2(im, re);
}
