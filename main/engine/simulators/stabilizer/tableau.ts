import type { Rng } from '#shared/base/rng.ts';
import { AppError } from '#shared/base/errors.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { NoiseStep } from '../../noise/model.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { readObservable } from '../read-observable.ts';
import type { Distribution, SparseRegister, UnitaryStep } from '../register.ts';
import {
  affineSetOf,
  canonicalKey,
  distributionOf,
  type Echelon,
  echelonOf,
  outcomeDrawer,
} from './affine-set.ts';
import { type CliffordTable, cliffordTableOf } from './clifford-table.ts';
import { PauliRows } from './pauli-rows.ts';

/** A gate that stabilizers cannot follow. */
export class NotClifford extends AppError {
  constructor() {
    super(
      'bad-input',
      'Method “stabilizer” takes Clifford gates only; the program has another. Use “statevector”, “mps” or “auto”.',
    );
  }
}

/**
 * A stabilizer state by Aaronson and Gottesman (PRA 70, 052328): row i < n is a destabilizer, row
 * n + i the stabilizer that anticommutes with it and with no other.
 */
export class Tableau implements SparseRegister {
  readonly kind = 'sparse';
  readonly qubits: number;
  readonly #rows: PauliRows;
  readonly #scratch: PauliRows;
  #weight: number;
  #echelon: Echelon | null = null;

  constructor(qubits: number, from?: Tableau) {
    this.qubits = qubits;
    this.#rows = new PauliRows(2 * qubits, qubits, from === undefined ? undefined : from.#rows);
    this.#scratch = new PauliRows(2, qubits);
    this.#weight = from?.weight() ?? 1;
    if (from !== undefined) return;
    for (let q = 0; q < qubits; q++) {
      this.#rows.put(q, q, 1, 0);
      this.#rows.put(qubits + q, q, 0, 1);
    }
  }

  get bytes(): number {
    return this.#rows.bytes;
  }

  applyUnitary(step: UnitaryStep): void {
    const table = cliffordTableOf(step);
    if (table === null) throw new NotClifford();
    this.conjugate([...step.controls, ...step.targets], table);
  }

  /** A Clifford gate by its table. */
  conjugate(qubits: readonly number[], table: CliffordTable): void {
    this.#echelon = null;
    this.#rows.conjugate(qubits, table);
  }

  applyChannel(_channel: NoiseStep): void {
    throw new AppError(
      'internal',
      'A stabilizer state cannot hold a channel; sample its Pauli errors.',
    );
  }

  project(qubit: number, value: 0 | 1): number {
    const anticommuting = this.#stabilizerWithX(qubit);
    if (anticommuting === null) {
      if (this.#sureValue(qubit) !== value) this.#weight = 0;
      return this.#weight;
    }
    this.#weight /= 2;
    this.#collapse(qubit, anticommuting, value);
    return this.#weight;
  }

  weightOfOne(qubit: number): number {
    if (this.#stabilizerWithX(qubit) !== null) return this.#weight / 2;
    return this.#sureValue(qubit) * this.#weight;
  }

  weight(): number {
    return this.#weight;
  }

  scale(factor: number): void {
    this.#weight *= factor;
  }

  copy(): Tableau {
    return new Tableau(this.qubits, this);
  }

  amplitudes(): null {
    return null;
  }

  overlap(other: Tableau): number {
    return canonicalKey(this.#stabilizers()) === canonicalKey(other.#stabilizers()) ? 1 : 0;
  }

  distribution(qubits: readonly number[], limit: number): Distribution | null {
    const set = affineSetOf(this.#reduced(), qubits, Math.floor(Math.log2(limit)));
    return set === null ? null : distributionOf(set, this.#weight);
  }

  sampler(qubits: readonly number[]): (rng: Rng) => Uint8Array {
    const draw = outcomeDrawer(this.#reduced());
    return (rng) => {
      const outcome = draw(rng);
      return Uint8Array.from(
        qubits,
        (qubit) => ((outcome[qubit >> 5] as number) >>> (qubit & 31)) & 1,
      );
    };
  }

  expectation(observable: PauliSum, readout: ReadonlyMap<number, ReadoutError>): number {
    let sum = 0;
    for (const term of readObservable(observable, readout).terms) {
      sum += term.coefficient * this.valueOfString(term);
    }
    return sum * this.#weight;
  }

  /** ⟨P⟩ of a string without coefficient: −1, 0 or 1. */
  valueOfString(term: PauliTerm): number {
    const string = this.#scratch;
    string.clear(0);
    for (const { qubit, letter } of term.factors) {
      string.put(0, qubit, letter === 'Z' ? 0 : 1, letter === 'X' ? 0 : 1);
    }
    for (let i = 0; i < this.qubits; i++) {
      if (this.#rows.anticommute(this.qubits + i, string, 0)) return 0;
    }
    return this.#productSign(0) === 0 ? 1 : -1;
  }

  /** Sign of the stabilizer that equals scratch row 0 up to sign. */
  #productSign(row: number): number {
    this.#scratch.clear(1);
    for (let i = 0; i < this.qubits; i++) {
      if (this.#rows.anticommute(i, this.#scratch, row)) {
        this.#scratch.multiply(1, this.#rows, this.qubits + i);
      }
    }
    return this.#scratch.signs[1] as number;
  }

  #sureValue(qubit: number): number {
    this.#scratch.clear(1);
    for (let i = 0; i < this.qubits; i++) {
      if (this.#rows.x(i, qubit) === 1) this.#scratch.multiply(1, this.#rows, this.qubits + i);
    }
    return this.#scratch.signs[1] as number;
  }

  #stabilizerWithX(qubit: number): number | null {
    for (let row = this.qubits; row < 2 * this.qubits; row++) {
      if (this.#rows.x(row, qubit) === 1) return row;
    }
    return null;
  }

  #collapse(qubit: number, pivot: number, value: 0 | 1): void {
    this.#echelon = null;
    const rows = this.#rows;
    for (let row = 0; row < rows.rows; row++) {
      if (row !== pivot && row !== pivot - this.qubits && rows.x(row, qubit) === 1) {
        rows.multiply(row, rows, pivot);
      }
    }
    rows.copyRow(rows, pivot, pivot - this.qubits);
    rows.clear(pivot);
    rows.put(pivot, qubit, 0, 1);
    rows.signs[pivot] = value;
  }

  /** The stabilizers in echelon form, kept until the state changes. */
  #reduced(): Echelon {
    this.#echelon ??= echelonOf(this.#stabilizers());
    return this.#echelon;
  }

  /** A copy of the stabilizer rows. */
  #stabilizers(): PauliRows {
    const result = new PauliRows(this.qubits, this.qubits);
    for (let i = 0; i < this.qubits; i++) result.copyRow(this.#rows, this.qubits + i, i);
    return result;
  }
}
