import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import { pauliX, pauliY, pauliZ } from '#shared/gates/define.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import { controlled, type Matrix, matrixOf, permuteBits } from '#shared/math/matrix.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import {
  conjugateTranspose,
  product,
  type Rectangular,
  squaredNormOf,
} from '../../linalg/rectangular.ts';
import { release } from '../../linalg/release.ts';
import { readObservable } from '../read-observable.ts';
import type { Distribution, SparseRegister, UnitaryStep } from '../register.ts';
import type { Chain } from './chain.ts';
import { listOutcomes, sampleChain } from './read-chain.ts';
import { SiteOrder } from './site-order.ts';

const swap = matrixOf([
  [1, 0, 0, 0],
  [0, 0, 1, 0],
  [0, 1, 0, 0],
  [0, 0, 0, 1],
]);
const projectors = [
  matrixOf([
    [1, 0],
    [0, 0],
  ]),
  matrixOf([
    [0, 0],
    [0, 1],
  ]),
] as const;
const letters = { X: pauliX, Y: pauliY, Z: pauliZ } as const;

/**
 * A pure state as a chain of tensors (Vidal, PRL 91, 147902). Qubits that a gate joins are swapped
 * next to each other and stay there.
 */
export class MatrixProductState implements SparseRegister {
  readonly kind = 'sparse';
  readonly qubits: number;
  readonly #chain: Chain;
  readonly #order: SiteOrder;

  constructor(chain: Chain, qubits: number, order = SiteOrder.plain(qubits)) {
    this.qubits = qubits;
    this.#chain = chain;
    this.#order = order;
  }

  get bytes(): number {
    return this.#chain.bytes;
  }

  applyUnitary({ matrix, controls, targets }: UnitaryStep): void {
    const qubits = [...controls, ...targets];
    const unitary = controls.length === 0 ? matrix : controlled(matrix, controls.length);
    const sites = this.#order.gather(qubits, (first) => this.#swap(first));
    if (qubits.length === 1) this.#chain.applyOne(sites[0] as number, unitary);
    else {
      const first = Math.min(...sites);
      this.#chain.applyBlock(first, qubits.length, onSites(unitary, sites, first));
    }
  }

  applyChannel(): void {
    throw new AppError('internal', 'A matrix product state cannot hold a channel.');
  }

  project(qubit: number, value: 0 | 1): number {
    const site = this.#site(qubit);
    this.#chain.centeredAt(site);
    this.#chain.applyOne(site, projectors[value]);
    return this.weight();
  }

  weightOfOne(qubit: number): number {
    const { rows, columns, re, im } = this.#chain.centeredAt(this.#site(qubit));
    let sum = 0;
    for (let r = 1; r < rows; r += 2) {
      for (let i = r * columns; i < (r + 1) * columns; i++) {
        sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
      }
    }
    return sum;
  }

  weight(): number {
    return this.#chain.squaredNorm();
  }

  scale(factor: number): void {
    const root = Math.sqrt(factor);
    const site = this.#chain.center();
    this.#chain.replaceCenter({
      ...site,
      re: site.re.map((x) => x * root),
      im: site.im.map((x) => x * root),
    });
  }

  copy(): MatrixProductState {
    return new MatrixProductState(this.#chain.copy(), this.qubits, this.#order.copy());
  }

  amplitudes(): null {
    return null;
  }

  overlap(other: MatrixProductState): number {
    const [a, b] = [this.#inOrder(), other.#inOrder()];
    let environment: Rectangular = unit;
    for (let site = 0; site < this.qubits; site++) {
      const next = transfer(environment, a.site(site), b.site(site));
      release(environment);
      environment = next;
    }
    a.dispose();
    b.dispose();
    return squaredNormOf(environment) / (this.weight() * other.weight());
  }

  expectation(observable: PauliSum, readout: ReadonlyMap<number, ReadoutError>): number {
    let sum = 0;
    for (const term of readObservable(observable, readout).terms) {
      sum += term.coefficient * this.#ofString(term);
    }
    return sum;
  }

  #ofString({ factors }: PauliTerm): number {
    if (factors.length === 0) return this.weight();
    const matrices = new Map(
      factors.map(({ qubit, letter }) => [this.#site(qubit), letters[letter]]),
    );
    const [first, last] = [Math.min(...matrices.keys()), Math.max(...matrices.keys())];
    const { rows } = this.#chain.centeredAt(first);
    let environment = identityOf(rows / 2);
    for (let index = first; index <= last; index++) {
      const site = this.#chain.site(index);
      const matrix = matrices.get(index);
      const other = matrix === undefined ? site : changed(site, matrix);
      const next = transfer(environment, site, other);
      release(environment);
      if (other !== site) release(other);
      environment = next;
    }
    // Behind the last factor all sites have orthonormal rows: the trace is what remains.
    let trace = 0;
    for (let i = 0; i < environment.rows; i++) {
      trace += environment.re[i * environment.columns + i] as number;
    }
    release(environment);
    return trace;
  }

  distribution(qubits: readonly number[], limit: number): Distribution | null {
    const sites = qubits.map((qubit) => this.#site(qubit));
    return listOutcomes(this.#chain, this.qubits, sites, limit);
  }

  sampler(qubits: readonly number[]): (rng: Rng) => Uint8Array {
    const sites = qubits.map((qubit) => this.#site(qubit));
    const draw = sampleChain(this.#chain, this.qubits);
    return (rng) => {
      const values = draw(rng);
      return Uint8Array.from(sites, (site) => values[site] as number);
    };
  }

  #site(qubit: number): number {
    return this.#order.siteOf(qubit);
  }

  #swap(first: number): void {
    this.#chain.applyBlock(first, 2, swap);
  }

  /** The chain of a copy whose sites are in the order of the qubits. */
  #inOrder(): Chain {
    const copy = this.copy();
    for (let qubit = 0; qubit < this.qubits; qubit++) {
      copy.#order.move(qubit, qubit, (first) => copy.#swap(first));
    }
    return copy.#chain;
  }
}

const unit: Rectangular = { rows: 1, columns: 1, re: Float64Array.of(1), im: new Float64Array(1) };

function identityOf(size: number): Rectangular {
  const re = new Float64Array(size * size);
  for (let i = 0; i < size; i++) re[i * size + i] = 1;
  return { rows: size, columns: size, re, im: new Float64Array(size * size) };
}

/** Σ_s A^s† · E · B^s. */
function transfer(environment: Rectangular, a: Rectangular, b: Rectangular): Rectangular {
  const wide = { ...b, rows: b.rows / 2, columns: 2 * b.columns };
  const merged = product(environment, wide);
  const turned = conjugateTranspose(a);
  const result = product(turned, { ...merged, rows: merged.rows * 2, columns: b.columns });
  release(merged, turned);
  return result;
}

/** A site with a matrix on its qubit. */
function changed(site: Rectangular, matrix: Matrix): Rectangular {
  const re = new Float64Array(site.re.length);
  const im = new Float64Array(site.im.length);
  const { columns } = site;
  for (let r = 0; r < site.rows; r++) {
    for (let s = 0; s < 2; s++) {
      const gr = matrix.re[(r & 1) * 2 + s] as number;
      const gi = matrix.im[(r & 1) * 2 + s] as number;
      const from = ((r & ~1) | s) * columns;
      for (let c = 0; c < columns; c++) {
        const xr = site.re[from + c] as number;
        const xi = site.im[from + c] as number;
        re[r * columns + c] = (re[r * columns + c] as number) + gr * xr - gi * xi;
        im[r * columns + c] = (im[r * columns + c] as number) + gr * xi + gi * xr;
      }
    }
  }
  return { rows: site.rows, columns, re, im };
}

/** The matrix with bit j on site first + j. */
function onSites(matrix: Matrix, sites: readonly number[], first: number): Matrix {
  // Bit j of the result is the bit of the argument that belongs to the qubit on site first + j.
  return permuteBits(
    matrix,
    sites.map((_, j) => sites.indexOf(first + j)),
  );
}
