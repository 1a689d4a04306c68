import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';

/** A Hamiltonian from its text. */
export function hamiltonianOf(text: string, qubits: number): Hamiltonian {
  return { qubits, sum: parseObservable(text, qubits) };
}

type Terms = readonly (readonly [string, number])[];

/** −J Σ ZZ − h Σ X over a chain, as terms of a problem. */
export function isingChain(
  n: number,
  { J, h, periodic }: { readonly J: number; readonly h: number; readonly periodic: boolean },
): Terms {
  const all = Array.from({ length: n }, (_, q) => q);
  return [
    ...bonds(n, periodic).map((pair) => [letters(n, pair, 'Z'), -J] as const),
    ...all.map((q) => [letters(n, [q], 'X'), -h] as const),
  ];
}

/** J Σ (XX + YY + ZZ) over a chain, as terms of a problem. */
export function heisenbergChain(
  n: number,
  { J, periodic }: { readonly J: number; readonly periodic: boolean },
): Terms {
  return bonds(n, periodic).flatMap((pair) =>
    ['X', 'Y', 'Z'].map((letter) => [letters(n, pair, letter), J] as const),
  );
}

function bonds(n: number, periodic: boolean): number[][] {
  return Array.from({ length: periodic ? n : n - 1 }, (_, q) => [q, (q + 1) % n]);
}

/** The highest qubit leftmost. */
function letters(n: number, qubits: readonly number[], letter: string): string {
  return Array.from({ length: n }, (_, k) => (qubits.includes(n - 1 - k) ? letter : 'I')).join('');
}

/** Coefficients by their letters, the highest qubit leftmost. */
export function lettersOf({ terms }: PauliSum, n: number): Record<string, number> {
  return Object.fromEntries(
    terms.map(({ coefficient, factors }) => {
      const letterOf = (q: number) => factors.find(({ qubit }) => qubit === q)?.letter ?? 'I';
      return [Array.from({ length: n }, (_, k) => letterOf(n - 1 - k)).join(''), coefficient];
    }),
  );
}
