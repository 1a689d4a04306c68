import { AppError } from '#shared/base/errors.ts';
import { multiplySeen, type SeenConfusion } from './seen-outcomes.ts';

const mostRounds = 200;
const tolerance = 1e-12;

/**
 * x with A·x = b, or Aᵀ·x = b, by BiCGSTAB with the diagonal as preconditioner (van der Vorst, SIAM J. Sci. Stat.
 * Comput. 13, 631), without the matrix ever being factored.
 */
export function solveSeen(
  confusion: SeenConfusion,
  b: Float64Array,
  transposed = false,
): Float64Array {
  const times = (x: Float64Array) => multiplySeen(confusion, x, transposed);
  const preconditioned = (x: Float64Array) =>
    x.map((v, k) => v / (confusion.diagonal[k] as number));
  const goal = tolerance * Math.sqrt(dot(b, b));
  let x: Float64Array = preconditioned(b);
  let r = plus(b, -1, times(x));
  const shadow = r;
  let p = r;
  let rho = dot(shadow, r);
  for (let round = 0; round < mostRounds; round++) {
    if (dot(r, r) <= goal * goal) return x;
    const ahead = preconditioned(p);
    const v = times(ahead);
    const alpha = rho / dot(shadow, v);
    const s = plus(r, -alpha, v);
    const back = preconditioned(s);
    const t = times(back);
    const omega = dot(t, t) === 0 ? 0 : dot(t, s) / dot(t, t);
    x = plus(plus(x, alpha, ahead), omega, back);
    r = plus(s, -omega, t);
    const next = dot(shadow, r);
    const beta = (next / rho) * (alpha / omega);
    rho = next;
    p = plus(r, beta, plus(p, -omega, v));
    if (!Number.isFinite(rho) || !Number.isFinite(beta)) break;
  }
  if (dot(r, r) <= goal * goal * 1e6) return x;
  throw new AppError(
    'unsupported',
    'The readout errors are too large for matrix-free mitigation: its equations have no stable solution. Use the method “bayesian”.',
  );
}

function plus(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  return a.map((value, k) => value + factor * (b[k] as number));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + value * (b[k] as number), 0);
}

/** One-norm of the inverse, from below (Hager, SIAM J. Sci. Stat. Comput. 5, 311). */
export function oneNormOfSeenInverse(confusion: SeenConfusion): number {
  const { size } = confusion;
  let x = new Float64Array(size).fill(1 / size);
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const y = solveSeen(confusion, x);
    const norm = y.reduce((sum, value) => sum + Math.abs(value), 0);
    if (norm <= best) break;
    best = norm;
    const z = solveSeen(confusion, y.map(Math.sign), true);
    const at = z.reduce((top, value, k) => (Math.abs(value) > Math.abs(z[top] ?? 0) ? k : top), 0);
    x = new Float64Array(size);
    x[at] = 1;
  }
  return best;
}
