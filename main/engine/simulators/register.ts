import type { Matrix } from '#shared/math/matrix.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';

/**
 * A quantum register that a branch of a run owns: pure (statevector) or mixed (density matrix), not
 * necessarily normalised: its weight is the probability of the branch.
 */
export interface QuantumRegister {
  readonly qubits: number;
  /** U on the qubits (first = least significant bit of the matrix), where all controls are 1. */
  applyUnitary(gate: UnitaryStep): void;
  /** A channel given as a superoperator on the qubits; only mixed registers have it. */
  applyChannel(qubits: readonly number[], superoperator: Matrix): void;
  /** Keeps the part where the qubit has this value; the new weight is returned. */
  project(qubit: number, value: 0 | 1): number;
  /** Probability (not conditional) that the qubit is 1. */
  weightOfOne(qubit: number): number;
  weight(): number;
  /** Probability of every basis state, little-endian; sums to the weight. */
  probabilities(): Float64Array;
  /** ⟨O⟩ times the weight; readout error per qubit is folded in where given. */
  expectation(observable: PauliSum, readout: ReadonlyMap<number, ReadoutError>): number;
  /** |⟨a|b⟩|²/(weights) for pure, normalised Hilbert-Schmidt overlap for mixed; 1 = the same state. */
  overlap(other: this): number;
  scale(factor: number): void;
  copy(): QuantumRegister;
  /** Amplitudes of a pure register; null for a mixed one. */
  amplitudes(): { readonly re: ArrayLike<number>; readonly im: ArrayLike<number> } | null;
  readonly bytes: number;
}

/** A unitary ready to be applied. */
export interface UnitaryStep {
  readonly matrix: Matrix;
  readonly targets: readonly number[];
  /** Qubits that must be 1; already taken out of `matrix`. */
  readonly controls: readonly number[];
  readonly isDiagonal: boolean;
}
