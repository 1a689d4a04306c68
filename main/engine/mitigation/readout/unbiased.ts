import { AppError } from '#shared/base/errors.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { type BitError, contrastOf, invertConfusion } from './confusion.ts';

/** A product of w letters is written as 2^w products. */
const mostLetters = 14;

/**
 * The observable whose mean over misread outcomes is that of `observable` over true ones. A letter is read as
 * a·P + b with a = 1 − p(1|0) − p(0|1) and b = p(0|1) − p(1|0), so each becomes (P − b)/a; a diagonal is
 * multiplied by the inverse of the confusion matrix (Bravyi, Sheldon, Kandala, McKay, Gambetta, arXiv:2006.14044).
 */
export function unbiasedObservable(
  observable: Observable,
  errors: readonly BitError[],
): Observable {
  if (observable.kind === 'pauli')
    return { kind: 'pauli', sum: unbiasedSum(observable.sum, errors) };
  const values = observable.values.slice();
  invertConfusion(values, errors, true);
  return { kind: 'diagonal', values };
}

function unbiasedSum({ terms }: PauliSum, errors: readonly BitError[]): PauliSum {
  const sum = new Map<string, PauliTerm>();
  for (const term of terms) {
    if (term.factors.length > mostLetters) {
      throw new AppError(
        'too-large',
        `Readout mitigation by “inverse” splits a product of ${term.factors.length} letters into 2^${term.factors.length} others; it reaches ${mostLetters}. Use the method “matrix-free” and give the job shots.`,
        { letters: term.factors.length },
      );
    }
    for (const one of expanded(term, errors)) {
      const key = one.factors.map(({ qubit, letter }) => letter + qubit).join(' ');
      const before = sum.get(key)?.coefficient ?? 0;
      sum.set(key, { ...one, coefficient: before + one.coefficient });
    }
  }
  return { terms: [...sum.values()] };
}

function expanded(term: PauliTerm, errors: readonly BitError[]): PauliTerm[] {
  return term.factors.reduce<PauliTerm[]>(
    (products, factor) => {
      const error = errors[factor.qubit];
      if (error === undefined || (error.read0Given1 === 0 && error.read1Given0 === 0)) {
        return products.map((one) => ({ ...one, factors: [...one.factors, factor] }));
      }
      const a = contrastOf(error);
      const b = error.read0Given1 - error.read1Given0;
      return products.flatMap(({ coefficient, factors }) => [
        { coefficient: coefficient / a, factors: [...factors, factor] },
        ...(b === 0 ? [] : [{ coefficient: (-coefficient * b) / a, factors }]),
      ]);
    },
    [{ coefficient: term.coefficient, factors: [] }],
  );
}
