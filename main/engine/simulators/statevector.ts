import { AppError } from '#shared/base/errors.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { turnToZ } from './pauli-basis.ts';
import {
  type Amplitudes,
  applyMatrix,
  applyOneQubit,
  copyOf,
  innerProduct,
  squaredNorms,
  zeroState,
} from './amplitudes.ts';
import type { NoiseStep } from '../noise/model.ts';
import { masksOf, pauliExpectation, readExpectation } from './pauli-expectation.ts';
import type { DenseRegister, UnitaryStep } from './register.ts';

/** A pure register: 2^n amplitudes. */
export class Statevector implements DenseRegister {
  readonly kind = 'dense';
  readonly state: Amplitudes;

  constructor(state: Amplitudes) {
    this.state = state;
  }

  static zero(qubits: number, precision: 'f32' | 'f64'): Statevector {
    return new Statevector(zeroState(qubits, precision));
  }

  get qubits(): number {
    return this.state.qubits;
  }

  get bytes(): number {
    return this.state.re.byteLength * 2;
  }

  applyUnitary(step: UnitaryStep): void {
    applyMatrix(this.state, step.targets, step.matrix, step.isDiagonal, maskOf(step.controls));
  }

  applyChannel(_channel: NoiseStep): void {
    throw new AppError('internal', 'A pure state cannot hold a channel; use the density matrix.');
  }

  project(qubit: number, value: 0 | 1): number {
    const { re, im } = this.state;
    let weight = 0;
    for (let i = 0; i < re.length; i++) {
      if (((i >>> qubit) & 1) === value) {
        weight += (re[i] as number) ** 2 + (im[i] as number) ** 2;
      } else {
        re[i] = 0;
        im[i] = 0;
      }
    }
    return weight;
  }

  weightOfOne(qubit: number): number {
    const { re, im } = this.state;
    let weight = 0;
    for (let i = 0; i < re.length; i++) {
      if (((i >>> qubit) & 1) === 1) weight += (re[i] as number) ** 2 + (im[i] as number) ** 2;
    }
    return weight;
  }

  weight(): number {
    return innerProduct(this.state, this.state).re;
  }

  probabilities(): Float64Array {
    return squaredNorms(this.state);
  }

  expectation(observable: PauliSum, readout: ReadonlyMap<number, ReadoutError>): number {
    let sum = 0;
    for (const term of observable.terms) sum += term.coefficient * this.#ofTerm(term, readout);
    return sum;
  }

  #ofTerm(term: PauliTerm, readout: ReadonlyMap<number, ReadoutError>): number {
    if (!term.factors.some(({ qubit }) => readout.has(qubit))) {
      return pauliExpectation(this.state.re, this.state.im, masksOf(term));
    }
    const turned = term.factors.every(({ letter }) => letter === 'Z')
      ? this.state
      : copyOf(this.state);
    for (const { qubit, letter } of term.factors) {
      const matrix = turnToZ(letter);
      if (matrix !== null) applyOneQubit(turned, qubit, matrix);
    }
    const qubits = term.factors.map(({ qubit }) => qubit);
    return readExpectation(squaredNorms(turned), qubits, readout);
  }

  overlap(other: this): number {
    const product = innerProduct(this.state, other.state);
    return (product.re ** 2 + product.im ** 2) / (this.weight() * other.weight());
  }

  scale(factor: number): void {
    const root = Math.sqrt(factor);
    const { re, im } = this.state;
    for (let i = 0; i < re.length; i++) {
      re[i] = (re[i] as number) * root;
      im[i] = (im[i] as number) * root;
    }
  }

  copy(): Statevector {
    return new Statevector(copyOf(this.state));
  }

  amplitudes(): Amplitudes {
    return this.state;
  }
}

/** Bit mask of a few qubits. */
export function maskOf(qubits: readonly number[]): number {
  return qubits.reduce((mask, qubit) => mask | (1 << qubit), 0);
}
