import { type Rng, shuffled } from '#shared/base/rng.ts';
import type { Grid } from './grid.ts';

/** Widths of the kernel: a cell, a quarter of the range and all of it (Liu and Wang 2018 mix widths likewise). */
function widthsOf(bits: number): readonly number[] {
  return [1 / 2 ** bits, 0.25, 1];
}

/** tables[w][|i − j|] of exp(−Δ²/2σ²) along one column, for each width. */
function tablesOf({ bits }: Grid): readonly Float64Array[] {
  const count = 2 ** bits;
  return widthsOf(bits).map((width) =>
    Float64Array.from({ length: count }, (_, d) => Math.exp(-((d / count / width) ** 2) / 2)),
  );
}

/** The mean of Gaussian kernels of several widths between the middles of two cells. */
export function cellKernel(grid: Grid): (a: number, b: number) => number {
  const tables = tablesOf(grid);
  const mask = 2 ** grid.bits - 1;
  const columns = grid.low.length;
  return (a, b) => {
    let sum = 0;
    for (const table of tables) {
      let product = 1;
      for (let k = 0; k < columns; k++) {
        const shift = k * grid.bits;
        product *= table[Math.abs(((a >> shift) & mask) - ((b >> shift) & mask))] as number;
      }
      sum += product;
    }
    return sum / tables.length;
  };
}

/** The kernel times a vector over all cells, column by column: cells · 2^bits · columns steps. */
export function kernelTimes(grid: Grid, vector: Float64Array): Float64Array {
  const tables = tablesOf(grid);
  const count = 2 ** grid.bits;
  const total = new Float64Array(vector.length);
  for (const table of tables) {
    let done = vector;
    for (let k = 0; k < grid.low.length; k++) done = alongColumn(done, table, count ** k, count);
    for (let i = 0; i < total.length; i++) {
      total[i] = (total[i] as number) + (done[i] as number) / tables.length;
    }
  }
  return total;
}

function alongColumn(
  vector: Float64Array,
  table: Float64Array,
  stride: number,
  count: number,
): Float64Array {
  const made = new Float64Array(vector.length);
  for (let i = 0; i < vector.length; i++) {
    const own = Math.floor(i / stride) % count;
    let sum = 0;
    for (let other = 0; other < count; other++) {
      const weight = table[Math.abs(own - other)] as number;
      sum += weight * (vector[i + (other - own) * stride] as number);
    }
    made[i] = sum;
  }
  return made;
}

interface TwoSample {
  /** Unbiased estimate of the squared maximum mean discrepancy; NaN where a sample has fewer than two rows. */
  readonly mmd: number;
  /** Share of the permutations, the given order among them, that is at least as far apart. */
  readonly pValue: number;
}

/**
 * The kernel two-sample test of two lists of cells by permutation (Gretton et al. 2012, JMLR 13, 723). O(n²) kernels
 * and as many steps a permutation.
 */
export function twoSampleTest(
  first: readonly number[],
  second: readonly number[],
  kernel: (a: number, b: number) => number,
  { permutations, rng }: { readonly permutations: number; readonly rng: Rng },
): TwoSample {
  const [m, n] = [first.length, second.length];
  if (m < 2 || n < 2) return { mmd: Number.NaN, pValue: Number.NaN };
  const all = [...first, ...second];
  const size = all.length;
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) gram[i * size + j] = kernel(all[i] as number, all[j] as number);
  }
  const apart = (order: readonly number[]): number => {
    const isFirst = new Uint8Array(size);
    for (let k = 0; k < m; k++) isFirst[order[k] as number] = 1;
    const sums = [0, 0, 0];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const kind = (isFirst[i] as number) + (isFirst[j] as number);
        sums[kind] = (sums[kind] as number) + (gram[i * size + j] as number);
      }
    }
    const [inSecond, between, inFirst] = sums as [number, number, number];
    return (2 * inFirst) / (m * (m - 1)) + (2 * inSecond) / (n * (n - 1)) - (2 * between) / (m * n);
  };
  const places = all.map((_, i) => i);
  const mmd = apart(places);
  let further = 1;
  for (let k = 0; k < permutations; k++) {
    // What differs by rounding alone is equally far.
    if (apart(shuffled(places, rng)) >= mmd - 1e-12) further++;
  }
  return { mmd, pValue: further / (permutations + 1) };
}
