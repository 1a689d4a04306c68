import { symmetricEigen } from '../math/symmetric-eigen.ts';

/** A Fock matrix and how far it is from commuting with its density. */
export interface Iterate {
  readonly fock: Float64Array;
  readonly error: Float64Array;
}

const remembered = 8;

/**
 * Direct inversion in the iterative subspace (Pulay 1980, Chem. Phys. Lett. 73, 393): the mix of the last Fock matrices,
 * with weights of sum 1, whose mixed error is least. Puts `last` into the history.
 */
export function extrapolated(history: Iterate[], last: Iterate): Float64Array {
  history.push(last);
  if (history.length > remembered) history.shift();
  const m = history.length;
  const scale = Math.max(...history.map(({ error }) => inner(error, error)));
  const gram = Float64Array.from({ length: m * m }, (_, k) => {
    const [a, b] = [history[Math.floor(k / m)] as Iterate, history[k % m] as Iterate];
    return inner(a.error, b.error) / scale;
  });
  // Least errors: the inverse of the Gram matrix times ones, without what is nothing beside rounding.
  const { values, vectors } = symmetricEigen(gram, m);
  const weights = new Float64Array(m);
  for (const [j, vector] of vectors.entries()) {
    const value = values[j] as number;
    if (value < 1e-15) continue;
    const share = vector.reduce((sum, v) => sum + v, 0) / value;
    for (let k = 0; k < m; k++) weights[k] = (weights[k] as number) + share * (vector[k] as number);
  }
  const total = weights.reduce((sum, w) => sum + w, 0);
  const mixed = new Float64Array(last.fock.length);
  for (const [k, { fock }] of history.entries()) {
    const weight = (weights[k] as number) / total;
    for (let i = 0; i < mixed.length; i++) {
      mixed[i] = (mixed[i] as number) + weight * (fock[i] as number);
    }
  }
  return mixed;
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, k) => sum + x * (b[k] as number), 0);
}
