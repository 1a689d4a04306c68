import type { Matrix } from '#shared/math/matrix.ts';

/** 2^n amplitudes, little-endian. */
export interface PureState {
  readonly re: ArrayLike<number>;
  readonly im: ArrayLike<number>;
}

/** ρ of a few qubits: entry (r, c) = Σ ψ[r]·ψ*[c] over all values of the others. */
export function reducedState(state: PureState, qubits: readonly number[]): Matrix {
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

/** tr(K ρ K†): the probability of a Kraus operator. */
export function weightOf(operator: Matrix, { size, re, im }: Matrix): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const [ar, ai] = [
          operator.re[row * size + a] as number,
          operator.im[row * size + a] as number,
        ];
        const [br, bi] = [
          operator.re[row * size + b] as number,
          operator.im[row * size + b] as number,
        ];
        const factorRe = ar * br + ai * bi;
        const factorIm = ai * br - ar * bi;
        sum += factorRe * (re[a * size + b] as number) - factorIm * (im[a * size + b] as number);
      }
    }
  }
  return Math.max(0, sum);
}
