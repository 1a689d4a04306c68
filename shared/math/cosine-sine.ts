import { adjoint, type Matrix, multiplyMatrices, zeros } from './matrix.ts';
import { diagonalise } from './unitary-power.ts';

/** U = (V₁ ⊕ V₂)·[[C, −S], [S, C]]·(W₁ ⊕ W₂); the halves differ in the highest bit of the index. */
export interface CosineSine {
  readonly left: readonly [Matrix, Matrix];
  readonly right: readonly [Matrix, Matrix];
  /** Angles θ with C = cos θ and S = sin θ, 0 ≤ θ ≤ π/2. */
  readonly angles: readonly number[];
}

/** The cosine-sine decomposition of a unitary matrix (Paige and Wei 1994). O(n³). */
export function cosineSineOf(matrix: Matrix): CosineSine {
  const [u00, u01, u10, u11] = [0, 1, 2, 3].map((at) => quarterOf(matrix, at >> 1, at & 1)) as [
    Matrix,
    Matrix,
    Matrix,
    Matrix,
  ];
  const w1 = diagonalise(multiplyMatrices(adjoint(u00), u00));
  const cosines = orthonormalised(multiplyMatrices(u00, w1));
  const sines = orthonormalised(multiplyMatrices(u10, w1));
  const [v1, v2] = [cosines.vectors, sines.vectors];
  const fromUpper = multiplyMatrices(adjoint(v1), u01);
  const fromLower = multiplyMatrices(adjoint(v2), u11);
  const half = w1.size;
  const w2 = zeros(half);
  const angles = cosines.lengths.map((cosine, i) => Math.atan2(sines.lengths[i] as number, cosine));
  for (let row = 0; row < half; row++) {
    const [cos, sin] = [Math.cos(angles[row] as number), Math.sin(angles[row] as number)];
    for (let k = row * half; k < (row + 1) * half; k++) {
      w2.re[k] = cos * (fromLower.re[k] as number) - sin * (fromUpper.re[k] as number);
      w2.im[k] = cos * (fromLower.im[k] as number) - sin * (fromUpper.im[k] as number);
    }
  }
  return { left: [v1, v2], right: [adjoint(w1), w2], angles };
}

function quarterOf(matrix: Matrix, row: number, column: number): Matrix {
  const half = matrix.size / 2;
  const result = zeros(half);
  for (let r = 0; r < half; r++) {
    for (let c = 0; c < half; c++) {
      const from = (row * half + r) * matrix.size + column * half + c;
      result.re[r * half + c] = matrix.re[from] as number;
      result.im[r * half + c] = matrix.im[from] as number;
    }
  }
  return result;
}

/**
 * Orthonormal columns in the directions of these, which are orthogonal but for rounding, and their
 * lengths. Longest first, so that rounding in a short one turns no long one; columns of no length
 * are chosen freely.
 */
function orthonormalised(matrix: Matrix): {
  readonly vectors: Matrix;
  readonly lengths: readonly number[];
} {
  const { size } = matrix;
  const columns = Array.from({ length: size }, (_, c) => columnOf(matrix, c));
  const lengths = columns.map(lengthOf);
  const order = lengths
    .map((_, c) => c)
    .toSorted((a, b) => (lengths[b] as number) - (lengths[a] as number));
  const done: Vector[] = [];
  const vectors = zeros(size);
  for (const c of order) {
    const vector = freeOf(columns[c] as Vector, done) ?? anyFreeOf(size, done);
    done.push(vector);
    for (let r = 0; r < size; r++) {
      vectors.re[r * size + c] = vector.re[r] as number;
      vectors.im[r * size + c] = vector.im[r] as number;
    }
  }
  return { vectors, lengths };
}

interface Vector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function columnOf({ size, re, im }: Matrix, column: number): Vector {
  const pick = (from: Float64Array): Float64Array =>
    Float64Array.from({ length: size }, (_, r) => from[r * size + column] as number);
  return { re: pick(re), im: pick(im) };
}

function lengthOf({ re, im }: Vector): number {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
  return Math.sqrt(sum);
}

/** The unit vector in its direction without the parts along the others; null where nothing is left. */
function freeOf(vector: Vector, others: readonly Vector[]): Vector | null {
  const re = vector.re.slice();
  const im = vector.im.slice();
  const whole = lengthOf(vector);
  if (whole < 1e-13) return null;
  // Twice, because the first pass leaves rounding of the size of what it took away.
  for (let pass = 0; pass < 2; pass++) {
    for (const other of others) {
      let [x, y] = [0, 0];
      for (let i = 0; i < re.length; i++) {
        const [a, b] = [other.re[i] as number, other.im[i] as number];
        x += a * (re[i] as number) + b * (im[i] as number);
        y += a * (im[i] as number) - b * (re[i] as number);
      }
      for (let i = 0; i < re.length; i++) {
        const [a, b] = [other.re[i] as number, other.im[i] as number];
        re[i] = (re[i] as number) - a * x + b * y;
        im[i] = (im[i] as number) - a * y - b * x;
      }
    }
  }
  const left = lengthOf({ re, im });
  if (left < 1e-3 * whole) return null;
  return { re: re.map((x) => x / left), im: im.map((x) => x / left) };
}

/** A unit vector at right angles to the others, of which there are fewer than dimensions. */
function anyFreeOf(size: number, others: readonly Vector[]): Vector {
  let best: Vector | null = null;
  for (let axis = 0; axis < size && best === null; axis++) {
    const re = new Float64Array(size);
    re[axis] = 1;
    best = freeOf({ re, im: new Float64Array(size) }, others);
  }
  return best ?? { re: Float64Array.from({ length: size }, () => 0), im: new Float64Array(size) };
}
