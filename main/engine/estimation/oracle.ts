import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { type PayoffProblem, qubitsOfGrid } from '#shared/problems/views/payoff.ts';
import { prepareDistribution } from './prepare-distribution.ts';
import { uniformRotation } from './uniform-rotation.ts';

/** A state whose last qubit, the objective, is 1 with the probability that is looked for. */
export interface Oracle {
  /** With the objective. */
  readonly qubits: number;
  /** A, from |0…0⟩. */
  readonly prepare: readonly GateOperation[];
  /** Q = −A S₀ A† S_χ without its sign: turns the state by 2θ, where sin²θ is the probability. */
  readonly grover: readonly GateOperation[];
}

/** The objective is 1 with probability Σ p(x)·shares(x), each share between 0 and 1. */
export function oracleOf(problem: PayoffProblem, shares: Float64Array): Oracle {
  const objective = qubitsOfGrid(problem);
  let first = 0;
  const distribution = problem.factors.flatMap((factor) => {
    const gates = prepareDistribution(factor, first);
    first += factor.qubits;
    return gates;
  });
  const points = Array.from({ length: objective }, (_, qubit) => qubit);
  const angles = shares.map((share) => 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, share)))));
  const prepare = [...distribution, ...uniformRotation(angles, points, objective)];
  return { qubits: objective + 1, prepare, grover: groverOf(prepare, objective) };
}

/** The objective's 1 has its sign turned, then everything but |0…0⟩ as seen before A. */
export function groverOf(prepare: readonly GateOperation[], objective: number): GateOperation[] {
  const points = Array.from({ length: objective }, (_, qubit) => qubit);
  const flips = [...points, objective].map((qubit) => gate('x', [qubit]));
  const signOfOnes: GateOperation = {
    ...gate('z', [objective]),
    controls: points.map((qubit) => ({ qubit, value: 1 as const })),
  };
  return [
    gate('z', [objective]),
    ...inverseOf(prepare),
    ...flips,
    signOfOnes,
    ...flips,
    ...prepare,
  ];
}

/** Q^power A; with `isMeasured` the objective is read into the only bit. */
export function amplified(
  { qubits, prepare, grover }: Oracle,
  power: number,
  isMeasured: boolean,
): Circuit {
  const operations: Operation[] = [...prepare];
  for (let k = 0; k < power; k++) operations.push(...grover);
  if (isMeasured) operations.push(measure(qubits - 1, 0));
  return circuitOf(qubits, operations, isMeasured ? 1 : 0);
}
