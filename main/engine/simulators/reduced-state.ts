import type { Matrix } from '#shared/math/matrix.ts';

/** 2^n amplitudes, little-endian. */
export interface PureState {
  readonly re: ArrayLike<number>;
  readonly im: ArrayLike<number>;
}

/** ρ of a few qubits: entry (r, c) = Σ ψ[r]·ψ*[c] over all values of the others. */
export function reducedState(state: PureState, qubits: readonly number[]): Matrix {
  const [only] = qubits;
  if (only !== undefined && qubits.length === 1) return reducedQubit(state, only);
  const side = 2 ** qubits.length;
  const re = new Float64Array(side * side);
  const im = new Float64Array(side * side);
  const used = qubits.reduce((mask, qubit) => mask | (1 << qubit), 0);
  const offsets = Array.from({ length: side }, (_, entry) =>
    qubits.reduce((sum, qubit, j) => sum + (((entry >> j) & 1) === 1 ? 2 ** qubit : 0), 0),
  );
  for (let base = 0; base < state.re.length; base++) {
    if ((base & used) !== 0) continue;
    for (let r = 0; r < side; r++) {
      const ar = state.re[base + (offsets[r] as number)] as number;
      const ai = state.im[base + (offsets[r] as number)] as number;
      for (let c = 0; c < side; c++) {
        const br = state.re[base + (offsets[c] as number)] as number;
        const bi = state.im[base + (offsets[c] as number)] as number;
        re[r * side + c] = (re[r * side + c] as number) + ar * br + ai * bi;
        im[r * side + c] = (im[r * side + c] as number) + ai * br - ar * bi;
      }
    }
  }
  return { size: side, re, im };
}

/** ρ of one qubit, in one pass over pairs of amplitudes. */
function reducedQubit({ re, im }: PureState, qubit: number): Matrix {
  const stride = 1 << qubit;
  const size = re.length | 0;
  let zero = 0;
  let one = 0;
  let crossRe = 0;
  let crossIm = 0;
  for (let block = 0; block < size; block = (block + stride + stride) | 0) {
    const end = (block + stride) | 0;
    for (let i = block; i < end; i = (i + 1) | 0) {
      const j = (i + stride) | 0;
      const ar = re[i] as number;
      const ai = im[i] as number;
      const br = re[j] as number;
      const bi = im[j] as number;
      zero += ar * ar + ai * ai;
      one += br * br + bi * bi;
      crossRe += ar * br + ai * bi;
      crossIm += ai * br - ar * bi;
    }
  }
  return {
    size: 2,
    re: Float64Array.of(zero, crossRe, crossRe, one),
    im: Float64Array.of(0, crossIm, -crossIm, 0),
  };
}

/** tr(K ρ K†): the probability of a Kraus operator. */
export function weightOf(operator: Matrix, { size, re, im }: Matrix): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const ar = operator.re[row * size + a] as number;
        const ai = operator.im[row * size + a] as number;
        const br = operator.re[row * size + b] as number;
        const bi = operator.im[row * size + b] as number;
        const factorRe = ar * br + ai * bi;
        const factorIm = ai * br - ar * bi;
        sum += factorRe * (re[a * size + b] as number) - factorIm * (im[a * size + b] as number);
      }
    }
  }
  return Math.max(0, sum);
}
