import { conjugateTranspose, emptyMatrix, type Rectangular, squaredNormOf } from './rectangular.ts';

/** A = U·diag(values)·V†, values falling; min(rows, columns) of them. */
export interface SingularValues {
  readonly u: Rectangular;
  readonly values: Float64Array;
  /** V†. */
  readonly vh: Rectangular;
}

const tolerance = 1e-15;
const sweepLimit = 60;

/**
 * Singular values by one-sided Jacobi rotations (Hestenes 1958): columns are turned against each
 * other until all are orthogonal. Small values come out to high relative accuracy. O(rows·columns²)
 * a sweep, some ten sweeps. `look` is called once for each column of a sweep and may throw, to stop.
 */
export function singularValues(a: Rectangular, look: () => void = () => undefined): SingularValues {
  if (a.rows < a.columns) {
    const { u, values, vh } = singularValues(conjugateTranspose(a), look);
    return { u: conjugateTranspose(vh), values, vh: conjugateTranspose(u) };
  }
  // Rows of these are columns of A (conjugated) and of V, so that rotations run along memory.
  const columns = conjugateTranspose(a);
  const turns = emptyMatrix(a.columns, a.columns);
  for (let i = 0; i < a.columns; i++) turns.re[i * a.columns + i] = 1;
  const negligible = squaredNormOf(a) * 1e-36;
  for (let sweep = 0; sweep < sweepLimit; sweep++) {
    let turned = false;
    for (let p = 0; p < a.columns; p++) {
      look();
      for (let q = p + 1; q < a.columns; q++) {
        turned = orthogonalise(columns, turns, p, q, negligible) || turned;
      }
    }
    if (!turned) break;
  }
  return sorted(columns, turns);
}

/** Rotates rows p and q until they are orthogonal; false where they were. */
function orthogonalise(
  rows: Rectangular,
  turns: Rectangular,
  p: number,
  q: number,
  negligible: number,
): boolean {
  const { columns: width, re, im } = rows;
  let alpha = 0;
  let beta = 0;
  let dotRe = 0;
  let dotIm = 0;
  for (let k = 0, i = p * width, j = q * width; k < width; k++, i++, j++) {
    const ar = re[i] as number;
    const ai = im[i] as number;
    const br = re[j] as number;
    const bi = im[j] as number;
    alpha += ar * ar + ai * ai;
    beta += br * br + bi * bi;
    dotRe += ar * br + ai * bi;
    dotIm += ar * bi - ai * br;
  }
  const size = Math.hypot(dotRe, dotIm);
  if (alpha < negligible || beta < negligible || size <= tolerance * Math.sqrt(alpha * beta)) {
    return false;
  }
  const zeta = (beta - alpha) / (2 * size);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const rotation: Rotation = { c, s: c * t, phaseRe: dotRe / size, phaseIm: -dotIm / size };
  rotate(rows, p, q, rotation);
  rotate(turns, p, q, rotation);
  return true;
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

/** rows = diag(values)·U† and turns = V† after the rotations; sorts by falling value. */
function sorted(rows: Rectangular, turns: Rectangular): SingularValues {
  const count = rows.rows;
  const norms = Float64Array.from({ length: count }, (_, r) => {
    let sum = 0;
    for (let k = r * rows.columns; k < (r + 1) * rows.columns; k++) {
      sum += (rows.re[k] as number) ** 2 + (rows.im[k] as number) ** 2;
    }
    return Math.sqrt(sum);
  });
  const order = Array.from(norms.keys()).sort(
    (a, b) => (norms[b] as number) - (norms[a] as number),
  );
  const uh = emptyMatrix(count, rows.columns);
  const vh = emptyMatrix(count, turns.columns);
  order.forEach((from, to) => {
    const norm = norms[from] as number;
    for (let k = 0; k < rows.columns; k++) {
      uh.re[to * rows.columns + k] =
        norm > 0 ? (rows.re[from * rows.columns + k] as number) / norm : 0;
      uh.im[to * rows.columns + k] =
        norm > 0 ? (rows.im[from * rows.columns + k] as number) / norm : 0;
    }
    for (let k = 0; k < turns.columns; k++) {
      vh.re[to * turns.columns + k] = turns.re[from * turns.columns + k] as number;
      vh.im[to * turns.columns + k] = turns.im[from * turns.columns + k] as number;
    }
  });
  return {
    u: conjugateTranspose(uh),
    values: Float64Array.from(order, (from) => norms[from] as number),
    vh,
  };
}
