import type { ReadoutError } from '#shared/jobs/noise.ts';

/** How one bit is misread: probabilities of reading 1 after 0, and 0 after 1. */
export interface BitError {
  readonly read1Given0: number;
  readonly read0Given1: number;
}

const exact: BitError = { read1Given0: 0, read0Given1: 0 };

/** The errors of bits 0 to width − 1; bits that no error speaks of are read exactly. */
export function bitErrorsOf(readout: readonly ReadoutError[], width: number): BitError[] {
  const errors = Array.from({ length: width }, () => exact);
  for (const { qubit, p_read1_given0: read1Given0, p_read0_given1: read0Given1 } of readout) {
    if (qubit < width) errors[qubit] = { read1Given0, read0Given1 };
  }
  return errors;
}

/** Determinant of a bit's confusion matrix: what is left of ⟨Z⟩ after reading. */
export function contrastOf({ read1Given0, read0Given1 }: BitError): number {
  return 1 - read1Given0 - read0Given1;
}

/** A bit that is read more wrongly than this tells nothing that could be brought back. */
export const leastContrast = 1e-3;

/** The first bit whose readings say nothing of it; −1 where there is none. */
export function unreadableBit(errors: readonly BitError[]): number {
  return errors.findIndex((error) => Math.abs(contrastOf(error)) < leastContrast);
}

/**
 * The inverse of the tensored confusion matrix on a vector over 2^n outcomes (bit 0 least significant), in place;
 * `transposed`: on a function of outcomes instead of their probabilities. O(n·2^n).
 */
export function invertConfusion(
  vector: Float64Array,
  errors: readonly BitError[],
  transposed = false,
): void {
  errors.forEach((error, bit) => {
    const { read1Given0: up, read0Given1: down } = error;
    const d = contrastOf(error);
    const [a00, a11] = [(1 - down) / d, (1 - up) / d];
    const [a01, a10] = transposed ? [-up / d, -down / d] : [-down / d, -up / d];
    const stride = 2 ** bit;
    for (let low = 0; low < vector.length; low++) {
      if ((low & stride) !== 0) continue;
      const [zero, one] = [vector[low] as number, vector[low + stride] as number];
      vector[low] = a00 * zero + a01 * one;
      vector[low + stride] = a10 * zero + a11 * one;
    }
  });
}

/**
 * One-norm of the inverse: by how much statistical errors of outcomes may grow; its square is the factor of shots
 * that the same error costs (Nation, Kang, Sundaresan, Gambetta, PRX Quantum 2, 040326).
 */
export function oneNormOfInverse(errors: readonly BitError[]): number {
  return errors.reduce(
    (product, error) =>
      (product * (1 + Math.abs(error.read0Given1 - error.read1Given0))) /
      Math.abs(contrastOf(error)),
    1,
  );
}
