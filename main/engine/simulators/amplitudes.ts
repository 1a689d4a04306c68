import type { Matrix } from '#shared/math/matrix.ts';
import { applyCross, isCross } from './two-qubit-kernel.ts';

/** Numbers of a state: double precision, or single where the user chose it. */
export type Reals = Float64Array | Float32Array;

/**
 * 2^n amplitudes, split: amplitude i is re[i] + i·im[i] and bit q of i is qubit q. The functions
 * below change them in place; matrices need not be unitary (channels on vectorised density matrices).
 */
export interface Amplitudes {
  readonly qubits: number;
  readonly re: Reals;
  readonly im: Reals;
}

/** |0…0⟩. */
export function zeroState(qubits: number, precision: 'f32' | 'f64' = 'f64'): Amplitudes {
  const size = 2 ** qubits;
  const make = () => (precision === 'f64' ? new Float64Array(size) : new Float32Array(size));
  const state = { qubits, re: make(), im: make() };
  state.re[0] = 1;
  return state;
}

export function copyOf(state: Amplitudes): Amplitudes {
  return { qubits: state.qubits, re: state.re.slice(), im: state.im.slice() };
}

/** A 2 × 2 matrix on one qubit, where all qubits in `controls` (a bit mask) are 1. */
export function applyOneQubit(
  state: Amplitudes,
  qubit: number,
  matrix: Matrix,
  controls = 0,
): void {
  if (controls !== 0) applyControlled(state, qubit, matrix, controls);
  else if (matrix.im.every((x) => x === 0)) applyReal(state, qubit, matrix.re);
  else applyComplex(state, qubit, matrix);
}

// The loops below count in 32-bit integers: with doubles as indices they run ten times slower.

function applyComplex({ re, im }: Amplitudes, qubit: number, matrix: Matrix): void {
  const [a, b, c, d] = fourOf(matrix.re);
  const [ai, bi, ci, di] = fourOf(matrix.im);
  const stride = 1 << qubit;
  const size = re.length | 0;
  for (let block = 0; block < size; block = (block + stride + stride) | 0) {
    const end = (block + stride) | 0;
    for (let i = block; i < end; i = (i + 1) | 0) {
      const j = (i + stride) | 0;
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
}

/** Half the multiplications for real matrices (X, H, RY), on both parts alike. */
function applyReal({ re, im }: Amplitudes, qubit: number, entries: Float64Array): void {
  const [a, b, c, d] = fourOf(entries);
  const stride = 1 << qubit;
  const size = re.length | 0;
  for (let block = 0; block < size; block = (block + stride + stride) | 0) {
    const end = (block + stride) | 0;
    for (let i = block; i < end; i = (i + 1) | 0) {
      const j = (i + stride) | 0;
      const xr = re[i] as number;
      const xi = im[i] as number;
      const yr = re[j] as number;
      const yi = im[j] as number;
      re[i] = a * xr + b * yr;
      im[i] = a * xi + b * yi;
      re[j] = c * xr + d * yr;
      im[j] = c * xi + d * yi;
    }
  }
}

/** Visits only the pairs whose controls hold, by spreading a counter over the free bits. */
function applyControlled(
  { re, im }: Amplitudes,
  qubit: number,
  matrix: Matrix,
  controls: number,
): void {
  const [a, b, c, d] = fourOf(matrix.re);
  const [ai, bi, ci, di] = fourOf(matrix.im);
  const stride = 1 << qubit;
  const fixed = bitsOfMask(controls | stride);
  const count = re.length >>> fixed.length;
  for (let k = 0; k < count; k = (k + 1) | 0) {
    const i = spread(k, fixed) | controls;
    const j = i | stride;
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

/** A diagonal gate: amplitude i is multiplied by the entry that its bits on `qubits` select. */
export function applyDiagonal(
  state: Amplitudes,
  qubits: readonly number[],
  matrix: Matrix,
  controls = 0,
): void {
  const side = matrix.size;
  const fixed = bitsOfMask(controls | qubits.reduce((mask, qubit) => mask | (1 << qubit), 0));
  for (let entry = 0; entry < side; entry++) {
    const fr = matrix.re[entry * side + entry] as number;
    const fi = matrix.im[entry * side + entry] as number;
    // Entries of 1 leave their part of the state as it is: CZ touches a quarter of it.
    if (fr === 1 && fi === 0) continue;
    scalePart(state, fixed, controls | offsetOf(entry, qubits), fr, fi);
  }
}

/** Multiplies the amplitudes whose fixed bits (ascending) are those of `pattern`. */
function scalePart(
  state: Amplitudes,
  fixed: readonly number[],
  pattern: number,
  fr: number,
  fi: number,
): void {
  const low = fixed[0] as number;
  const run = 1 << low;
  const size = state.re.length | 0;
  // Below the lowest fixed bit the indices are consecutive.
  if (fixed.length === 1) {
    for (let block = 0; block < size; block = (block + run + run) | 0) {
      scaleRun(state, block | pattern, run, fr, fi);
    }
    return;
  }
  if (fixed.length === 2) {
    const high = 1 << (fixed[1] as number);
    for (let top = 0; top < size; top = (top + high + high) | 0) {
      const end = (top + high) | 0;
      for (let block = top; block < end; block = (block + run + run) | 0) {
        scaleRun(state, block | pattern, run, fr, fi);
      }
    }
    return;
  }
  const rest = fixed.slice(1).map((bit) => bit - low - 1);
  const runs = size >>> (fixed.length + low);
  for (let k = 0; k < runs; k = (k + 1) | 0) {
    scaleRun(state, (spread(k, rest) << (low + 1)) | pattern, run, fr, fi);
  }
}

function scaleRun(
  { re, im }: Amplitudes,
  start: number,
  count: number,
  fr: number,
  fi: number,
): void {
  const end = (start + count) | 0;
  for (let i = start; i < end; i = (i + 1) | 0) {
    const xr = re[i] as number;
    const xi = im[i] as number;
    re[i] = fr * xr - fi * xi;
    im[i] = fr * xi + fi * xr;
  }
}

/** Any 2^k × 2^k matrix on k distinct qubits; bit j of its index is qubits[j]. O(2^(n+k)). */
export function applyDense(
  state: Amplitudes,
  qubits: readonly number[],
  matrix: Matrix,
  controls = 0,
): void {
  const { re, im } = state;
  const side = matrix.size;
  const offsets = Int32Array.from({ length: side }, (_, entry) => offsetOf(entry, qubits));
  const inRe = new Float64Array(side);
  const inIm = new Float64Array(side);
  const fixed = bitsOfMask(controls | qubits.reduce((mask, qubit) => mask | (1 << qubit), 0));
  const rows = sparseRows(matrix);
  const count = re.length >>> fixed.length;
  for (let k = 0; k < count; k = (k + 1) | 0) {
    const base = spread(k, fixed) | controls;
    for (let entry = 0; entry < side; entry++) {
      const index = base | (offsets[entry] as number);
      inRe[entry] = re[index] as number;
      inIm[entry] = im[index] as number;
    }
    for (let row = 0; row < side; row++) {
      const { columns, partsRe, partsIm } = rows[row] as SparseRow;
      let sumRe = 0;
      let sumIm = 0;
      for (let c = 0; c < columns.length; c++) {
        const xr = inRe[columns[c] as number] as number;
        const xi = inIm[columns[c] as number] as number;
        const mr = partsRe[c] as number;
        const mi = partsIm[c] as number;
        sumRe += mr * xr - mi * xi;
        sumIm += mr * xi + mi * xr;
      }
      const index = base | (offsets[row] as number);
      re[index] = sumRe;
      im[index] = sumIm;
    }
  }
}

/** The entries of a row that are not zero; interactions and channels have few. */
interface SparseRow {
  readonly columns: Int32Array;
  readonly partsRe: Float64Array;
  readonly partsIm: Float64Array;
}

function sparseRows(matrix: Matrix): SparseRow[] {
  return Array.from({ length: matrix.size }, (_, row) => {
    const start = row * matrix.size;
    const columns = Int32Array.from(
      Array.from({ length: matrix.size }, (__, c) => c).filter(
        (c) => matrix.re[start + c] !== 0 || matrix.im[start + c] !== 0,
      ),
    );
    return {
      columns,
      partsRe: Float64Array.from(columns, (c) => matrix.re[start + c] as number),
      partsIm: Float64Array.from(columns, (c) => matrix.im[start + c] as number),
    };
  });
}

function fourOf(entries: Float64Array): readonly [number, number, number, number] {
  return [entries[0] as number, entries[1] as number, entries[2] as number, entries[3] as number];
}

/** Positions of the bits of a mask, ascending. */
function bitsOfMask(mask: number): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 31; bit++) if (((mask >>> bit) & 1) === 1) bits.push(bit);
  return bits;
}

/** The bits of k put at the positions that are not fixed (ascending), zeros at those that are. */
function spread(k: number, fixed: readonly number[]): number {
  let index = k;
  for (let f = 0; f < fixed.length; f++) {
    const bit = fixed[f] as number;
    const below = index & ((1 << bit) - 1);
    index = ((index - below) << 1) | below;
  }
  return index;
}

/** The index whose bits on `qubits` spell `entry`. */
function offsetOf(entry: number, qubits: readonly number[]): number {
  return qubits.reduce((sum, qubit, j) => sum | (((entry >> j) & 1) << qubit), 0);
}

/** Chooses the cheapest of the above. `controls` is a mask of qubits that must be 1. */
export function applyMatrix(
  state: Amplitudes,
  qubits: readonly number[],
  matrix: Matrix,
  isDiagonal: boolean,
  controls = 0,
): void {
  if (isDiagonal) applyDiagonal(state, qubits, matrix, controls);
  else if (qubits.length === 1) applyOneQubit(state, qubits[0] as number, matrix, controls);
  else if (controls === 0 && isCross(matrix)) {
    applyCross(state, qubits[0] as number, qubits[1] as number, matrix);
  } else applyDense(state, qubits, matrix, controls);
}

/** ⟨a|b⟩. */
export function innerProduct(a: Amplitudes, b: Amplitudes): { re: number; im: number } {
  let re = 0;
  let im = 0;
  for (let i = 0; i < a.re.length; i++) {
    const ar = a.re[i] as number;
    const ai = a.im[i] as number;
    const br = b.re[i] as number;
    const bi = b.im[i] as number;
    re += ar * br + ai * bi;
    im += ar * bi - ai * br;
  }
  return { re, im };
}

/** |amplitude|² of every basis state. */
export function squaredNorms(state: Amplitudes): Float64Array {
  const result = new Float64Array(state.re.length);
  for (let i = 0; i < result.length; i++) {
    const re = state.re[i] as number;
    const im = state.im[i] as number;
    result[i] = re * re + im * im;
  }
  return result;
}
