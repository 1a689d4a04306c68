import { assert } from '../base/assert.ts';
import {
  adjoint,
  identity,
  kronecker,
  type Matrix,
  matrixOf,
  multiplyMatrices,
  turnedBy,
  zeros,
} from './matrix.ts';
import { diagonalise } from './unitary-power.ts';

/** One-qubit matrices on the first and the second qubit. */
export type Locals = readonly [Matrix, Matrix];

/**
 * A 4 × 4 unitary as e^{i·phase}·after·N(x, y, z)·before, N(x, y, z) = exp(i(x·XX + y·YY + z·ZZ)),
 * with π/4 ≥ x ≥ y ≥ |z|, and z ≥ 0 where x = π/4 (Kraus and Cirac 2001).
 */
export interface Kak {
  readonly before: Locals;
  readonly coordinates: readonly [number, number, number];
  readonly after: Locals;
  readonly phase: number;
}

const tolerance = 1e-9;
const i = { re: 0, im: 1 };
const minusI = { re: 0, im: -1 };
const r = Math.SQRT1_2;

/** Columns that make XX, YY and ZZ diagonal and local gates real (Hill and Wootters 1997). */
const magic: Matrix = scaled(
  matrixOf([
    [1, 0, 0, i],
    [0, i, 1, 0],
    [0, i, -1, 0],
    [1, 0, 0, minusI],
  ]),
  r,
);
const fromMagic = adjoint(magic);

/** The diagonals of XX, YY and ZZ in the magic basis. */
const axes = [
  [1, 1, -1, -1],
  [-1, 1, -1, 1],
  [1, -1, -1, 1],
] as const;

const x = matrixOf([
  [0, 1],
  [1, 0],
]);
const y = matrixOf([
  [0, minusI],
  [i, 0],
]);
const z = matrixOf([
  [1, 0],
  [0, -1],
]);
const paulis = [x, y, z] as const;
/** Clifford gates on both qubits that exchange two axes: [x, y], [y, z], [x, z]. */
const exchanges = [
  matrixOf([
    [1, 0],
    [0, i],
  ]),
  scaled(
    matrixOf([
      [1, minusI],
      [minusI, 1],
    ]),
    r,
  ),
  scaled(
    matrixOf([
      [1, 1],
      [1, -1],
    ]),
    r,
  ),
] as const;

function scaled(matrix: Matrix, factor: number): Matrix {
  return {
    size: matrix.size,
    re: matrix.re.map((one) => one * factor),
    im: matrix.im.map((one) => one * factor),
  };
}

/** The decomposition of a unitary on two qubits, the first on the least significant bit. */
export function kakOf(unitary: Matrix): Kak {
  assert(unitary.size === 4, 'a gate on two qubits has 4 × 4 entries');
  const inMagic = multiplyMatrices(fromMagic, multiplyMatrices(unitary, magic));
  const { vectors, angles } = realEigenvectors(multiplyMatrices(transposed(inMagic), inMagic));
  // V·P·e^{−iθ} is real and orthogonal; a local gate has determinant 1, which half a turn can mend.
  let left = columnsTurned(multiplyMatrices(inMagic, vectors), angles);
  if (determinant(left) < 0) {
    angles[0] = (angles[0] as number) + Math.PI;
    left = columnsTurned(multiplyMatrices(inMagic, vectors), angles);
  }
  const sum = (signs: readonly number[]): number =>
    angles.reduce((total, angle, k) => total + angle * (signs[k] as number), 0) / 4;
  const first = factored(multiplyMatrices(magic, multiplyMatrices(left, fromMagic)));
  const second = factored(multiplyMatrices(magic, multiplyMatrices(adjoint(vectors), fromMagic)));
  const walk = new ChamberWalk(
    [sum(axes[0]), sum(axes[1]), sum(axes[2])],
    second.locals,
    first.locals,
    sum([1, 1, 1, 1]) + first.phase + second.phase,
  );
  return walk.canonical();
}

function transposed(matrix: Matrix): Matrix {
  const { size, re, im } = adjoint(matrix);
  return { size, re, im: im.map((one) => -one) };
}

/** Weights by which real and imaginary part are mixed; a degenerate mixture is tried with the next. */
const mixes = [0.7390851332151607, 0.3141592653589793, 1.618033988749895, -0.5772156649015329];

/** Real orthonormal eigenvectors with determinant 1 of a symmetric unitary, and half their eigenphases. */
function realEigenvectors(matrix: Matrix): {
  readonly vectors: Matrix;
  readonly angles: number[];
} {
  let best: { readonly vectors: Matrix; readonly diagonal: Matrix } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const mix of mixes) {
    const work = zeros(4);
    for (let k = 0; k < 16; k++) {
      const mirrored = (k % 4) * 4 + Math.floor(k / 4);
      const part = (entries: Float64Array): number =>
        ((entries[k] as number) + (entries[mirrored] as number)) / 2;
      work.re[k] = part(matrix.re) + mix * part(matrix.im);
    }
    const vectors = diagonalise(work);
    const diagonal = multiplyMatrices(adjoint(vectors), multiplyMatrices(matrix, vectors));
    const off = offDiagonal(diagonal);
    if (off < least) [least, best] = [off, { vectors, diagonal }];
    if (off < 1e-12) break;
  }
  const { vectors, diagonal } = best as { readonly vectors: Matrix; readonly diagonal: Matrix };
  if (determinant(vectors) < 0)
    for (let row = 0; row < 4; row++) vectors.re[row * 4] = -(vectors.re[row * 4] as number);
  const angles = [0, 5, 10, 15].map(
    (k) => Math.atan2(diagonal.im[k] as number, diagonal.re[k] as number) / 2,
  );
  return { vectors, angles };
}

function offDiagonal({ re, im }: Matrix): number {
  let sum = 0;
  for (let k = 0; k < 16; k++) if (k % 5 !== 0) sum += Math.hypot(re[k] as number, im[k] as number);
  return sum;
}

/** Of the real part of a 4 × 4 matrix, by elimination. */
function determinant({ re }: Matrix): number {
  const rows = [0, 1, 2, 3].map((row) => Array.from(re.subarray(row * 4, row * 4 + 4)));
  let product = 1;
  for (let column = 0; column < 4; column++) {
    let pivot = column;
    for (let row = column + 1; row < 4; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    if (pivot !== column) {
      const [a, b] = [rows[column] as number[], rows[pivot] as number[]];
      [rows[column], rows[pivot]] = [b, a];
      product = -product;
    }
    const top = rows[column] as number[];
    const value = top[column] as number;
    product *= value;
    if (value === 0) return 0;
    for (let row = column + 1; row < 4; row++) {
      const line = rows[row] as number[];
      const factor = (line[column] as number) / value;
      for (let k = column; k < 4; k++) line[k] = (line[k] as number) - factor * (top[k] as number);
    }
  }
  return product;
}

/** matrix·diag(e^{−i·angle}). */
function columnsTurned(matrix: Matrix, angles: readonly number[]): Matrix {
  const result = zeros(4);
  for (let k = 0; k < 16; k++) {
    const angle = angles[k % 4] as number;
    const [re, im] = [matrix.re[k] as number, matrix.im[k] as number];
    result.re[k] = re * Math.cos(angle) + im * Math.sin(angle);
    result.im[k] = im * Math.cos(angle) - re * Math.sin(angle);
  }
  return result;
}

/** A product second ⊗ first of one-qubit matrices with determinant 1, times a phase. */
function factored(product: Matrix): { readonly locals: Locals; readonly phase: number } {
  const entry = (row: number, column: number) => ({
    re: product.re[row * 4 + column] as number,
    im: product.im[row * 4 + column] as number,
  });
  let [row, column, largest] = [0, 0, 0];
  for (let k = 0; k < 16; k++) {
    const size = Math.hypot(product.re[k] as number, product.im[k] as number);
    if (size > largest) [row, column, largest] = [Math.floor(k / 4), k % 4, size];
  }
  const low = [0, 1].map((a) => [0, 1].map((b) => entry((row & 2) | a, (column & 2) | b)));
  const high = [0, 1].map((a) =>
    [0, 1].map((b) => entry((a << 1) | (row & 1), (b << 1) | (column & 1))),
  );
  const [first, second] = [special(matrixOf(low)), special(matrixOf(high))];
  const made = kronecker(second, first);
  const at = row * 4 + column;
  const [a, b] = [product.re[at] as number, product.im[at] as number];
  const [c, d] = [made.re[at] as number, made.im[at] as number];
  return { locals: [first, second], phase: Math.atan2(b * c - a * d, a * c + b * d) };
}

/** The matrix over the root of its determinant. */
function special(matrix: Matrix): Matrix {
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => ({
    re: matrix.re[k] as number,
    im: matrix.im[k] as number,
  })) as [typeof i, typeof i, typeof i, typeof i];
  const re = a.re * d.re - a.im * d.im - b.re * c.re + b.im * c.im;
  const im = a.re * d.im + a.im * d.re - b.re * c.im - b.im * c.re;
  const size = Math.sqrt(Math.hypot(re, im));
  return turnedBy(scaled(matrix, 1 / size), -Math.atan2(im, re) / 2);
}

/** Moves coordinates into the Weyl chamber by local gates, which it collects. */
class ChamberWalk {
  readonly #at: [number, number, number];
  #before: Locals;
  #after: Locals;
  #phase: number;

  constructor(at: [number, number, number], before: Locals, after: Locals, phase: number) {
    this.#at = at;
    this.#before = before;
    this.#after = after;
    this.#phase = phase;
  }

  canonical(): Kak {
    const at = this.#at;
    for (const axis of [0, 1, 2] as const) {
      const quarters = Math.ceil(at[axis] / (Math.PI / 2) - 0.5 - tolerance);
      this.#shift(axis, quarters);
    }
    if (Math.abs(at[0]) < Math.abs(at[1])) this.#exchange(0, 1, 0);
    if (Math.abs(at[1]) < Math.abs(at[2])) this.#exchange(1, 2, 1);
    if (Math.abs(at[0]) < Math.abs(at[1])) this.#exchange(0, 1, 0);
    if (at[0] < 0) this.#flip(0, 2, 1);
    if (at[1] < 0) this.#flip(1, 2, 0);
    if (at[2] < 0 && at[0] > Math.PI / 4 - tolerance) {
      this.#shift(0, 1);
      this.#flip(0, 2, 1);
    }
    const coordinates = [at[0], at[1], at[2]] as const;
    return { before: this.#before, coordinates, after: this.#after, phase: this.#phase };
  }

  /** N(c) = (i·PP)^k·N(c − k·π/2). */
  #shift(axis: 0 | 1 | 2, quarters: number): void {
    this.#at[axis] -= (quarters * Math.PI) / 2;
    this.#phase += (quarters * Math.PI) / 2;
    if (quarters % 2 !== 0) this.#afterwards([paulis[axis], paulis[axis]]);
  }

  #exchange(a: 0 | 1 | 2, b: 0 | 1 | 2, by: 0 | 1 | 2): void {
    const gate = exchanges[by];
    this.#afterwards([gate, gate]);
    this.#beforehand([adjoint(gate), adjoint(gate)]);
    [this.#at[a], this.#at[b]] = [this.#at[b], this.#at[a]];
  }

  /** A Pauli on the first qubit turns the signs of the two other axes. */
  #flip(a: 0 | 1 | 2, b: 0 | 1 | 2, by: 0 | 1 | 2): void {
    const one = identity(2);
    this.#afterwards([paulis[by], one]);
    this.#beforehand([paulis[by], one]);
    this.#at[a] = -this.#at[a];
    this.#at[b] = -this.#at[b];
  }

  #afterwards([first, second]: Locals): void {
    const [a, b] = this.#after;
    this.#after = [multiplyMatrices(a, first), multiplyMatrices(b, second)];
  }

  #beforehand([first, second]: Locals): void {
    const [a, b] = this.#before;
    this.#before = [multiplyMatrices(first, a), multiplyMatrices(second, b)];
  }
}
