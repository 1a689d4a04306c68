import { AppError } from '#shared/base/errors.ts';
import type { Gate } from '#shared/gates/gate.ts';
import { adjoint, distance, type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import { singularValues } from '../linalg/svd.ts';

/** The gate of a call, without the call's own controls. */
export interface GatePower {
  readonly gate: Gate;
  readonly power: number;
}

/**
 * The Hermitian G with ∂(U^power) = −i·G·U^power by one of the gate's angles. Powers other than ±1 are
 * differentiated where G commutes with U, as in every rotation; others are `unsupported`.
 */
export function generatorOf(
  { gate, power }: GatePower,
  angles: readonly number[],
  index: number,
): Matrix {
  const unitary = gate.matrix(angles);
  const slope = (gate.derivative as NonNullable<Gate['derivative']>)(angles, index);
  const generator = timesI(multiplyMatrices(slope, adjoint(unitary)), 1);
  if (power === 1) return generator;
  const turned = multiplyMatrices(multiplyMatrices(adjoint(unitary), generator), unitary);
  if (power === -1) return times(turned, -1);
  if (Number.isInteger(power) && distance(turned, generator) < 1e-12)
    return times(generator, power);
  throw new AppError(
    'unsupported',
    `The power ${power} of gate “${gate.id}” with an open angle has no shift rule. Write the gate out, or choose the gradient “finite-difference”.`,
    { gate: gate.id, power },
  );
}

/** Eigenvalues of a Hermitian matrix, ascending. */
export function eigenvaluesOf(hermitian: Matrix): number[] {
  const { size, re, im } = hermitian;
  // Shifted to be positive, so that singular values are eigenvalues.
  const shift = 1 + Math.hypot(...re, ...im);
  const shifted = re.map((x, i) => (i % (size + 1) === 0 ? x + shift : x));
  const { values } = singularValues({ rows: size, columns: size, re: shifted, im: im.slice() });
  return Array.from(values, (value) => value - shift).toSorted((a, b) => a - b);
}

function timesI({ size, re, im }: Matrix, sign: 1 | -1): Matrix {
  return { size, re: im.map((x) => -sign * x), im: re.map((x) => sign * x) };
}

function times({ size, re, im }: Matrix, factor: number): Matrix {
  return { size, re: re.map((x) => x * factor), im: im.map((x) => x * factor) };
}
