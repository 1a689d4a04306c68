import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';

/** X, Y and Z parts of a Pauli string as bit masks over qubits (below 31 qubits). */
export interface PauliMasks {
  /** Qubits that the string flips: X and Y. */
  readonly flips: number;
  /** Qubits that give a sign: Z and Y. */
  readonly signs: number;
  readonly yCount: number;
}

export function masksOf(term: PauliTerm): PauliMasks {
  let flips = 0;
  let signs = 0;
  let yCount = 0;
  for (const { qubit, letter } of term.factors) {
    if (letter !== 'Z') flips |= 1 << qubit;
    if (letter !== 'X') signs |= 1 << qubit;
    if (letter === 'Y') yCount++;
  }
  return { flips, signs, yCount };
}

/**
 * Factors of the real and the imaginary part of Σ ±conj(a[i ^ flips])·a[i], to which a string times a
 * coefficient comes: i^y turns the sum, so one of them is 0.
 */
export function partFactors({ yCount }: PauliMasks, coefficient: number): [number, number] {
  const factor = ([1, -1, -1, 1][yCount % 4] as number) * coefficient;
  return yCount % 2 === 0 ? [factor, 0] : [0, factor];
}

/** +1 or −1 by the parity of the bits set. */
export function paritySign(bits: number): number {
  let x = bits;
  x ^= x >>> 16;
  x ^= x >>> 8;
  x ^= x >>> 4;
  return ((0x6996 >>> (x & 15)) & 1) === 1 ? -1 : 1;
}

/**
 * Σ_i p_i Π f_q(bit q of i) over the qubits of a string that was turned into the Z basis, where
 * f_q is what a reader with confusion expects to see: 1 − 2·P(read 1 | 0) and 2·P(read 0 | 1) − 1.
 */
export function readExpectation(
  probabilities: Float64Array,
  qubits: readonly number[],
  readout: ReadonlyMap<number, ReadoutError>,
): number {
  const seen = qubits.map((qubit) => {
    const error = readout.get(qubit);
    return error === undefined
      ? ([1, -1] as const)
      : ([1 - 2 * error.p_read1_given0, 2 * error.p_read0_given1 - 1] as const);
  });
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    let product = probabilities[i] as number;
    for (let k = 0; k < qubits.length; k++) {
      product *= (seen[k] as readonly [number, number])[
        ((i >>> (qubits[k] as number)) & 1) as 0 | 1
      ];
    }
    sum += product;
  }
  return sum;
}
