import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Observable } from '../programs/program.ts';
import type { Amplitudes } from './amplitudes.ts';
import { masksOf, paritySign } from './pauli-expectation.ts';

/** Up to this many qubits an observable of Z factors only is turned into its diagonal once. */
const diagonalLimit = 22;

/** The real diagonal of an observable that has one; null where it has X or Y factors or is too wide. */
export function diagonalOf(observable: Observable, qubits: number): Float64Array | null {
  if (observable.kind === 'diagonal') return observable.values;
  const { terms } = observable.sum;
  const isDiagonal = terms.every(({ factors }) => factors.every(({ letter }) => letter === 'Z'));
  if (!isDiagonal || qubits > diagonalLimit) return null;
  const values = new Float64Array(2 ** qubits);
  for (const term of terms) {
    const { signs } = masksOf(term);
    for (let i = 0; i < values.length; i++) {
      values[i] = (values[i] as number) + term.coefficient * paritySign(i & signs);
    }
  }
  return values;
}

/** Puts O|ψ⟩ into `into` for a diagonal O. */
export function observeDiagonal(values: Float64Array, state: Amplitudes, into: Amplitudes): void {
  for (let i = 0; i < values.length; i++) {
    into.re[i] = (values[i] as number) * (state.re[i] as number);
    into.im[i] = (values[i] as number) * (state.im[i] as number);
  }
}

/** Puts O|ψ⟩ into `into` for a Pauli sum. */
export function observePauli(sum: PauliSum, state: Amplitudes, into: Amplitudes): void {
  into.re.fill(0);
  into.im.fill(0);
  for (const term of sum.terms) {
    const { flips, signs, yCount } = masksOf(term);
    for (let i = 0; i < state.re.length; i++) {
      const factor = term.coefficient * paritySign(i & signs);
      const [re, im] = timesPowerOfI(
        factor * (state.re[i] as number),
        factor * (state.im[i] as number),
        yCount,
      );
      const j = i ^ flips;
      into.re[j] = (into.re[j] as number) + re;
      into.im[j] = (into.im[j] as number) + im;
    }
  }
}

function timesPowerOfI(re: number, im: number, power: number): readonly [number, number] {
  switch (power % 4) {
    case 0:
      return [re, im];
    case 1:
      return [-im, re];
    case 2:
      return [-re, -im];
    default:
      return [im, -re];
  }
}
