import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Answer, Ask, Estimates } from '../programs/program.ts';
import type { CostTerm } from './circuit.ts';

/** The name of the whole circuit. */
export const key = 'qaoa';

/** Rows of angles (all γ, then all β), row-major. */
export interface Rows {
  readonly items: number;
  readonly bindings: Float64Array;
  /** Shots in place of the job's own. */
  readonly shots?: number;
}

export interface Slopes extends Estimates {
  /** By every angle, row-major. */
  readonly gradients: Float64Array;
}

/** Who answers what is to be known of the circuit of a plan: the whole of it, or its light cones. */
export interface Questions {
  readonly define: () => Generator<Ask, void, Answer>;
  readonly forget: () => Generator<Ask, void, Answer>;
  /** Means of the cost. */
  readonly costs: (rows: Rows) => Generator<Ask, Estimates, Answer>;
  readonly slopes: (rows: Rows) => Generator<Ask, Slopes, Answer>;
  /** Means of the terms of the cost without their weights, at one row, in the order of `termsOf`. */
  readonly correlations: (row: Float64Array) => Generator<Ask, Float64Array, Answer>;
}

/** The Pauli string of a term, without its weight. */
export function stringOf({ qubits }: CostTerm): PauliSum {
  return {
    terms: [{ coefficient: 1, factors: qubits.map((qubit) => ({ qubit, letter: 'Z' as const })) }],
  };
}
