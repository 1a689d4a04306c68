import type { PairView, StateView, ViewRequest } from '#shared/jobs/simulation-view.ts';
import { zeros } from '#shared/math/matrix.ts';
import { singularValues } from '../linalg/svd.ts';
import { largest } from './largest.ts';
import type { QuantumRegister } from './register.ts';
import { type PureState, reducedState } from './reduced-state.ts';

/** Qubits of a whole density matrix. */
export const densityQubits = 6;
/** Pairs of more qubits take longer than a window wants to wait. */
export const pairQubits = 20;
/** Below this an amplitude is zero up to rounding. */
const nothing = 1e-9;

/** What a window draws of the states that the branches of a run end in. */
export function stateViewOf(
  registers: readonly QuantumRegister[],
  qubits: number,
  { top, pairs }: ViewRequest,
): StateView {
  const states = registers.map((register) => register.amplitudes());
  const pure = states.filter((state) => state !== null);
  if (pure.length !== registers.length) {
    return { amplitudes: null, density: null, pairs: null };
  }
  const weight = registers.reduce((sum, register) => sum + register.weight(), 0);
  const [only] = pure;
  return {
    amplitudes: only !== undefined && pure.length === 1 ? largestAmplitudes(only, top) : null,
    density: qubits <= densityQubits ? densityOf(pure, range(qubits), weight) : null,
    pairs: pairs === true && qubits <= pairQubits ? pairsOf(pure, qubits, weight) : null,
  };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Basis states with their amplitudes, the `top` largest, in counting order. O(2^n log top). */
function largestAmplitudes({ re, im }: PureState, top: number): StateView['amplitudes'] {
  const chosen = largest(re.length, top, (i) => (re[i] as number) ** 2 + (im[i] as number) ** 2);
  let rest = 1;
  const entries = chosen
    .filter((i) => Math.hypot(re[i] as number, im[i] as number) > nothing)
    .map((i): [number, number, number] => {
      const [a, b] = [re[i] as number, im[i] as number];
      rest -= a * a + b * b;
      return [i, a, b];
    });
  return { entries, rest: entries.length < top ? 0 : Math.max(0, rest) };
}

/** Σ over branches of the reduced states, with trace 1. */
function densityOf(
  states: readonly PureState[],
  qubits: readonly number[],
  weight: number,
): NonNullable<StateView['density']> {
  const sum = zeros(2 ** qubits.length);
  for (const state of states) {
    const { re, im } = reducedState(state, qubits);
    for (let k = 0; k < re.length; k++) {
      sum.re[k] = (sum.re[k] as number) + (re[k] as number) / weight;
      sum.im[k] = (sum.im[k] as number) + (im[k] as number) / weight;
    }
  }
  return { size: sum.size, re: [...sum.re], im: [...sum.im] };
}

function pairsOf(states: readonly PureState[], qubits: number, weight: number): PairView[] {
  const single = range(qubits).map((qubit) => entropyOf(densityOf(states, [qubit], weight)));
  const result: PairView[] = [];
  for (let a = 0; a < qubits; a++) {
    for (let b = a + 1; b < qubits; b++) {
      const density = densityOf(states, [a, b], weight);
      const joint = entropyOf(density);
      const information = (single[a] as number) + (single[b] as number) - joint;
      result.push({
        qubits: [a, b],
        information: Math.max(0, information),
        paulis: pairPaulis(density),
      });
    }
  }
  return result;
}

/** Von Neumann entropy in bits; the eigenvalues of a density matrix are its singular values. */
function entropyOf({ size, re, im }: NonNullable<StateView['density']>): number {
  const { values } = singularValues({
    rows: size,
    columns: size,
    re: Float64Array.from(re),
    im: Float64Array.from(im),
  });
  let sum = 0;
  for (const value of values) if (value > 1e-12) sum -= value * Math.log2(value);
  return Math.max(0, sum);
}

/** ⟨XX⟩, ⟨XY⟩, ⟨XZ⟩, ⟨YX⟩, …, ⟨ZZ⟩; the first letter is the lower qubit's. */
function pairPaulis({ size, re, im }: NonNullable<StateView['density']>): number[] {
  const letters = ['X', 'Y', 'Z'] as const;
  return letters.flatMap((first) =>
    letters.map((second) => {
      let sum = 0;
      for (let column = 0; column < size; column++) {
        // P|column⟩ = factor·|row⟩; tr(P ρ) = Σ factor·ρ[column][row].
        let row = column;
        let factor: readonly [number, number] = [1, 0];
        [first, second].forEach((letter, bit) => {
          const isOne = ((column >> bit) & 1) === 1;
          if (letter !== 'Z') row ^= 1 << bit;
          if (letter === 'Z' && isOne) factor = [-factor[0], -factor[1]];
          if (letter === 'Y') {
            factor = isOne ? [factor[1], -factor[0]] : [-factor[1], factor[0]];
          }
        });
        const at = column * size + row;
        sum += factor[0] * (re[at] as number) - factor[1] * (im[at] as number);
      }
      return sum;
    }),
  );
}
