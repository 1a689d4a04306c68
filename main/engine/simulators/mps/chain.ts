import type { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import type { Matrix } from '#shared/math/matrix.ts';
import { orthonormalise } from '../../linalg/orthonormalise.ts';
import {
  conjugateTranspose,
  emptyMatrix,
  product,
  type Rectangular,
  squaredNormOf,
} from '../../linalg/rectangular.ts';
import { release } from '../../linalg/release.ts';
import { singularValues } from '../../linalg/svd.ts';

/** How far a chain may be cut, and what was cut so far; copies of a chain share one. */
export interface Truncation {
  readonly bondLimit: number;
  /** Part of the squared norm that a split may drop although the bond limit would allow it. */
  readonly cutoff: number;
  /** Sum over all splits of the part of the squared norm that the bond limit cost. */
  discarded: number;
  largestBond: number;
  /** Ends a chain that cannot be followed exactly or cheaply; null: it goes on whatever it costs. */
  readonly trial: Trial | null;
}

/** What a chain may cost that was taken without being asked for. */
export interface Trial {
  readonly mostDiscarded: number;
  /** Of all products and factorisations, in entries times the shorter side: a count, so that it ends alike everywhere. */
  readonly mostWork: number;
  work: number;
}

/** A state has more entanglement than the trial that met it allows. */
export class TooEntangled extends AppError {
  constructor(what: string) {
    super('too-large', `A matrix product state was tried, and ${what}.`);
  }
}

/**
 * Tensors of a matrix product state. Site i is a matrix of 2·left rows and `right` columns: row
 * 2·a + s belongs to left bond value a and qubit value s. Sites before the centre have orthonormal
 * columns, sites after it orthonormal rows as left × (2·right); so the centre alone has the norm.
 */
export class Chain {
  readonly #sites: Rectangular[];
  /** The sites that no other chain has: their memory is given back when they are replaced. */
  readonly #own = new Set<Rectangular>();
  readonly #truncation: Truncation;
  readonly #cancel: CancelFlag;
  #center: number;

  constructor(
    sites: readonly Rectangular[],
    center: number,
    truncation: Truncation,
    cancel: CancelFlag,
  ) {
    this.#sites = [...sites];
    this.#center = center;
    this.#truncation = truncation;
    this.#cancel = cancel;
  }

  /** |0…0⟩. */
  static zero(length: number, truncation: Truncation, cancel: CancelFlag): Chain {
    const site = { rows: 2, columns: 1, re: Float64Array.of(1, 0), im: new Float64Array(2) };
    return new Chain(
      Array.from({ length }, () => site),
      0,
      truncation,
      cancel,
    );
  }

  /** Sites are replaced, never changed, so a copy may share them. */
  copy(): Chain {
    this.#own.clear();
    return new Chain(this.#sites, this.#center, this.#truncation, this.#cancel);
  }

  get bytes(): number {
    return this.#sites.reduce((sum, { re }) => sum + 16 * re.length, 0);
  }

  site(index: number): Rectangular {
    return this.#sites[index] as Rectangular;
  }

  /** The site that has the norm, once the centre was moved there. */
  centeredAt(index: number): Rectangular {
    this.#moveCenter(index);
    return this.site(index);
  }

  center(): Rectangular {
    return this.site(this.#center);
  }

  replaceCenter(site: Rectangular): void {
    this.#put(this.#center, site);
  }

  /** Ends this chain: what only it had is given back. */
  dispose(): void {
    release(...this.#own);
    this.#own.clear();
  }

  squaredNorm(): number {
    return squaredNormOf(this.site(this.#center));
  }

  /** A 2 × 2 matrix on one site; where it is not unitary the centre must be there. */
  applyOne(index: number, matrix: Matrix): void {
    const site = this.site(index);
    this.#put(index, applyInner(site, site.columns, 2, matrix));
  }

  /**
   * A matrix on sites first, …, first + count − 1; bit j of its index is site first + j. The block is
   * contracted, changed, and split from the left; the centre ends on its last site.
   */
  applyBlock(first: number, count: number, matrix: Matrix): void {
    this.#cancel.throwIfCancelled();
    this.#moveCenter(first);
    let block = this.site(first);
    const left = block.rows / 2;
    for (let k = 1; k < count; k++) {
      this.#charge(block);
      const longer = append(block, this.site(first + k));
      if (k > 1) release(block);
      block = longer;
    }
    // Rows are left·2^count with the first site's bit most significant; the matrix has it least.
    let rest = applyInner(block, block.columns, matrix.size, reverseBits(matrix));
    release(block);
    let bond = left;
    for (let k = 0; k < count - 1; k++) {
      const inner = 2 ** (count - 1 - k);
      const right = rest.columns;
      const split = this.#split({ ...rest, rows: bond * 2, columns: inner * right });
      release(rest);
      this.#put(first + k, split.left);
      bond = split.right.rows;
      rest = { ...split.right, rows: bond * inner, columns: right };
    }
    this.#put(first + count - 1, rest);
    this.#center = first + count - 1;
  }

  #put(index: number, site: Rectangular): void {
    const old = this.site(index);
    if (this.#own.delete(old)) release(old);
    this.#sites[index] = site;
    this.#own.add(site);
  }

  /** An isometry and the weighted rest, cut to what the bond may hold. */
  #split(block: Rectangular): { left: Rectangular; right: Rectangular } {
    const { bondLimit, cutoff } = this.#truncation;
    this.#charge(block);
    const { uh, values } = singularValues(block, () => this.#cancel.throwIfCancelled());
    const total = values.reduce((sum, value) => sum + value * value, 0);
    let kept = values.length;
    let dropped = 0;
    while (kept > 1) {
      const next = dropped + (values[kept - 1] as number) ** 2;
      if (kept <= bondLimit && next > cutoff * total) break;
      dropped = next;
      kept--;
    }
    this.#truncation.discarded += dropped > cutoff * total ? dropped / total : 0;
    this.#truncation.largestBond = Math.max(this.#truncation.largestBond, kept);
    const isometry = { ...uh, rows: kept };
    const right = product(isometry, block);
    const left = conjugateTranspose(isometry);
    release(uh);
    if (dropped > 0) scale(right, Math.sqrt(total / (total - dropped)));
    return { left, right };
  }

  /** Before the work is done: a chain that got too wide is given up here. */
  #charge({ rows, columns }: Rectangular): void {
    const { trial, discarded, bondLimit } = this.#truncation;
    if (trial === null) return;
    trial.work += rows * columns * Math.min(rows, columns);
    if (discarded > trial.mostDiscarded)
      throw new TooEntangled(`its bonds need more than ${bondLimit} dimensions`);
    if (trial.work > trial.mostWork)
      throw new TooEntangled('its bonds grew so long that following it would take minutes');
  }

  #moveCenter(index: number): void {
    while (this.#center < index) this.#moveRight();
    while (this.#center > index) this.#moveLeft();
  }

  #moveRight(): void {
    this.#charge(this.site(this.#center));
    const { q, r } = orthonormalise(this.site(this.#center));
    const next = this.site(this.#center + 1);
    const moved = product(r, asWide(next));
    release(r);
    this.#put(this.#center, q);
    this.#center++;
    this.#put(this.#center, { ...moved, rows: 2 * moved.rows, columns: next.columns });
  }

  #moveLeft(): void {
    const site = this.site(this.#center);
    this.#charge(site);
    const turned = conjugateTranspose(asWide(site));
    const { q, r } = orthonormalise(turned);
    release(turned);
    const rows = conjugateTranspose(q);
    release(q);
    this.#put(this.#center, { ...rows, rows: 2 * rows.rows, columns: site.columns });
    this.#center--;
    const weights = conjugateTranspose(r);
    this.#put(this.#center, product(this.site(this.#center), weights));
    release(r, weights);
  }
}

function scale({ re, im }: Rectangular, factor: number): void {
  for (let i = 0; i < re.length; i++) {
    re[i] = (re[i] as number) * factor;
    im[i] = (im[i] as number) * factor;
  }
}

/** A site as left × (2·right). */
function asWide(site: Rectangular): Rectangular {
  return { ...site, rows: site.rows / 2, columns: 2 * site.columns };
}

/** block (rows × a) times site (a × 2·right), as (rows·2) × right. */
function append(block: Rectangular, site: Rectangular): Rectangular {
  const merged = product(block, asWide(site));
  return { ...merged, rows: merged.rows * 2, columns: site.columns };
}

/** Applies a matrix to the lowest bits of the row index; blocks of `side` rows are `width` wide. */
function applyInner(a: Rectangular, width: number, side: number, matrix: Matrix): Rectangular {
  const result = emptyMatrix(a.rows, width);
  for (let row = 0; row < a.rows; row++) {
    const start = row - (row % side);
    const entries = (row % side) * side;
    const to = row * width;
    for (let k = 0; k < side; k++) {
      const gr = matrix.re[entries + k] as number;
      const gi = matrix.im[entries + k] as number;
      if (gr === 0 && gi === 0) continue;
      const from = (start + k) * width;
      for (let c = 0; c < width; c++) {
        const xr = a.re[from + c] as number;
        const xi = a.im[from + c] as number;
        result.re[to + c] = (result.re[to + c] as number) + gr * xr - gi * xi;
        result.im[to + c] = (result.im[to + c] as number) + gr * xi + gi * xr;
      }
    }
  }
  return result;
}

function reverseBits(matrix: Matrix): Matrix {
  const bits = Math.log2(matrix.size);
  const reversed = Array.from({ length: matrix.size }, (_, index) => {
    let result = 0;
    for (let j = 0; j < bits; j++) result |= ((index >> j) & 1) << (bits - 1 - j);
    return result;
  });
  const re = new Float64Array(matrix.re.length);
  const im = new Float64Array(matrix.im.length);
  reversed.forEach((r, row) => {
    reversed.forEach((c, column) => {
      re[row * matrix.size + column] = matrix.re[r * matrix.size + c] as number;
      im[row * matrix.size + column] = matrix.im[r * matrix.size + c] as number;
    });
  });
  return { size: matrix.size, re, im };
}
