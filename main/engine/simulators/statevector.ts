import { AppError } from '#shared/base/errors.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { turnToZ } from './pauli-basis.ts';
import type { Amplitudes } from './amplitudes.ts';
import type { NoiseStep } from '../noise/model.ts';
import { masksOf, readExpectation } from './pauli-expectation.ts';
import type { DenseRegister, UnitaryStep } from './register.ts';
import { newStore, type StateStore } from './state-store.ts';

/** A pure register: 2^n amplitudes. */
export class Statevector implements DenseRegister {
  readonly kind = 'dense';
  readonly store: StateStore;

  constructor(store: StateStore) {
    this.store = store;
  }

  static zero(qubits: number, precision: 'f32' | 'f64'): Statevector {
    return new Statevector(newStore(qubits, precision));
  }

  get qubits(): number {
    return this.store.qubits;
  }

  get bytes(): number {
    return this.store.bytes;
  }

  /** Live amplitudes with everything applied; changing them changes the state. */
  get state(): Amplitudes {
    return this.store.ordered();
  }

  applyUnitary(step: UnitaryStep): void {
    this.store.apply(step);
  }

  applyChannel(_channel: NoiseStep): void {
    throw new AppError('internal', 'A pure state cannot hold a channel; use the density matrix.');
  }

  project(qubit: number, value: 0 | 1): number {
    this.store.keep(1 << qubit, value << qubit);
    return this.weight();
  }

  weightOfOne(qubit: number): number {
    return this.store.weight(1 << qubit, 1 << qubit);
  }

  weight(): number {
    return this.store.weight(0, 0);
  }

  probabilities(): Float64Array {
    return this.store.probabilities();
  }

  expectation(observable: PauliSum, readout: ReadonlyMap<number, ReadoutError>): number {
    const isMisread = ({ factors }: PauliTerm): boolean =>
      factors.some(({ qubit }) => readout.has(qubit));
    const misread = observable.terms.filter(isMisread);
    const terms = observable.terms
      .filter((term) => !isMisread(term))
      .map((term) => ({ masks: masksOf(term), coefficient: term.coefficient }));
    let sum = this.store.pauliSum(terms);
    for (const term of misread) sum += term.coefficient * this.#misread(term, readout);
    return sum;
  }

  /** What a reader with errors expects to see of a string. */
  #misread(term: PauliTerm, readout: ReadonlyMap<number, ReadoutError>): number {
    const isDiagonal = term.factors.every(({ letter }) => letter === 'Z');
    const turned = isDiagonal ? this.store : this.store.copy();
    for (const { qubit, letter } of term.factors) {
      const matrix = turnToZ(letter);
      if (matrix === null) continue;
      turned.apply({ matrix, targets: [qubit], controls: [], isDiagonal: false });
    }
    const qubits = term.factors.map(({ qubit }) => qubit);
    const value = readExpectation(turned.probabilities(), qubits, readout);
    if (!isDiagonal) turned.release();
    return value;
  }

  overlap(other: this): number {
    const product = this.store.inner(other.store);
    return (product.re ** 2 + product.im ** 2) / (this.weight() * other.weight());
  }

  scale(factor: number): void {
    this.store.scale(Math.sqrt(factor));
  }

  copy(): Statevector {
    return new Statevector(this.store.copy());
  }

  /** Gives the memory back; the register is not used afterwards. */
  release(): void {
    this.store.release();
  }

  amplitudes(): Amplitudes {
    return this.state;
  }
}

/** Bit mask of a few qubits. */
export function maskOf(qubits: readonly number[]): number {
  return qubits.reduce((mask, qubit) => mask | (1 << qubit), 0);
}
