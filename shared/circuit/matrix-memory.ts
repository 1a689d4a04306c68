import type { Matrix } from '../math/matrix.ts';
import type { GateDefinition, GateOperation } from './circuit.ts';
import { printExpression } from './expression.ts';

/** More matrices are not kept. */
const most = 1000;

const known = new WeakMap<readonly GateDefinition[], Map<string, Matrix>>();

/**
 * The matrix of a call of a gate of the circuit's own, worked out once: bodies that take powers of
 * each other would ask for it 2^n times. Definitions with the same names are never another list.
 */
export function rememberedMatrix(
  definitions: readonly GateDefinition[],
  { gate, parameters }: GateOperation,
  compute: () => Matrix,
): Matrix {
  let matrices = known.get(definitions);
  if (matrices === undefined || matrices.size > most) {
    matrices = new Map();
    known.set(definitions, matrices);
  }
  const key = `${gate}(${parameters.map((one) => printExpression(one)).join()})`;
  let matrix = matrices.get(key);
  if (matrix === undefined) {
    matrix = compute();
    matrices.set(key, matrix);
  }
  return matrix;
}
