import { isDiagonal, type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import { turnToZ } from './pauli-basis.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import {
  type Amplitudes,
  applyDense,
  applyMatrix,
  copyOf,
  innerProduct,
  zeroState,
} from './amplitudes.ts';
import { masksOf, paritySign, readExpectation } from './pauli-expectation.ts';
import { superoperatorOf } from '../noise/channels.ts';
import type { NoiseStep } from '../noise/model.ts';
import type { DenseRegister, UnitaryStep } from './register.ts';
import { maskOf } from './statevector.ts';

/**
 * A mixed register, vectorised: ρ[row][column] is amplitude row + column·2^n of a 2n-qubit vector,
 * so that U ρ U† is U on the row qubits and its conjugate on the column qubits. What happens to one
 * qubit by itself, gates and channels alike, is multiplied up and waits until another gate or a reader
 * needs that qubit: one sweep then does all of it.
 */
export class DensityMatrix implements DenseRegister {
  readonly kind = 'dense';
  readonly qubits: number;
  readonly #vector: Amplitudes;
  /** Superoperators that were not applied yet, by qubit. */
  readonly #waiting = new Map<number, Matrix>();

  constructor(qubits: number, vector: Amplitudes) {
    this.qubits = qubits;
    this.#vector = vector;
  }

  static zero(qubits: number, precision: 'f32' | 'f64'): DensityMatrix {
    return new DensityMatrix(qubits, zeroState(2 * qubits, precision));
  }

  get bytes(): number {
    return this.#vector.re.byteLength * 2;
  }

  /** The matrix with everything applied. */
  get vector(): Amplitudes {
    this.#settle(this.#waiting.keys());
    return this.#vector;
  }

  applyUnitary(step: UnitaryStep): void {
    const { matrix, targets, controls } = step;
    const [qubit] = targets;
    if (qubit !== undefined && targets.length === 1 && controls.length === 0) {
      this.#wait(qubit, superoperatorOf([matrix]));
      return;
    }
    this.#settle([...targets, ...controls]);
    applyMatrix(this.#vector, targets, matrix, step.isDiagonal, maskOf(controls));
    const columns = targets.map((one) => one + this.qubits);
    const columnControls = maskOf(controls.map((one) => one + this.qubits));
    applyMatrix(this.#vector, columns, conjugateOf(matrix), step.isDiagonal, columnControls);
  }

  /** The superoperator's index has the row bits of the qubits first, then their column bits. */
  applyChannel({ qubits, superoperator }: NoiseStep): void {
    const [qubit] = qubits;
    if (qubit !== undefined && qubits.length === 1) {
      this.#wait(qubit, superoperator);
      return;
    }
    this.#settle(qubits);
    const both = [...qubits, ...qubits.map((one) => one + this.qubits)];
    applyDense(this.#vector, both, superoperator);
  }

  #wait(qubit: number, superoperator: Matrix): void {
    const before = this.#waiting.get(qubit);
    const all = before === undefined ? superoperator : multiplyMatrices(superoperator, before);
    this.#waiting.set(qubit, all);
  }

  #settle(qubits: Iterable<number>): void {
    for (const qubit of qubits) {
      const superoperator = this.#waiting.get(qubit);
      if (superoperator === undefined) continue;
      this.#waiting.delete(qubit);
      const both = [qubit, qubit + this.qubits];
      applyMatrix(this.#vector, both, superoperator, isDiagonal(superoperator));
    }
  }

  project(qubit: number, value: 0 | 1): number {
    const { re, im } = this.vector;
    for (let i = 0; i < re.length; i++) {
      if (((i >>> qubit) & 1) !== value || ((i >>> (qubit + this.qubits)) & 1) !== value) {
        re[i] = 0;
        im[i] = 0;
      }
    }
    return this.weight();
  }

  weightOfOne(qubit: number): number {
    const diagonal = this.probabilities();
    let sum = 0;
    for (let i = 0; i < diagonal.length; i++) {
      if (((i >>> qubit) & 1) === 1) sum += diagonal[i] as number;
    }
    return sum;
  }

  weight(): number {
    return this.probabilities().reduce((sum, p) => sum + p, 0);
  }

  probabilities(): Float64Array {
    const size = 2 ** this.qubits;
    // Rounding may leave a diagonal entry at −1e-18; a probability is never below zero.
    const { re } = this.vector;
    return Float64Array.from({ length: size }, (_, i) => Math.max(0, re[i * (size + 1)] as number));
  }

  expectation(observable: PauliSum, readout: ReadonlyMap<number, ReadoutError>): number {
    let sum = 0;
    for (const term of observable.terms) sum += term.coefficient * this.#ofTerm(term, readout);
    return sum;
  }

  #ofTerm(term: PauliTerm, readout: ReadonlyMap<number, ReadoutError>): number {
    if (!term.factors.some(({ qubit }) => readout.has(qubit))) return this.#trace(term);
    const turned = term.factors.every(({ letter }) => letter === 'Z') ? this : this.copy();
    for (const { qubit, letter } of term.factors) {
      const matrix = turnToZ(letter);
      if (matrix === null) continue;
      turned.applyUnitary({ matrix, targets: [qubit], controls: [], isDiagonal: false });
    }
    const qubits = term.factors.map(({ qubit }) => qubit);
    return readExpectation(turned.probabilities(), qubits, readout);
  }

  /** tr(Pρ) of a string without coefficient: Σ_i ⟨i|P ρ|i⟩. */
  #trace(term: PauliTerm): number {
    const { flips, signs, yCount } = masksOf(term);
    const size = 2 ** this.qubits;
    const { re, im } = this.vector;
    let real = 0;
    let imaginary = 0;
    for (let i = 0; i < size; i++) {
      // P|i⟩ = i^y (−1)^{signs·i} |i ^ flips⟩, so tr(Pρ) = Σ_i i^y (−1)^{…} ρ[i][i ^ flips].
      const index = i + (i ^ flips) * size;
      const sign = paritySign(i & signs);
      real += sign * (re[index] as number);
      imaginary += sign * (im[index] as number);
    }
    return [real, -imaginary, -real, imaginary][yCount % 4] as number;
  }

  overlap(other: this): number {
    const product = innerProduct(this.vector, other.vector).re;
    const own = innerProduct(this.vector, this.vector).re;
    const others = innerProduct(other.vector, other.vector).re;
    return product / Math.sqrt(own * others);
  }

  /** tr ρ² of the normalised state. */
  purity(): number {
    return innerProduct(this.vector, this.vector).re / this.weight() ** 2;
  }

  scale(factor: number): void {
    const { re, im } = this.vector;
    for (let i = 0; i < re.length; i++) {
      re[i] = (re[i] as number) * factor;
      im[i] = (im[i] as number) * factor;
    }
  }

  copy(): DensityMatrix {
    return new DensityMatrix(this.qubits, copyOf(this.vector));
  }

  amplitudes(): null {
    return null;
  }
}

function conjugateOf(matrix: Matrix): Matrix {
  return { size: matrix.size, re: matrix.re, im: matrix.im.map((x) => -x) };
}
