import type { Pair } from './complex-pair.ts';

/** A 2 × 2 matrix by rows. */
export type TwoByTwo = readonly [Pair, Pair, Pair, Pair];

/**
 * What an emitted module is made of. Every circuit that can be emitted is lowered to these; angles
 * that stay open are named by a slot and written into the module's table before a run.
 */
export type KernelOperation =
  /** A matrix on one qubit. */
  | { readonly kind: 'turn'; readonly qubit: number; readonly matrix: TwoByTwo }
  /** −1 where all qubits are 1 (Z, CZ, CCZ, …). */
  | { readonly kind: 'sign'; readonly qubits: readonly number[] }
  /** exp(i·angle) where all of three or more qubits are 1. */
  | { readonly kind: 'phase'; readonly qubits: readonly number[]; readonly angle: number }
  /** exp(−i·angle/2·Z⊗Z), |angle| ≤ π/2. */
  | {
      readonly kind: 'zz';
      readonly first: number;
      readonly second: number;
      readonly angle: number;
    }
  /** `outer` mixes |00⟩ and |11⟩, `inner` mixes first = 1, second = 0 with first = 0, second = 1. */
  | {
      readonly kind: 'cross';
      readonly first: number;
      readonly second: number;
      readonly outer: TwoByTwo;
      readonly inner: TwoByTwo;
    }
  /** exp(−i·θ/2·P) for an open θ; for z diag(1, exp(iθ)), the module's phase takes the rest. */
  | {
      readonly kind: 'open-turn';
      readonly axis: 'x' | 'y' | 'z';
      readonly qubit: number;
      readonly slot: number;
    }
  /** exp(−i·θ/2·Z⊗Z) for an open θ. */
  | {
      readonly kind: 'open-zz';
      readonly first: number;
      readonly second: number;
      readonly slot: number;
    };

export function isDiagonalTurn(matrix: TwoByTwo): boolean {
  const [, b, c] = matrix;
  return b[0] === 0 && b[1] === 0 && c[0] === 0 && c[1] === 0;
}

/** Qubits of an operation. */
export function qubitsOf(operation: KernelOperation): readonly number[] {
  switch (operation.kind) {
    case 'turn':
    case 'open-turn':
      return [operation.qubit];
    case 'sign':
    case 'phase':
      return operation.qubits;
    case 'zz':
    case 'open-zz':
    case 'cross':
      return [operation.first, operation.second];
  }
}

/** Whether it only multiplies amplitudes, and so commutes with every other such operation. */
export function isDiagonal(operation: KernelOperation): boolean {
  switch (operation.kind) {
    case 'turn':
      return isDiagonalTurn(operation.matrix);
    case 'open-turn':
      return operation.axis === 'z';
    case 'cross':
      return false;
    case 'sign':
    case 'phase':
    case 'zz':
    case 'open-zz':
      return true;
  }
}

/** Whether its qubits must be at hand: what mixes amplitudes, and what is on one qubit. */
export function needsQubits(operation: KernelOperation): boolean {
  return operation.kind === 'turn' || operation.kind === 'open-turn' || operation.kind === 'cross';
}
