import type { GateStep } from '../kernels/gate-step.ts';
import { largestStateBytes } from '../kernels/memory.ts';
import type { Amplitudes } from './amplitudes.ts';
import { KernelStore } from './kernel-store.ts';
import type { PauliMasks } from './pauli-expectation.ts';
import { PlainStore } from './plain-store.ts';

/** A Pauli string times a real number. */
export interface WeightedPauli {
  readonly masks: PauliMasks;
  readonly coefficient: number;
}

/** Σ conj(b[r])·a[c] for the values r, c of one qubit: real and imaginary parts, row by row. */
export type Transition = ArrayLike<number>;

/**
 * 2^n amplitudes and what is done with all of them: in plain arrays where there are few, in a kernel
 * memory where WebAssembly and threads pay for themselves. Masks are over qubits.
 */
export interface StateStore {
  readonly qubits: number;
  /** Bytes of the amplitudes. */
  readonly bytes: number;
  apply(step: GateStep): void;
  /** Applies what is held back. */
  settle(): void;
  /** Another number whenever the amplitudes have changed. */
  readonly version: number;
  /** Amplitudes in the order of the qubits, live; gates that are applied later may not show in them. */
  ordered(): Amplitudes;
  /** Σ|a|² where the index has this value under the mask. */
  weight(mask: number, value: number): number;
  /** Amplitudes where the index has another value under the mask become 0. */
  keep(mask: number, value: number): void;
  scale(factor: number): void;
  clear(): void;
  /** ⟨this|other⟩. */
  inner(other: this): { readonly re: number; readonly im: number };
  /** ⟨other|P|this⟩ of a Pauli string, the state itself where no other is given. */
  pauli(masks: PauliMasks, other?: this): { readonly re: number; readonly im: number };
  /** Σ coefficient·⟨this|P|this⟩. */
  pauliSum(terms: readonly WeightedPauli[]): number;
  /** Of this state (a) and another (b), as they are without what is held back. */
  transition(qubit: number, other: this): Transition;
  /** Σ table[i]·conj(other[i])·this[i]. */
  weighted(table: Float64Array, other: this): { readonly re: number; readonly im: number };
  /** Σ table[i]·|this[i]|². */
  diagonal(table: Float64Array): number;
  /** into += (c + i·d)·P|this⟩. */
  addPauli(masks: PauliMasks, c: number, d: number, into: this): void;
  /** |a|² of every basis state. */
  probabilities(): Float64Array;
  copy(): this;
  /** All zeros, beside this one. */
  empty(): this;
  release(): void;
}

/** Where arrays are as fast as planning: a gate costs a few microseconds to plan. */
const plainQubits = 10;

/** |0…0⟩. */
export function newStore(qubits: number, precision: 'f32' | 'f64'): StateStore {
  return isPlain(qubits, precision)
    ? PlainStore.zero(qubits, precision)
    : KernelStore.zero(qubits, precision);
}

/** Whether a state holds nothing back: where it is small, and where it is wider than a kernel memory. */
export function isPlain(qubits: number, precision: 'f32' | 'f64' = 'f64'): boolean {
  const bytes = 2 ** (qubits + 1) * (precision === 'f64' ? 8 : 4);
  return qubits <= plainQubits || bytes > largestStateBytes();
}
