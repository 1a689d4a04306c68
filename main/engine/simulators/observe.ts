import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { masksOf, paritySign } from './pauli-expectation.ts';
import type { StateStore } from './state-store.ts';

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
export function observeDiagonal(values: Float64Array, state: StateStore, into: StateStore): void {
  const from = state.ordered();
  const to = into.ordered();
  for (let i = 0; i < values.length; i++) {
    to.re[i] = (values[i] as number) * (from.re[i] as number);
    to.im[i] = (values[i] as number) * (from.im[i] as number);
  }
}

/** Puts O|ψ⟩ into `into`, which is zero, for a Pauli sum. */
export function observePauli(sum: PauliSum, state: StateStore, into: StateStore): void {
  for (const term of sum.terms) state.addPauli(masksOf(term), term.coefficient, 0, into);
}
