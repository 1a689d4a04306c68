import type { PauliLetter } from './pauli.ts';

/** What comes after a letter in X → Y → Z → X: a product in this order gives +i times the third. */
const following = { X: 'Y', Y: 'Z', Z: 'X' } as const;

/**
 * Multiplies a product of letters by one more from the right, in place, and returns the new power
 * of i (mod 4): X·Y = iZ, Y·X = −iZ, X·X = 1.
 */
export function multiplyFactor(
  letters: Map<number, PauliLetter>,
  letter: PauliLetter | 'I',
  qubit: number,
  phase: number,
): number {
  if (letter === 'I') return phase;
  const before = letters.get(qubit);
  if (before === undefined) {
    letters.set(qubit, letter);
    return phase;
  }
  if (before === letter) {
    letters.delete(qubit);
    return phase;
  }
  const isForward = following[before] === letter;
  letters.set(qubit, isForward ? following[letter] : following[before]);
  return (phase + (isForward ? 1 : 3)) % 4;
}
