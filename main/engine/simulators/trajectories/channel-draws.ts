import type { Rng } from '#shared/base/rng.ts';
import { adjoint, isDiagonal, type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import { krausOf } from '../../noise/kraus.ts';
import type { NoiseStep } from '../../noise/model.ts';
import { pauliChannelOf, stepsOfError } from '../pauli-channel.ts';
import type { UnitaryStep } from '../register.ts';

/**
 * A channel as something that mostly stays away. The first operator is the one that acts where no
 * jump happens; the others are the jumps.
 */
export type ChannelDraw =
  /** Unitaries with fixed probabilities: whether it jumps does not depend on the state. */
  | {
      readonly kind: 'mixture';
      readonly stay: readonly UnitaryStep[];
      /** −log(probability that it stays). */
      readonly hazard: number;
      readonly rates: Float64Array;
      readonly jumps: readonly (readonly UnitaryStep[])[];
    }
  /** Kraus operators whose probabilities are read off the state. */
  | {
      readonly kind: 'kraus';
      readonly qubits: readonly number[];
      readonly stay: readonly [UnitaryStep];
      readonly jumps: readonly Matrix[];
      /**
       * K†K of the stay and of each jump where all are diagonal on one qubit, as weights of |0⟩ and |1⟩:
       * the populations of the qubit then say all. Null elsewhere.
       */
      readonly onPopulations: readonly (readonly [number, number])[] | null;
    };

/** How a noise step is drawn: as a mixture of unitaries where it is one. */
export function channelDrawOf(step: NoiseStep): ChannelDraw {
  const pauli = pauliChannelOf(step);
  if (pauli !== null) {
    return {
      kind: 'mixture',
      stay: [],
      hazard: hazardOf(1 - pauli.total),
      rates: pauli.rates,
      jumps: Array.from(pauli.errors, (error) => stepsOfError(pauli, error)),
    };
  }
  const { qubits } = step;
  if (step.mixture !== undefined) return mixtureDraw(qubits, step.mixture);
  const operators = [...krausOf(step.superoperator)].sort((a, b) => normOf(b) - normOf(a));
  const [stay, ...jumps] = operators as [Matrix, ...Matrix[]];
  const onPopulations = populationWeights(operators);
  return { kind: 'kraus', qubits, stay: [stepOf(qubits, stay)], jumps, onPopulations };
}

function populationWeights(operators: readonly Matrix[]): (readonly [number, number])[] | null {
  const squares = operators.map((operator) => multiplyMatrices(adjoint(operator), operator));
  const areDiagonal = squares.every(
    ({ size, re, im }) => size === 2 && Math.hypot(re[1] as number, im[1] as number) < 1e-14,
  );
  return areDiagonal ? squares.map(({ re }) => [re[0] as number, re[3] as number]) : null;
}

function mixtureDraw(
  qubits: readonly number[],
  { probabilities, unitaries }: NonNullable<NoiseStep['mixture']>,
): ChannelDraw {
  const order = [...unitaries.keys()].sort(
    (a, b) => (probabilities[b] as number) - (probabilities[a] as number),
  );
  const [first, ...others] = order as [number, ...number[]];
  return {
    kind: 'mixture',
    stay: [stepOf(qubits, unitaries[first] as Matrix)],
    hazard: hazardOf(probabilities[first] as number),
    rates: Float64Array.from(others, (k) => probabilities[k] as number),
    jumps: others.map((k) => [stepOf(qubits, unitaries[k] as Matrix)]),
  };
}

/** An operator on a few qubits as a step; it need not be unitary. */
export function stepOf(qubits: readonly number[], matrix: Matrix): UnitaryStep {
  return { matrix, targets: qubits, controls: [], isDiagonal: isDiagonal(matrix) };
}

/** One of the jumps, each in proportion to its weight. */
export function drawJump(weights: Float64Array, rng: Rng): number {
  let rest = rng.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length - 1; i++) {
    rest -= weights[i] as number;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

function hazardOf(stays: number): number {
  return stays <= 0 ? Infinity : Math.max(0, -Math.log(stays));
}

function normOf({ re, im }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
  return sum;
}
