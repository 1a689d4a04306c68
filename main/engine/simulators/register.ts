import type { Rng } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { Matrix } from '#shared/math/matrix.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { NoiseStep } from '../noise/model.ts';

/**
 * What every register that a branch of a run owns can do. It is not necessarily normalised: its
 * weight is the probability of the branch.
 */
interface RegisterBase {
  readonly qubits: number;
  /** U on the qubits (first = least significant bit of the matrix), where all controls are 1. */
  applyUnitary(gate: UnitaryStep): void;
  /** A channel on qubits: exactly in mixed registers, by drawing one of its operators in sampled ones. */
  applyChannel(channel: NoiseStep): void;
  /** Keeps the part where the qubit has this value; the new weight is returned. */
  project(qubit: number, value: 0 | 1): number;
  /** Probability (not conditional) that the qubit is 1. */
  weightOfOne(qubit: number): number;
  weight(): number;
  /** ⟨O⟩ times the weight; readout error per qubit is folded in where given. */
  expectation(observable: PauliSum, readout: ReadonlyMap<number, ReadoutError>): number;
  /** 1 exactly where both hold the same state up to phase and weight; less where they differ. */
  overlap(other: RegisterBase): number;
  scale(factor: number): void;
  /** Of mixed registers: the mixture of both, each with its weight, is in this one. */
  add?(other: RegisterBase): void;
  /** Amplitudes of a pure register that has them at hand; null for any other. */
  amplitudes(): { readonly re: ArrayLike<number>; readonly im: ArrayLike<number> } | null;
  readonly bytes: number;
  /** Gives memory back that is not collected by itself. The register is not used afterwards. */
  release?(): void;
}

/** A register that holds a number for every basis state (statevector, density matrix). */
export interface DenseRegister extends RegisterBase {
  readonly kind: 'dense';
  /** Probability of every basis state, little-endian; sums to the weight. */
  probabilities(): Float64Array;
  copy(): DenseRegister;
}

/** A register without a table over basis states (stabilizer tableau, matrix product state). */
export interface SparseRegister extends RegisterBase {
  readonly kind: 'sparse';
  /** What measuring these qubits gives; null where more than `limit` outcomes have weight. */
  distribution(qubits: readonly number[], limit: number): Distribution | null;
  /** Draws values of these qubits (entry j = qubits[j]); the register is left as it is. */
  sampler(qubits: readonly number[]): (rng: Rng) => Uint8Array;
  copy(): SparseRegister;
}

export type QuantumRegister = DenseRegister | SparseRegister;

/** Outcomes with weight: entry i has probability probabilities[i], and valueAt(i, j) on the j-th qubit. */
export interface Distribution {
  readonly probabilities: Float64Array;
  readonly valueAt: (index: number, j: number) => number;
}

/** A unitary ready to be applied. */
export interface UnitaryStep {
  readonly matrix: Matrix;
  readonly targets: readonly number[];
  /** Qubits that must be 1; already taken out of `matrix`. */
  readonly controls: readonly number[];
  readonly isDiagonal: boolean;
}
