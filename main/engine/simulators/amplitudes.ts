import type { Matrix } from '#shared/math/matrix.ts';

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
  const { re, im } = state;
  const [a, b, c, d] = matrix.re as unknown as [number, number, number, number];
  const [ai, bi, ci, di] = matrix.im as unknown as [number, number, number, number];
  const stride = 2 ** qubit;
  const size = re.length;
  for (let block = 0; block < size; block += 2 * stride) {
    const end = block + stride;
    for (let i = block; i < end; i++) {
      if ((i & controls) !== controls) continue;
      const j = i + stride;
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

/** A diagonal gate: amplitude i is multiplied by the entry that its bits on `qubits` select. */
export function applyDiagonal(
  state: Amplitudes,
  qubits: readonly number[],
  matrix: Matrix,
  controls = 0,
): void {
  const { re, im } = state;
  const side = matrix.size;
  const factorsRe = Float64Array.from(
    { length: side },
    (_, k) => matrix.re[k * side + k] as number,
  );
  const factorsIm = Float64Array.from(
    { length: side },
    (_, k) => matrix.im[k * side + k] as number,
  );
  const first = qubits[0] as number;
  const second = qubits[1] ?? -1;
  const size = re.length;
  for (let i = 0; i < size; i++) {
    if ((i & controls) !== controls) continue;
    let entry = (i >>> first) & 1;
    if (second >= 0) entry |= ((i >>> second) & 1) << 1;
    for (let k = 2; k < qubits.length; k++) entry |= ((i >>> (qubits[k] as number)) & 1) << k;
    const fr = factorsRe[entry] as number;
    const fi = factorsIm[entry] as number;
    if (fi === 0 && fr === 1) continue;
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
  const offsets = Float64Array.from({ length: side }, (_, entry) =>
    qubits.reduce((sum, qubit, j) => sum + (((entry >> j) & 1) === 1 ? 2 ** qubit : 0), 0),
  );
  const inRe = new Float64Array(side);
  const inIm = new Float64Array(side);
  const used = qubits.reduce((mask, qubit) => mask | (1 << qubit), 0);
  const size = re.length;
  for (let base = 0; base < size; base++) {
    if ((base & used) !== 0 || (base & controls) !== controls) continue;
    for (let k = 0; k < side; k++) {
      const index = base + (offsets[k] as number);
      inRe[k] = re[index] as number;
      inIm[k] = im[index] as number;
    }
    for (let row = 0; row < side; row++) {
      let sumRe = 0;
      let sumIm = 0;
      const start = row * side;
      for (let column = 0; column < side; column++) {
        const mr = matrix.re[start + column] as number;
        const mi = matrix.im[start + column] as number;
        const xr = inRe[column] as number;
        const xi = inIm[column] as number;
        sumRe += mr * xr - mi * xi;
        sumIm += mr * xi + mi * xr;
      }
      const index = base + (offsets[row] as number);
      re[index] = sumRe;
      im[index] = sumIm;
    }
  }
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
  else applyDense(state, qubits, matrix, controls);
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
