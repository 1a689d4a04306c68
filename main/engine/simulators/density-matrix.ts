import { isDiagonal, type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import { turnToZ } from './pauli-basis.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import type { Amplitudes } from './amplitudes.ts';
import { masksOf, paritySign, readExpectation } from './pauli-expectation.ts';
import { superoperatorOf } from '../noise/channels.ts';
import type { NoiseStep } from '../noise/model.ts';
import type { DenseRegister, UnitaryStep } from './register.ts';
import { newStore, type StateStore } from './state-store.ts';

/**
 * A mixed register, vectorised: ρ[row][column] is amplitude row + column·2^n of a 2n-qubit vector,
 * so that U ρ U† is U on the row qubits and its conjugate on the column qubits. What happens to one
 * qubit by itself, gates and channels alike, is multiplied up and waits until another gate or a reader
 * needs that qubit: one sweep then does all of it.
 */
export class DensityMatrix implements DenseRegister {
  readonly kind = 'dense';
  readonly qubits: number;
  readonly #store: StateStore;
  /** What was not applied yet, by qubit: a gate as long as only gates came, then a superoperator. */
  readonly #waiting = new Map<number, { readonly isGate: boolean; readonly matrix: Matrix }>();

  constructor(qubits: number, store: StateStore) {
    this.qubits = qubits;
    this.#store = store;
  }

  static zero(qubits: number, precision: 'f32' | 'f64'): DensityMatrix {
    return new DensityMatrix(qubits, newStore(2 * qubits, precision));
  }

  get bytes(): number {
    return this.#store.bytes;
  }

  /** The matrix with everything applied. */
  get vector(): Amplitudes {
    return this.#settled().ordered();
  }

  applyUnitary(step: UnitaryStep): void {
    const { matrix, targets, controls } = step;
    const [qubit] = targets;
    if (qubit !== undefined && targets.length === 1 && controls.length === 0) {
      this.#wait(qubit, matrix, true);
      return;
    }
    this.#settle([...targets, ...controls]);
    this.#applyBoth(step);
  }

  /** The superoperator's index has the row bits of the qubits first, then their column bits. */
  applyChannel({ qubits, superoperator }: NoiseStep): void {
    const [qubit] = qubits;
    if (qubit !== undefined && qubits.length === 1) {
      this.#wait(qubit, superoperator, false);
      return;
    }
    this.#settle(qubits);
    this.#applySuperoperator(qubits, superoperator);
  }

  #applyBoth(step: UnitaryStep): void {
    this.#store.apply(step);
    this.#store.apply({
      ...step,
      matrix: conjugateOf(step.matrix),
      targets: step.targets.map((one) => one + this.qubits),
      controls: step.controls.map((one) => one + this.qubits),
    });
  }

  #applySuperoperator(qubits: readonly number[], matrix: Matrix): void {
    const targets = [...qubits, ...qubits.map((one) => one + this.qubits)];
    this.#store.apply({ matrix, targets, controls: [], isDiagonal: isDiagonal(matrix) });
  }

  #wait(qubit: number, matrix: Matrix, isGate: boolean): void {
    const before = this.#waiting.get(qubit);
    if (before === undefined) {
      this.#waiting.set(qubit, { isGate, matrix });
      return;
    }
    const both = isGate && before.isGate;
    const asChannel = (one: Matrix, gate: boolean): Matrix =>
      gate && !both ? superoperatorOf([one]) : one;
    const all = multiplyMatrices(
      asChannel(matrix, isGate),
      asChannel(before.matrix, before.isGate),
    );
    this.#waiting.set(qubit, { isGate: both, matrix: all });
  }

  #settle(qubits: Iterable<number>): void {
    for (const qubit of qubits) {
      const waiting = this.#waiting.get(qubit);
      if (waiting === undefined) continue;
      this.#waiting.delete(qubit);
      const { isGate, matrix } = waiting;
      if (!isGate) this.#applySuperoperator([qubit], matrix);
      else {
        const step = { matrix, targets: [qubit], controls: [], isDiagonal: isDiagonal(matrix) };
        this.#applyBoth(step);
      }
    }
  }

  #settled(): StateStore {
    this.#settle(this.#waiting.keys());
    return this.#store;
  }

  project(qubit: number, value: 0 | 1): number {
    const both = (1 << qubit) | (1 << (qubit + this.qubits));
    this.#settled().keep(both, value === 1 ? both : 0);
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
    const value = readExpectation(turned.probabilities(), qubits, readout);
    if (turned !== this) turned.release();
    return value;
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
    const product = this.#settled().inner(other.#settled()).re;
    return product / Math.sqrt(this.#store.weight(0, 0) * other.#store.weight(0, 0));
  }

  /** tr ρ² of the normalised state. */
  purity(): number {
    return this.#settled().weight(0, 0) / this.weight() ** 2;
  }

  scale(factor: number): void {
    this.#settled().scale(factor);
  }

  add(other: this): void {
    other.#settled().addPauli({ flips: 0, signs: 0, yCount: 0 }, 1, 0, this.#settled());
  }

  copy(): DensityMatrix {
    return new DensityMatrix(this.qubits, this.#settled().copy());
  }

  /** Gives the memory back; the register is not used afterwards. */
  release(): void {
    this.#store.release();
  }

  amplitudes(): null {
    return null;
  }
}

function conjugateOf(matrix: Matrix): Matrix {
  return { size: matrix.size, re: matrix.re, im: matrix.im.map((x) => -x) };
}
