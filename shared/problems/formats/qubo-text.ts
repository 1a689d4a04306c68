import { AppError } from '../../base/errors.ts';
import { badLine, indexIn, type Line, linesOf, numberAt } from './lines.ts';

/** A function of bits or an energy of spins as a file lists it: weights of one, then of two. */
export interface ListedModel {
  readonly linear: readonly number[];
  readonly quadratic: readonly (readonly [number, number, number])[];
}

const mostVariables = 1_000_000;

/**
 * A QUBO in the format of qbsolv: "p qubo 0 maxNode nNodes nCouplers", then "i i weight" and "i j weight", places
 * from 0; lines that begin with c are comments.
 */
export function quboOfText(text: string): ListedModel {
  const lines = linesOf(text, (line) => /^(c(\s|$)|#)/.test(line));
  const [head] = lines;
  if (head === undefined || head.words[0] !== 'p' || head.words[1] !== 'qubo') {
    if (head !== undefined)
      throw badLine(head, 'expected “p qubo 0 maxNode nNodes nCouplers” first');
    throw empty('“p qubo 0 maxNode nNodes nCouplers”');
  }
  const count = indexIn(head, 3, 'the number of variables', [1, mostVariables]);
  const nodes = indexIn(head, 4, 'the number of linear weights', [0, Number.MAX_SAFE_INTEGER]);
  const couplers = indexIn(head, 5, 'the number of pairs', [0, Number.MAX_SAFE_INTEGER]);
  const model = listed(lines.slice(1), count, [0, count - 1]);
  const singles = lines.length - 1 - model.quadratic.length;
  if (singles !== nodes || model.quadratic.length !== couplers) {
    throw badLine(
      head,
      `${nodes} linear weights and ${couplers} pairs are announced, and ${singles} and ${model.quadratic.length} follow`,
    );
  }
  return model;
}

/**
 * An Ising model as spin-glass servers list it: "spins bonds", then "i j coupling", places from 1; "i i field"
 * is a field.
 */
export function isingOfText(text: string): ListedModel {
  const lines = linesOf(text, (line) => /^(c(\s|$)|#|%)/.test(line));
  const [head] = lines;
  if (head === undefined) throw empty('“spins bonds”');
  const count = indexIn(head, 0, 'the number of spins', [1, mostVariables]);
  const bonds = indexIn(head, 1, 'the number of lines that follow', [0, Number.MAX_SAFE_INTEGER]);
  if (lines.length - 1 !== bonds) {
    throw badLine(head, `${bonds} lines are announced, and ${lines.length - 1} follow`);
  }
  return listed(lines.slice(1), count, [1, count]);
}

function listed(
  lines: readonly Line[],
  count: number,
  range: readonly [number, number],
): ListedModel {
  const linear = Array.from({ length: count }, () => 0);
  const quadratic: [number, number, number][] = [];
  for (const line of lines) {
    const i = indexIn(line, 0, 'a variable', range) - range[0];
    const j = indexIn(line, 1, 'a variable', range) - range[0];
    const weight = numberAt(line, 2, 'a weight');
    if (i === j) linear[i] = (linear[i] ?? 0) + weight;
    else quadratic.push([i, j, weight]);
  }
  return { linear, quadratic };
}

function empty(what: string): AppError {
  return new AppError('bad-input', `The file is empty: expected ${what} first.`, {
    path: 'problem.text',
  });
}
