import type { PauliLetter, PauliTerm } from '#shared/observables/pauli.ts';
import { multiplyFactor } from '#shared/observables/product.ts';

/** a·b as i^phase times a term that has both coefficients. */
export function timesTerm(
  a: PauliTerm,
  b: PauliTerm,
): { readonly phase: number; readonly product: PauliTerm } {
  const letters = new Map<number, PauliLetter>(
    a.factors.map(({ qubit, letter }) => [qubit, letter]),
  );
  let phase = 0;
  for (const { qubit, letter } of b.factors) phase = multiplyFactor(letters, letter, qubit, phase);
  const factors = [...letters]
    .map(([qubit, letter]) => ({ qubit, letter }))
    .sort((x, y) => x.qubit - y.qubit);
  return { phase, product: { coefficient: a.coefficient * b.coefficient, factors } };
}
