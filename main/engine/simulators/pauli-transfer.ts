import type { Matrix } from '#shared/math/matrix.ts';
import { paritySign } from './pauli-expectation.ts';

/**
 * The Pauli transfer matrix of a map on k qubits: entry p·4^k + q is tr(P·map(Q))/2^k. A string's
 * index has two bits for each qubit j, x at 2j and z at 2j + 1, so 0 = I, 1 = X, 2 = Z, 3 = Y.
 */
export interface TransferMatrix {
  readonly qubitCount: number;
  readonly entries: Float64Array;
}

/** Signed permutation of a Pauli string: column c has i^yCount·(−1)^{signs·c} in row c ^ flips. */
interface Permutation {
  readonly flips: number;
  readonly signs: number;
  readonly yCount: number;
}

function permutationOf(index: number, qubitCount: number): Permutation {
  let flips = 0;
  let signs = 0;
  let yCount = 0;
  for (let j = 0; j < qubitCount; j++) {
    const letter = (index >> (2 * j)) & 3;
    flips |= (letter & 1) << j;
    signs |= (letter >> 1) << j;
    if (letter === 3) yCount++;
  }
  return { flips, signs, yCount };
}

/** From a superoperator as in noise/channels.ts. O(4^k·(8^k + 4^k·2^k)). */
export function transferMatrixOf(superoperator: Matrix): TransferMatrix {
  const strings = superoperator.size;
  const qubitCount = Math.log2(strings) / 2;
  const side = 2 ** qubitCount;
  const entries = new Float64Array(strings * strings);
  const re = new Float64Array(strings);
  const im = new Float64Array(strings);
  const permutations = Array.from({ length: strings }, (_, index) =>
    permutationOf(index, qubitCount),
  );
  permutations.forEach((string, q) => {
    imageOf(superoperator, string, side, re, im);
    permutations.forEach((other, p) => {
      entries[p * strings + q] = overlapWith(other, side, re, im);
    });
  });
  return { qubitCount, entries };
}

/** Puts map(Q), vectorised as row + column·2^k, into re and im. */
function imageOf(
  superoperator: Matrix,
  { flips, signs, yCount }: Permutation,
  side: number,
  re: Float64Array,
  im: Float64Array,
): void {
  const { size } = superoperator;
  for (let r = 0; r < size; r++) {
    let sumRe = 0;
    let sumIm = 0;
    for (let c = 0; c < side; c++) {
      const index = r * size + (c ^ flips) + c * side;
      const sign = paritySign(c & signs);
      sumRe += sign * (superoperator.re[index] as number);
      sumIm += sign * (superoperator.im[index] as number);
    }
    const quarter = yCount % 4;
    re[r] = [sumRe, -sumIm, -sumRe, sumIm][quarter] as number;
    im[r] = [sumIm, sumRe, -sumIm, -sumRe][quarter] as number;
  }
}

/** tr(P·M)/2^k, which is real for the Hermitian M that come here. */
function overlapWith(
  { flips, signs, yCount }: Permutation,
  side: number,
  re: Float64Array,
  im: Float64Array,
): number {
  let sumRe = 0;
  let sumIm = 0;
  for (let c = 0; c < side; c++) {
    // P has i^yCount·(−1)^{signs·c} in (c ^ flips, c); it meets M in (c, c ^ flips).
    const index = c + (c ^ flips) * side;
    const sign = paritySign(c & signs);
    sumRe += sign * (re[index] as number);
    sumIm += sign * (im[index] as number);
  }
  return ([sumRe, -sumIm, -sumRe, sumIm][yCount % 4] as number) / side;
}
