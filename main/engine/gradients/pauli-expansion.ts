import type { Matrix } from '#shared/math/matrix.ts';
import type { PauliLetter, PauliTerm } from '#shared/observables/pauli.ts';
import { paritySign } from '../simulators/pauli-expectation.ts';

/** One letter of a string. */
export type PauliFactor = PauliTerm['factors'][number];

/** coefficient times a Pauli string. */
export interface WeightedString {
  readonly coefficient: number;
  readonly factors: readonly PauliFactor[];
}

const letters: readonly (PauliLetter | null)[] = [null, 'X', 'Z', 'Y'];
const negligible = 1e-14;

/** A Hermitian matrix on a few qubits (first = least significant) as a sum of Pauli strings. O(8^k). */
export function pauliExpansion(
  { size, re, im }: Matrix,
  qubits: readonly number[],
): WeightedString[] {
  const result: WeightedString[] = [];
  for (let index = 0; index < size * size; index++) {
    const factors = qubits.flatMap((qubit, j): PauliFactor[] => {
      const letter = letters[(index >> (2 * j)) & 3] ?? null;
      return letter === null ? [] : [{ qubit, letter }];
    });
    let [flips, signs, yCount] = [0, 0, 0];
    qubits.forEach((_, j) => {
      const letter = (index >> (2 * j)) & 3;
      flips |= (letter & 1) << j;
      signs |= (letter >> 1) << j;
      if (letter === 3) yCount++;
    });
    // tr(P·G) = Σ_r i^yCount·(−1)^{signs·r}·G[r][r ^ flips].
    let [sumRe, sumIm] = [0, 0];
    for (let r = 0; r < size; r++) {
      const at = r * size + (r ^ flips);
      sumRe += paritySign(r & signs) * (re[at] as number);
      sumIm += paritySign(r & signs) * (im[at] as number);
    }
    const coefficient = ([sumRe, -sumIm, -sumRe, sumIm][yCount % 4] as number) / size;
    if (Math.abs(coefficient) > negligible) result.push({ coefficient, factors });
  }
  return result;
}

/** Only where a control has its value: each string times (1 − Z)/2 for 1, (1 + Z)/2 for 0. */
export function underControls(
  strings: readonly WeightedString[],
  controls: readonly { readonly qubit: number; readonly value: 0 | 1 }[],
): WeightedString[] {
  return controls.reduce(
    (all, { qubit, value }) =>
      all.flatMap(({ coefficient, factors }) => [
        { coefficient: coefficient / 2, factors },
        {
          coefficient: (value === 1 ? -coefficient : coefficient) / 2,
          factors: [...factors, { qubit, letter: 'Z' as const }],
        },
      ]),
    [...strings],
  );
}
