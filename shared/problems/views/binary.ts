import { AppError } from '../../base/errors.ts';
import type { BinaryProblem } from '../binary-problem.ts';
import { type Offer, offer, type ProblemFiles, type Seen, type View } from '../view.ts';

/** A quadratic function of bits under constraints. */
export const binaryView: View<BinaryProblem> = { id: 'binary', title: 'a function of bits' };

/** What a kind gives as a function of bits; one whose weights leave the range of numbers is `bad-input`. */
export function offerBinary<P>(
  of: (problem: P, files: ProblemFiles) => Seen<BinaryProblem>,
): Offer {
  return offer(binaryView, (problem: P, files) => {
    const seen = of(problem, files);
    const { constant, linear, quadratic } = seen.value.objective;
    let sum = Math.abs(constant);
    for (const w of linear) sum += Math.abs(w);
    for (const [, , w] of quadratic) sum += Math.abs(w);
    if (Number.isFinite(2 * sum)) return seen;
    throw new AppError(
      'bad-input',
      'The weights of the objective add up beyond what can be computed with; choose a larger unit for them.',
      { path: 'problem' },
    );
  });
}

/** Terms that are kept at once; more take gigabytes. */
const mostTerms = 20_000_000;

/** Refuses a problem before its terms are allocated; `what` says how they come about. */
export function requireTerms(count: number, what: string): void {
  if (count <= mostTerms) return;
  throw new AppError(
    'too-large',
    `${what} makes ${count.toLocaleString('en-US')} terms; at most ${mostTerms.toLocaleString('en-US')} fit.`,
    { path: 'problem', terms: count },
  );
}
